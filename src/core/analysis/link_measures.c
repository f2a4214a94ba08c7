#include "core/analysis/link_measures.h"

#include <stdlib.h>

#include "core/analysis/transform.h"

struct heed_link_measures {
    const struct heed_run *run;
    struct heed_arena arena;
    float *norms;   /* [layers, heads, n] */
    float *rollout; /* [layers, n, n] */
};

float heed_run_link_weight(const struct heed_run *run, int layer, int head,
                           struct heed_token_range query,
                           struct heed_token_range key)
{
    const float *map = heed_run_attention(run, layer, head);
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += (double)map[(size_t)i * (size_t)run->n_tokens + (size_t)j];
        }
    }
    return (float)(sum / query.count);
}

bool heed_link_measures_create(struct heed_link_measures **measures,
                               const struct heed_run *run,
                               const struct heed_model *model,
                               struct heed_error *err)
{
    struct heed_link_measures *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the link's measures");
    }
    made->run = heed_run_retain(run);
    if (!heed_value_norms(&made->norms, &made->arena, run, model, NULL, err) ||
        !heed_rollout(&made->rollout, &made->arena, run, NULL, err)) {
        heed_link_measures_destroy(made);
        return false;
    }
    *measures = made;
    return true;
}

void heed_link_measures_destroy(struct heed_link_measures *measures)
{
    if (measures) {
        heed_run_release(measures->run);
        heed_arena_finish(&measures->arena);
        free(measures);
    }
}

const struct heed_run *
heed_link_measures_get_run(const struct heed_link_measures *measures)
{
    return measures->run;
}

/* A key's share of a row whose weights are scaled by the norms. */
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

static double weigh_values(const struct heed_link_measures *measures, int map,
                           struct heed_token_range query,
                           struct heed_token_range key)
{
    const size_t n = (size_t)measures->run->n_tokens;
    const float *rows = measures->run->attention + (size_t)map * n * n;
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        sum += share(rows + (size_t)i * n, measures->norms + (size_t)map * n,
                     (int)n, key);
    }
    return sum / query.count;
}

static double weigh_rollout(const struct heed_link_measures *measures,
                            int layer, struct heed_token_range query,
                            struct heed_token_range key)
{
    const size_t n = (size_t)measures->run->n_tokens;
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        const float *row = measures->rollout + ((size_t)layer * n + (size_t)i) * n;
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += (double)row[j];
        }
    }
    return sum / query.count;
}

void heed_link_measures_weigh(const struct heed_link_measures *measures,
                              enum heed_measure measure,
                              struct heed_token_range query,
                              struct heed_token_range key, double *weights)
{
    const struct heed_run *run = measures->run;
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        const int layer = map / run->n_heads;
        switch (measure) {
        case HEED_MEASURE_VALUE_NORM:
            weights[map] = weigh_values(measures, map, query, key);
            break;
        case HEED_MEASURE_ROLLOUT:
            weights[map] = weigh_rollout(measures, layer, query, key);
            break;
        case HEED_MEASURE_WEIGHT:
            weights[map] = (double)heed_run_link_weight(
                run, layer, map % run->n_heads, query, key);
            break;
        }
    }
}
