#include "core/engine/overview_task.h"

#include <stdlib.h>

static bool begin(void *memory, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err)
{
    struct heed_overview_work *work = memory;
    const struct heed_maps *maps = work->result->maps;
    (void)world;
    work->sums = calloc((size_t)maps->run->n_tokens + 1, sizeof *work->sums);
    work->first = heed_maps_count_seen(maps);
    *n_units = maps->n_layers * maps->n_heads - work->first;
    return work->sums ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to look at all heads");
}

static bool step(void *memory, const struct heed_task_world *world, int unit,
                 struct heed_error *err)
{
    struct heed_overview_work *work = memory;
    const struct heed_maps *maps = work->result->maps;
    const int n_queries = maps->encoding->n_queries;
    const int n_rows = n_queries > 0 ? n_queries : maps->run->n_tokens;
    (void)world;
    const int map = work->first + unit;
    if (!heed_maps_look(maps, work->sums, err)) {
        return false;
    }
    for (int row = 0; row < n_rows; row++) {
        heed_row_findings_add(&work->rows, map / maps->n_heads, map % maps->n_heads, row,
                              work->sums[row]);
    }
    return true;
}

static void destroy(void *memory)
{
    struct heed_overview_work *work = memory;
    heed_result_release(work->result);
    free(work->sums);
    free(work);
}

static const struct heed_task_methods methods = {
    .kind = HEED_TASK_OVERVIEW,
    .without_model = true,
    .begin = begin,
    .step = step,
    .destroy = destroy,
};

bool heed_overview_is_due(const struct heed_result *result)
{
    const struct heed_maps *maps = result && result->ok ? result->maps : NULL;
    return maps && maps->store && heed_maps_count_seen(maps) < maps->n_layers * maps->n_heads;
}

bool heed_overview_task_create(struct heed_task **task, uint64_t id,
                               const struct heed_result *result, struct heed_error *err)
{
    struct heed_overview_work *work = calloc(1, sizeof *work);
    struct heed_task *made = NULL;
    if (work) {
        work->result = heed_result_retain(result);
        work->rows = result->rows; /* of no row yet: their tolerance */
        made = heed_task_create(id, &methods, work);
    }
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to look at all heads");
    }
    *task = made;
    return true;
}
