#include "core/analysis/link_measures.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/analysis/transform.h"

struct heed_link_measures {
    atomic_int references;
    const struct heed_run *run;
    struct heed_arena arena;
    float *norms;   /* [layers, heads, n] */
    float *rollout; /* [layers, n, n] */
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

static bool fill(struct heed_link_measures *made, const struct heed_model *model,
                 struct heed_link_measures_hints hints, struct heed_error *err)
{
    const struct heed_stop stop = {hints.cancelled, hints.context};
    return heed_value_norms(&made->norms, &made->arena, made->run, model, hints.pool, stop, err) &&
           heed_rollout(&made->rollout, &made->arena, made->run, hints.pool, stop, err);
}

bool heed_link_measures_create(const struct heed_link_measures **measures,
                               const struct heed_run *run, const struct heed_model *model,
                               struct heed_link_measures_hints hints, struct heed_error *err)
{
    struct heed_link_measures *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the link's measures");
    }
    atomic_init(&made->references, 1);
    made->run = heed_run_retain(run);
    if (!fill(made, model, hints, err)) {
        heed_link_measures_release(made);
        return false;
    }
    *measures = made;
    return true;
}

const struct heed_link_measures *
heed_link_measures_retain(const struct heed_link_measures *measures)
{
    struct heed_link_measures *held = (struct heed_link_measures *)(uintptr_t)measures;
    atomic_fetch_add_explicit(&held->references, 1, memory_order_relaxed);
    return measures;
}

void heed_link_measures_release(const struct heed_link_measures *measures)
{
    struct heed_link_measures *held = (struct heed_link_measures *)(uintptr_t)measures;
    if (held && atomic_fetch_sub(&held->references, 1) == 1) {
        heed_run_release(held->run);
        heed_arena_finish(&held->arena);
        free(held);
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

/* room: [n], of a run that doesn't keep its maps; else NULL. */
static double weigh_values(const struct heed_link_measures *measures, int map,
                           struct heed_token_range query, struct heed_token_range key, float *room)
{
    const size_t n = (size_t)measures->run->n_tokens;
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        const float *row = heed_run_rows(measures->run, HEED_RUN_ATTENTION, map, i, 1, room);
        sum += share(row, measures->norms + (size_t)map * n, (int)n, key);
    }
    return sum / query.count;
}

static void weigh_all_values(const struct heed_link_measures *measures,
                             struct heed_token_range query, struct heed_token_range key,
                             double *weights)
{
    const struct heed_run *run = measures->run;
    const bool keeps = heed_run_keeps(run, HEED_RUN_ATTENTION);
    float *room = keeps ? NULL : malloc((size_t)run->n_tokens * sizeof *room);
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        weights[map] = keeps || room ? weigh_values(measures, map, query, key, room) : (double)NAN;
    }
    free(room);
}

static double weigh_rollout(const struct heed_link_measures *measures, int layer,
                            struct heed_token_range query, struct heed_token_range key)
{
    const size_t n = (size_t)measures->run->n_tokens;
    const float *map = measures->rollout + (size_t)layer * n * n;
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += (double)map[(size_t)i * n + (size_t)j];
        }
    }
    return sum / query.count;
}

void heed_link_measures_weigh(const struct heed_link_measures *measures, enum heed_measure measure,
                              struct heed_token_range query, struct heed_token_range key,
                              double *weights)
{
    const struct heed_run *run = measures->run;
    if (measure == HEED_MEASURE_VALUE_NORM) {
        weigh_all_values(measures, query, key, weights);
        return;
    }
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        const int layer = map / run->n_heads;
        weights[map] =
            measure == HEED_MEASURE_ROLLOUT
                ? weigh_rollout(measures, layer, query, key)
                : (double)heed_run_link_weight(run, layer, map % run->n_heads, query, key);
    }
}
