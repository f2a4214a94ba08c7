#include "core/engine/variants_task.h"

#include <stdlib.h>

#include "core/bert/pooled.h"
#include "core/engine/kit.h"

static void list(struct heed_variants_work *work)
{
    for (int kind = HEED_MASK_FULL + 1; kind < HEED_N_MASK_KINDS; kind++) {
        if (kind != HEED_MASK_CROSS || work->result->encoding->pair) {
            work->rows[work->n++].variant.mask = heed_mask_of((enum heed_mask_kind)kind, 0);
        }
    }
    for (int i = HEED_POSITIONS_LEARNED + 1; i < HEED_N_POSITIONS; i++) {
        work->rows[work->n++].variant.positions = (enum heed_positions)i;
    }
    for (int i = HEED_ATTENTION_SOFTMAX + 1; i < HEED_N_ATTENTION_KINDS; i++) {
        work->rows[work->n++].variant.attention = (enum heed_attention_kind)i;
    }
}

static bool begin(void *memory, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err)
{
    struct heed_variants_work *work = memory;
    const struct heed_encoding *encoding = work->result->encoding;
    const size_t n = (size_t)encoding->n_tokens;
    (void)world;
    work->ids = malloc(3 * n * sizeof *work->ids);
    work->allowed = malloc(n * n);
    if (!work->ids || !work->allowed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the changes");
    }
    heed_encoding_copy_ids(encoding, work->ids, work->ids + n);
    heed_encoding_copy_sides(encoding, work->ids + 2 * n);
    *n_units = work->n;
    return true;
}

static bool step(void *memory, const struct heed_task_world *world, int unit,
                 struct heed_error *err)
{
    struct heed_variants_work *work = memory;
    struct heed_variants_row *row = &work->rows[unit];
    const int n = work->result->encoding->n_tokens;
    const bool masks = heed_mask_fill(work->allowed, row->variant.mask, work->ids + 2 * n, n);
    const struct heed_request request = {
        .ids = work->ids,
        .segments = work->ids + n,
        .n_tokens = n,
        .positions = row->variant.positions,
        .attention = row->variant.attention,
        .allowed = masks ? work->allowed : NULL,
        .cancelled = world->cancelled,
        .cancelled_context = world->context,
    };
    const struct heed_run *run = NULL;
    if (!heed_encode(heed_pipeline_get_encoder(world->pipeline), &request, &run, err)) {
        return false;
    }
    const struct heed_kit *kit = heed_pipeline_get_kit(world->pipeline);
    struct heed_arena arena = {0};
    const bool ok = heed_pooled_runs(&row->cosine, &arena, run, heed_result_untouched(work->result),
                                     heed_kit_get_pooling(kit), err);
    heed_arena_finish(&arena);
    heed_run_release(run);
    return ok;
}

static void destroy(void *memory)
{
    struct heed_variants_work *work = memory;
    heed_result_release(work->result);
    free(work->ids);
    free(work->allowed);
    free(work);
}

static const struct heed_task_methods methods = {
    .kind = HEED_TASK_VARIANTS,
    .begin = begin,
    .step = step,
    .destroy = destroy,
};

bool heed_variants_task_create(struct heed_task **task, uint64_t id,
                               const struct heed_result *result, struct heed_error *err)
{
    struct heed_variants_work *work = calloc(1, sizeof *work);
    struct heed_task *made = NULL;
    if (work) {
        work->result = heed_result_retain(result);
        list(work);
        made = heed_task_create(id, &methods, work);
    }
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the changes");
    }
    *task = made;
    return true;
}
