#include "state/job.h"

#include <string.h>

struct heed_job heed_state_get_job(const struct heed_state *state,
                                   struct heed_head_id heads[HEED_MAX_SHOWN])
{
    const char *compare = heed_state_compares(state) ? state->compare : NULL;
    for (int i = 0; i < state->n_shown; i++) {
        heads[i] = state->shown[i].id;
    }
    if (state->file != NULL) {
        return (struct heed_job){.file = state->file,
                                 .part = state->part,
                                 .compare = compare,
                                 .compare_length = compare != NULL ? strlen(compare) : 0,
                                 .filter = state->filter,
                                 .heads = heads,
                                 .n_heads = state->n_shown};
    }
    return (struct heed_job){.model = state->model,
                             .text = state->text,
                             .text_length = strlen(state->text),
                             .pair = state->pair,
                             .pair_length = state->pair != NULL ? strlen(state->pair) : 0,
                             .muted = state->muted,
                             .n_muted = state->n_muted,
                             .scaled = state->scaled,
                             .n_scaled = state->n_scaled,
                             .cuts = state->cuts,
                             .n_cuts = state->n_cuts,
                             .variant = state->variant,
                             .compare = compare,
                             .compare_length = compare != NULL ? strlen(compare) : 0,
                             .compare_model = state->compare_model,
                             .filter = state->filter,
                             .heads = heads,
                             .n_heads = state->n_shown};
}
