#include "scene/off_values.h"

#include "core/analysis/difference.h"

float heed_run_weight(const struct heed_run *run, struct heed_head_id id,
                      struct heed_range query, struct heed_range key)
{
    return heed_map_weight(heed_run_attention(run, id.layer, id.head),
                           run->n_tokens, query, key);
}

struct heed_range heed_unit_tokens(const struct heed_maps *maps,
                                   struct heed_range units)
{
    if (units.count == 0) {
        return (struct heed_range){0, 0};
    }
    const struct heed_unit *first = &maps->units[units.first];
    const struct heed_unit *last = &maps->units[units.first + units.count - 1];
    return (struct heed_range){first->first,
                               last->first + last->count - first->first};
}

double heed_word_cosine(struct heed_arena *arena, const struct heed_result *result,
                        struct heed_range word, int layer)
{
    const struct heed_run *run = result->run;
    const size_t width = (size_t)run->hidden;
    const size_t first =
        ((size_t)layer * (size_t)run->n_tokens + (size_t)word.first) * width;
    float *means = result->plain != NULL
                       ? heed_arena_zeroed(arena, 2 * width, sizeof(*means))
                       : NULL;
    if (means == NULL) {
        return 1;
    }
    for (size_t piece = 0; piece < (size_t)word.count; piece++) {
        for (size_t i = 0; i < width; i++) {
            const size_t at = first + piece * width + i;
            means[i] += run->hidden_states[at];
            means[width + i] += result->plain->hidden_states[at];
        }
    }
    return heed_cosine(means, means + width, run->hidden);
}
