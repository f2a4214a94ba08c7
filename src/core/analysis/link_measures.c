#include "core/analysis/link_measures.h"

#include <math.h>
#include <stdlib.h>

#include "core/analysis/transform.h"

struct heed_link_measures {
    const struct heed_run *run;
    struct heed_arena arena;
    float *norms;                  /* [layers, heads, n] */
    float *mixed;                  /* [layers, n, n]: what rollout multiplies */
    float *rows;                   /* [layers, n]: the rollout of the query */
    float *before;                 /* likewise: room */
    float *room;                   /* for a block of rows of a map */
    struct heed_token_range query; /* that the rows are of; none at first */
};

float heed_run_link_weight(const struct heed_run *run, int layer, int head,
                           struct heed_token_range query, struct heed_token_range key)
{
    const size_t n = (size_t)run->n_tokens;
    float *room = NULL;
    if (!heed_run_keeps(run, HEED_RUN_ATTENTION)) {
        room = malloc((size_t)query.count * n * sizeof *room);
        if (!room) {
            return NAN;
        }
    }
    const float *rows = heed_run_rows(run, HEED_RUN_ATTENTION, layer * run->n_heads + head,
                                      query.first, query.count, room);
    double sum = 0;
    for (size_t i = 0; i < (size_t)query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += (double)rows[i * n + (size_t)j];
        }
    }
    free(room);
    return (float)(sum / query.count);
}

bool heed_link_measures_create(struct heed_link_measures **measures, const struct heed_run *run,
                               const struct heed_model *model, struct heed_error *err)
{
    struct heed_link_measures *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the link's measures");
    }
    const size_t n = (size_t)run->n_tokens;
    const size_t line = (size_t)run->n_layers * n * sizeof(float);
    made->run = heed_run_retain(run);
    made->mixed = heed_arena_alloc(&made->arena, line * n);
    made->rows = heed_arena_alloc(&made->arena, line);
    made->before = heed_arena_alloc(&made->arena, line);
    made->room = heed_arena_alloc(&made->arena, HEED_ROLLOUT_ROWS * n * sizeof(float));
    if (!made->mixed || !made->rows || !made->before || !made->room) {
        heed_link_measures_destroy(made);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the link's measures");
    }
    if (!heed_value_norms(&made->norms, &made->arena, run, model, NULL, err)) {
        heed_link_measures_destroy(made);
        return false;
    }
    heed_rollout_mix(made->mixed, run, made->room);
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

const struct heed_run *heed_link_measures_get_run(const struct heed_link_measures *measures)
{
    return measures->run;
}

/* A key's share of a row whose weights are scaled by the norms. */
static double share(const float *row, const float *norms, int n, struct heed_token_range key)
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
                           struct heed_token_range query, struct heed_token_range key)
{
    const size_t n = (size_t)measures->run->n_tokens;
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        const float *row =
            heed_run_rows(measures->run, HEED_RUN_ATTENTION, map, i, 1, measures->room);
        sum += share(row, measures->norms + (size_t)map * n, (int)n, key);
    }
    return sum / query.count;
}

static void aim(struct heed_link_measures *measures, struct heed_token_range query)
{
    if (measures->query.first != query.first || measures->query.count != query.count) {
        heed_rollout_rows(measures->rows, measures->before, measures->mixed, measures->run,
                          query.first, query.count);
        measures->query = query;
    }
}

static double weigh_rollout(const struct heed_link_measures *measures, int layer,
                            struct heed_token_range key)
{
    const float *row = measures->rows + (size_t)layer * (size_t)measures->run->n_tokens;
    double sum = 0;
    for (int j = key.first; j < key.first + key.count; j++) {
        sum += (double)row[j];
    }
    return sum;
}

void heed_link_measures_weigh(struct heed_link_measures *measures, enum heed_measure measure,
                              struct heed_token_range query, struct heed_token_range key,
                              double *weights)
{
    const struct heed_run *run = measures->run;
    if (measure == HEED_MEASURE_ROLLOUT) {
        aim(measures, query);
    }
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        const int layer = map / run->n_heads;
        switch (measure) {
        case HEED_MEASURE_VALUE_NORM:
            weights[map] = weigh_values(measures, map, query, key);
            break;
        case HEED_MEASURE_ROLLOUT:
            weights[map] = weigh_rollout(measures, layer, key);
            break;
        case HEED_MEASURE_WEIGHT:
            weights[map] = (double)heed_run_link_weight(run, layer, map % run->n_heads, query, key);
            break;
        }
    }
}
