#include "scene/frame/off_values.h"

struct heed_token_range heed_unit_tokens(const struct heed_maps *maps, struct heed_range units)
{
    if (units.count == 0) {
        return (struct heed_token_range){0, 0};
    }
    const struct heed_unit *first = &maps->units[units.first];
    const struct heed_unit *last = &maps->units[units.first + units.count - 1];
    return (struct heed_token_range){first->first, last->first + last->count - first->first};
}

double heed_word_cosine(struct heed_arena *arena, const struct heed_result *result,
                        struct heed_token_range word, int layer)
{
    const struct heed_run *run = result->run;
    const size_t width = (size_t)run->hidden;
    const size_t first = ((size_t)layer * (size_t)run->n_tokens + (size_t)word.first) * width;
    float *means =
        result->plain != NULL ? heed_arena_zeroed(arena, 2 * width, sizeof(*means)) : NULL;
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
