#include <math.h>

#include "scene/lab_parts.h"

bool heed_lab_forbids(const struct heed_result *result, struct heed_range query,
                      struct heed_range key)
{
    const size_t n = (size_t)result->run->n_tokens;
    for (int i = query.first;
         result->allowed != NULL && i < query.first + query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            if (result->allowed[(size_t)i * n + (size_t)j] != 0) {
                return false;
            }
        }
    }
    return result->allowed != NULL && query.count > 0 && key.count > 0;
}

/* Every token is a unit of its own, and seen. */
static bool is_whole(const struct heed_lab *lab)
{
    return lab->maps->n == lab->lab->n_tokens && !lab->maps->filter.words;
}

const float *heed_lab_map(const struct heed_lab *lab, bool is_trained)
{
    const struct heed_run *run = is_trained ? lab->trained : lab->lab;
    const bool masked = !is_trained && lab->result->allowed != NULL;
    const float *attention =
        heed_run_attention(run, lab->head.layer, lab->head.head);
    const int n = lab->maps->n;
    if (is_whole(lab) && !masked) {
        return attention;
    }
    float *values = heed_arena_alloc(
        &lab->frame->list->arena, ((size_t)n * (size_t)n + 1) * sizeof(*values));
    if (values == NULL) {
        lab->frame->list->failed = true;
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        const struct heed_unit *row = &lab->maps->units[i];
        const struct heed_range query = {row->first, row->count};
        for (int j = 0; j < n; j++) {
            const struct heed_unit *column = &lab->maps->units[j];
            const struct heed_range key = {column->first, column->count};
            values[(size_t)i * (size_t)n + (size_t)j] =
                masked && heed_lab_forbids(lab->result, query, key)
                    ? NAN
                    : heed_map_weight(attention, run->n_tokens, query, key);
        }
    }
    return values;
}
