#include <stdlib.h>

#include "core/analysis/ablate.h"
#include "core/analysis/transform.h"

/* A map's row as the share of each key, times what weighs the keys. */
static double share(const float *row, const float *norms, int n,
                    struct heed_token_range key)
{
    double of_key = 0;
    double all = 0;
    for (int j = 0; j < n; j++) {
        const double weight = (double)row[j] * (double)norms[j];
        all += weight;
        of_key += j >= key.first && j < key.first + key.count ? weight : 0;
    }
    return all > 0 ? of_key / all : 0;
}

static bool weigh_values(double *weights, const struct heed_run *run,
                         const struct heed_model *model,
                         struct heed_token_range query,
                         struct heed_token_range key, struct heed_error *err)
{
    float *norms = NULL;
    if (!heed_value_norms(&norms, run, model, err)) {
        return false;
    }
    const int n = run->n_tokens;
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        const float *rows = run->attention + (size_t)map * (size_t)n * (size_t)n;
        weights[map] = 0;
        for (int i = query.first; i < query.first + query.count; i++) {
            weights[map] += share(rows + (size_t)i * (size_t)n,
                                  norms + (size_t)map * (size_t)n, n, key) /
                            query.count;
        }
    }
    free(norms);
    return true;
}

static bool weigh_rollout(double *weights, const struct heed_run *run,
                          struct heed_token_range query,
                          struct heed_token_range key, struct heed_error *err)
{
    float *rollout = NULL;
    if (!heed_rollout(&rollout, run, NULL, err)) {
        return false;
    }
    const size_t n = (size_t)run->n_tokens;
    for (int layer = 0; layer < run->n_layers; layer++) {
        double sum = 0;
        for (int i = query.first; i < query.first + query.count; i++) {
            const float *row = rollout + ((size_t)layer * n + (size_t)i) * n;
            for (int j = key.first; j < key.first + key.count; j++) {
                sum += (double)row[j];
            }
        }
        for (int head = 0; head < run->n_heads; head++) {
            weights[layer * run->n_heads + head] = sum / query.count;
        }
    }
    free(rollout);
    return true;
}

bool heed_run_link_measure(double *weights, const struct heed_run *run,
                           const struct heed_model *model,
                           enum heed_measure measure, struct heed_token_range query,
                           struct heed_token_range key, struct heed_error *err)
{
    switch (measure) {
    case HEED_MEASURE_VALUE_NORM:
        return weigh_values(weights, run, model, query, key, err);
    case HEED_MEASURE_ROLLOUT:
        return weigh_rollout(weights, run, query, key, err);
    case HEED_MEASURE_WEIGHT:
        break;
    }
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        weights[map] = (double)heed_run_link_weight(
            run, map / run->n_heads, map % run->n_heads, query, key);
    }
    return true;
}
