/* What is off, in words: for chips, tips, provisos and the inspector. */
#ifndef HEED_SCENE_FRAME_OFF_WORDS_H
#define HEED_SCENE_FRAME_OFF_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/engine/result.h"
#include "state/interventions.h"

/* "causal mask", "L3H1 muted", "L3H1 × 0.5", "it → animal cut in L3H1"; result (may be NULL)
 * has the tokens, cuts (a state's or a result's) the other heads of a cut. */
void heed_off_text(const struct heed_cut_link *cuts, int n_cuts, const struct heed_result *result,
                   const struct heed_off *off, char *text, size_t size);
/* True if all that is otherwise is how the same weights are computed: flash attention. */
bool heed_off_is_exact(const struct heed_result *result);
/* All that a result was made without or with: "positions off, L3H1 muted, it →
 * animal cut in L3H1 (row renormalised)", or how much of it; "" if nothing. */
void heed_off_words(const struct heed_result *result, char *text, size_t size);
/* "× 0.5" */
void heed_factor_text(float factor, char *text, size_t size);

#endif
