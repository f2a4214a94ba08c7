#include "scene/views/lab/values.h"

#include <math.h>
#include <string.h>

/* Every token is a unit of its own, and seen. */
static bool is_whole(const struct heed_lab *lab)
{
    return lab->maps->n == lab->lab->n_tokens && !lab->maps->filter.words;
}

/* What is merged: [tokens] the unit of each, -1 if it isn't seen; [units] what
 * the mask lets the row in hand see. */
struct merge {
    const struct heed_maps *maps;
    const float *attention; /* [tokens, tokens] */
    const uint8_t *allowed; /* likewise; NULL: all */
    int n_tokens;
    int32_t *unit_of;
    uint8_t *seen;
};

static bool open_merge(struct merge *merge, struct heed_arena *arena)
{
    const size_t n = (size_t)merge->n_tokens;
    merge->unit_of = heed_arena_alloc(arena, (n + 1) * sizeof(*merge->unit_of));
    merge->seen = heed_arena_alloc(arena, (size_t)merge->maps->n + 1);
    for (size_t i = 0; merge->unit_of != NULL && i < n; i++) {
        merge->unit_of[i] = -1;
    }
    for (int i = 0; merge->unit_of != NULL && i < merge->maps->n; i++) {
        const struct heed_unit *unit = &merge->maps->units[i];
        for (int j = unit->first; j < unit->first + unit->count; j++) {
            merge->unit_of[j] = i;
        }
    }
    return merge->unit_of != NULL && merge->seen != NULL;
}

static void merge_row(const struct merge *merge, int unit, float *values)
{
    const struct heed_unit *row = &merge->maps->units[unit];
    const size_t n = (size_t)merge->n_tokens, n_units = (size_t)merge->maps->n;
    const bool masked = merge->allowed != NULL;
    memset(values, 0, n_units * sizeof(*values));
    memset(merge->seen, !masked, n_units);
    for (int i = row->first; i < row->first + row->count; i++) {
        const float *from = merge->attention + (size_t)i * n;
        const uint8_t *allowed = masked ? merge->allowed + (size_t)i * n : NULL;
        for (size_t j = 0; j < n; j++) {
            const int32_t to = merge->unit_of[j];
            if (to >= 0) {
                values[to] += from[j];
                merge->seen[to] |= !masked || allowed[j] != 0;
            }
        }
    }
    for (size_t j = 0; j < n_units; j++) {
        values[j] = merge->seen[j] != 0 ? values[j] / (float)row->count : NAN;
    }
}

/* NULL without memory. */
static const float *read_map(const struct heed_lab *lab, const struct heed_run *run)
{
    const size_t n = (size_t)run->n_tokens;
    const bool keeps = heed_run_keeps(run, HEED_RUN_ATTENTION);
    float *room = keeps ? NULL : heed_arena_alloc(&lab->frame->list->arena, n * n * sizeof(*room));
    return keeps || room != NULL
               ? heed_run_map(run, lab->head.layer * run->n_heads + lab->head.head, room)
               : NULL;
}

const float *heed_lab_map(const struct heed_lab *lab, bool is_trained)
{
    const struct heed_run *run = is_trained ? lab->trained : lab->lab;
    struct heed_arena *arena = &lab->frame->list->arena;
    struct merge merge = {.maps = lab->maps,
                          .attention = read_map(lab, run),
                          .allowed = is_trained ? NULL : lab->result->allowed,
                          .n_tokens = run->n_tokens};
    const size_t n = (size_t)lab->maps->n;
    if (merge.attention == NULL) {
        lab->frame->list->failed = true;
        return NULL;
    }
    if (is_whole(lab) && merge.allowed == NULL) {
        return merge.attention;
    }
    float *values = heed_arena_alloc(arena, (n * n + 1) * sizeof(*values));
    if (values == NULL || !open_merge(&merge, arena)) {
        lab->frame->list->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        merge_row(&merge, (int)i, values + i * n);
    }
    return values;
}
