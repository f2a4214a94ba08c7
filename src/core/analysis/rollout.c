#include <stdlib.h>
#include <string.h>

#include "core/analysis/transform.h"

/* mixed = (mean of the layer's heads + I) / 2 */
static void mix_heads(float *mixed, const struct heed_run *run, int layer)
{
    const size_t n = (size_t)run->n_tokens;
    const float share = 0.5F / (float)run->n_heads;
    memset(mixed, 0, n * n * sizeof *mixed);
    for (int head = 0; head < run->n_heads; head++) {
        const float *map = heed_run_attention(run, layer, head);
        for (size_t i = 0; i < n * n; i++) {
            mixed[i] += map[i];
        }
    }
    for (size_t i = 0; i < n * n; i++) {
        mixed[i] *= share;
    }
    for (size_t i = 0; i < n; i++) {
        mixed[i * n + i] += 0.5F;
    }
}

/* row += sum of four factors times four rows below each other */
static void add_rows(float *restrict row, const float factors[4],
                     const float *restrict from, size_t n)
{
    const float a = factors[0];
    const float b = factors[1];
    const float c = factors[2];
    const float d = factors[3];
    for (size_t j = 0; j < n; j++) {
        row[j] += a * from[j] + b * from[n + j] + c * from[2 * n + j] +
                  d * from[3 * n + j];
    }
}

/* product = left x right, all [n, n] */
static void multiply(float *product, const float *left, const float *right, size_t n)
{
    memset(product, 0, n * n * sizeof *product);
    for (size_t i = 0; i < n; i++) {
        float *row = product + i * n;
        size_t k = 0;
        for (; k + 4 <= n; k += 4) {
            add_rows(row, left + i * n + k, right + k * n, n);
        }
        for (; k < n; k++) {
            for (size_t j = 0; j < n; j++) {
                row[j] += left[i * n + k] * right[k * n + j];
            }
        }
    }
}

bool heed_rollout(float **rollout, const struct heed_run *run,
                  struct heed_error *err)
{
    const size_t n = (size_t)run->n_tokens;
    float *made = malloc((size_t)run->n_layers * n * n * sizeof *made);
    float *mixed = malloc(n * n * sizeof *mixed);
    if (!made || !mixed) {
        free(made);
        free(mixed);
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the rollout");
    }
    mix_heads(made, run, 0);
    for (int layer = 1; layer < run->n_layers; layer++) {
        mix_heads(mixed, run, layer);
        float *product = made + (size_t)layer * n * n;
        multiply(product, mixed, product - n * n, n);
    }
    free(mixed);
    *rollout = made;
    return true;
}
