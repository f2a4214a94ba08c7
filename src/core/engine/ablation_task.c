#include "core/engine/ablation_task.h"

#include <stdlib.h>

#include "core/analysis/link_measures.h"
#include "core/text/names.h"

static bool name(char **word, const struct heed_ablation_work *work, struct heed_token_range range,
                 const struct heed_task_world *world, struct heed_error *err)
{
    return *word || range.count == 0 ||
           heed_names_write(word, heed_pipeline_get_tokenizer(world->pipeline),
                            work->result->encoding, range.first, range.count, err);
}

static bool begin(void *memory, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err)
{
    struct heed_ablation_work *work = memory;
    const struct heed_encoding *encoding = work->result->encoding;
    const size_t n = (size_t)encoding->n_tokens;
    if (!name(&work->table.from, work, work->query, world, err) ||
        !name(&work->table.to, work, work->key, world, err)) {
        return false;
    }
    work->ids = malloc(2 * n * sizeof *work->ids);
    if (!work->ids) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
    }
    heed_encoding_copy_ids(encoding, work->ids, work->ids + n);
    *n_units = work->table.n;
    return true;
}

static bool step(void *memory, const struct heed_task_world *world, int unit,
                 struct heed_error *err)
{
    struct heed_ablation_work *work = memory;
    const struct heed_ablation ablation = {
        .encoder = heed_pipeline_get_encoder(world->pipeline),
        .ids = work->ids,
        .segments = work->ids + work->result->encoding->n_tokens,
        .run = heed_result_untouched(work->result),
        .query = work->query,
        .key = work->key,
        .token = work->query,
        .pooling = heed_kit_get_pooling(work->result->kit),
        .cancelled = world->cancelled,
        .context = world->context,
    };
    return heed_ablate_head(&work->table.rows[unit].head, &ablation, unit, err);
}

/* The columns of the link's weight; the rows still lie by place. */
static bool weigh(struct heed_ablation_work *work, const struct heed_task_world *world,
                  struct heed_error *err)
{
    static const enum heed_measure measures[] = {[HEED_ABLATION_WEIGHT] = HEED_MEASURE_WEIGHT,
                                                 [HEED_ABLATION_VALUE_NORM] =
                                                     HEED_MEASURE_VALUE_NORM,
                                                 [HEED_ABLATION_ROLLOUT] = HEED_MEASURE_ROLLOUT};
    const struct heed_link_measures *of = NULL;
    const struct heed_link_measures_hints hints = {
        .pool = heed_encoder_get_pool(heed_pipeline_get_encoder(world->pipeline))};
    double *weights = malloc((size_t)work->table.n * sizeof *weights);
    if (!weights) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
    }
    const bool ok = heed_link_measures_create(&of, heed_result_untouched(work->result),
                                              heed_pipeline_get_model(world->pipeline), hints, err);
    for (int column = 0; ok && column < HEED_ABLATION_LINK; column++) {
        heed_link_measures_weigh(of, measures[column], work->query, work->key, weights);
        for (int i = 0; i < work->table.n; i++) {
            work->table.rows[i].values[column] = weights[i];
        }
    }
    heed_link_measures_release(of);
    free(weights);
    return ok;
}

static bool end(void *memory, const struct heed_task_world *world, struct heed_error *err)
{
    struct heed_ablation_work *work = memory;
    if (work->table.to && !weigh(work, world, err)) {
        return false;
    }
    heed_ablation_table_order(&work->table);
    return true;
}

static void destroy(void *memory)
{
    struct heed_ablation_work *work = memory;
    heed_ablation_table_finish(&work->table);
    heed_result_release(work->result);
    free(work->ids);
    free(work);
}

static const struct heed_task_methods methods = {
    .kind = HEED_TASK_ABLATION,
    .begin = begin,
    .step = step,
    .end = end,
    .destroy = destroy,
};

bool heed_ablation_task_create(struct heed_task **task, struct heed_ablation_options options,
                               struct heed_error *err)
{
    const struct heed_run *run = options.result->run;
    struct heed_ablation_work *work = calloc(1, sizeof *work);
    if (!work) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
    }
    if (!heed_ablation_table_init(&work->table, run->n_layers * run->n_heads, options.from,
                                  options.to, err)) {
        free(work);
        return false;
    }
    work->result = heed_result_retain(options.result);
    work->query = options.query;
    work->key = options.key;
    struct heed_task *made = heed_task_create(options.id, &methods, work);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
    }
    *task = made;
    return true;
}

const struct heed_ablation_work *heed_ablation_task_get(const struct heed_task *task)
{
    return heed_task_get_work(task);
}
