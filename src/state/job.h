/* What a state asks the encoder for. */
#ifndef HEED_STATE_JOB_H
#define HEED_STATE_JOB_H

#include "core/engine/result.h"
#include "state/state.h"

/* Borrows the state's texts and lists; heads holds the shown ones. Its cuts are of
 * the text's own tokens (cuts_of NULL), its generation is 0. */
struct heed_job heed_state_get_job(const struct heed_state *state,
                                   struct heed_head_id heads[HEED_MAX_SHOWN]);

#endif
