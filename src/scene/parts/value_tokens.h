/*
 * What Neuron and Stack share: one token as their subject, scales of vectors, the
 * chips to choose by.
 */
#ifndef HEED_SCENE_PARTS_VALUE_TOKENS_H
#define HEED_SCENE_PARTS_VALUE_TOKENS_H

#include <stddef.h>

#include "scene/frame/frame.h"
#include "scene/parts/provisos.h"
#include "scene/widgets/widgets.h"

/* The token that a pin means here: its first visible one, else the first
 * visible word of the text. -1 if no token is visible. */
int heed_neuron_token(const struct heed_maps *maps, struct heed_pin pin);
/* A token as a unit, also where the maps' units are words; the label is
 * borrowed from the maps or from the arena. */
struct heed_unit heed_neuron_unit(struct heed_arena *arena, const struct heed_maps *maps,
                                  int token);
/* "it", or "" without memory. */
const char *heed_neuron_label(struct heed_arena *arena, const struct heed_maps *maps, int token);
/* The tokens as chips in one line, each to be clicked: all, or as many as fit round the one in
 * hand, and at the ends how many more there are. */
void heed_neuron_chips(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                       float cy, float width, int token);
/* A vector's norm with three digits, up to end; before it "|q|" of its symbol (markup, or
 * NULL). */
void heed_norm_draw(const struct heed_skin *skin, float end, float cy, const char *symbol,
                    double norm);
/* x rounded up to 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 or 10 times a power of
 * ten: the end of a scale. */
float heed_neuron_limit(double x);
/* 2.5 times the root mean square, rounded so. */
float heed_neuron_spread(const float *values, size_t n);
/* One row of numbers as a strip: its rect, values, row, columns, gap and the
 * scale's end, high, are given; the scale goes from -high on. On paper, where a printer
 * without colours gives both signs the same grey, the upper half has the positive
 * values and the lower half the negative ones. */
void heed_value_strip(const struct heed_frame *frame, struct heed_item_heatmap strip,
                      struct heed_target target);
/* The palette from -limit to limit with its ends. */
void heed_neuron_legend(const struct heed_frame *frame, const struct heed_skin *skin, float end,
                        float cy, float width, float limit);
/* And that it is so. */
void heed_say_strips(struct heed_clauses *clauses);

#endif
