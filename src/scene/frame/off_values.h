/*
 * What is off changes: numbers of a run beside those of the untouched one, of
 * the whole sequence. Inside scene only; pure.
 */
#ifndef HEED_SCENE_FRAME_OFF_VALUES_H
#define HEED_SCENE_FRAME_OFF_VALUES_H

#include "scene/frame/shown.h"

/* Cosine of a word's hidden state (the mean of its pieces') after `layer`
 * layers in the result's run and in its untouched one; 1 without one. */
double heed_word_cosine(struct heed_arena *arena, const struct heed_result *result,
                        struct heed_token_range word, int layer);
/* The tokens of visible units. */
struct heed_token_range heed_unit_tokens(const struct heed_maps *maps, struct heed_range units);

#endif
