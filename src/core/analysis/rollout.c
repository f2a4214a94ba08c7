#include <stdlib.h>
#include <string.h>

#include "core/analysis/transform.h"
#include "core/tensor/kernels.h"
#include "core/tensor/pack.h"

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

/* product = left x right, all [n, n]; packed: room for right's panels. */
static void multiply(float *product, const float *left, const float *right,
                     int n, float *packed)
{
    const struct heed_kernel_set *kernels = heed_kernels_get_fastest();
    const struct heed_pack pack = {
        .packed = packed, .depth = n, .columns = n, .width = kernels->panel};
    const size_t n_panels = heed_pack_panels(n, kernels->panel);
    for (size_t p = 0; p < n_panels; p++) {
        heed_pack_panel_from_rows(&pack, (int)p, right, (size_t)n);
    }
    const struct heed_product of = {
        .a = left,
        .a_stride = (size_t)n,
        .packed = packed,
        .depth = n,
        .columns = n,
        .row_end = n,
        .column_end = n,
        .scale = 1.0F,
        .out = {.base = {product}, .segment = n, .group = n, .row_stride = (size_t)n},
    };
    kernels->multiply(&of);
}

bool heed_rollout(float **rollout, const struct heed_run *run,
                  struct heed_error *err)
{
    const size_t n = (size_t)run->n_tokens;
    float *made = malloc((size_t)run->n_layers * n * n * sizeof *made);
    const int panel = heed_kernels_get_fastest()->panel;
    const size_t packed_size = heed_pack_floats((int)n, (int)n, panel);
    float *mixed = malloc(n * n * sizeof *mixed);
    float *packed = malloc(packed_size * sizeof *packed);
    if (!made || !mixed || !packed) {
        free(made);
        free(mixed);
        free(packed);
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the rollout");
    }
    mix_heads(made, run, 0);
    for (int layer = 1; layer < run->n_layers; layer++) {
        mix_heads(mixed, run, layer);
        float *product = made + (size_t)layer * n * n;
        multiply(product, mixed, product - n * n, (int)n, packed);
    }
    free(mixed);
    free(packed);
    *rollout = made;
    return true;
}
