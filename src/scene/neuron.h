/*
 * The Neuron view: one query of one head against every key, number by number.
 * What it shows of tokens, values and numbers; how it is drawn is neuron.c's.
 * It is about tokens, not words, and about the run's own weights, whatever
 * measure or average the filters ask for. Pure; the thread of the list.
 */
#ifndef HEED_SCENE_NEURON_H
#define HEED_SCENE_NEURON_H

#include "scene/chrome_parts.h"
#include "scene/provisos.h"

/* The token that a pin means here: its first visible one, else the first
 * visible word of the text. -1 if no token is visible. */
int heed_neuron_token(const struct heed_maps *maps, struct heed_pin pin);
/* A token as a unit, also where the maps' units are words; the label is
 * borrowed from the maps or from the arena. */
struct heed_unit heed_neuron_unit(struct heed_arena *arena, const struct heed_maps *maps,
                                  int token);
/* "it", or "" without memory. */
const char *heed_neuron_label(struct heed_arena *arena, const struct heed_maps *maps, int token);

/* The tokens round the shown one as chips in one line, each to be clicked. */
void heed_neuron_chips(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                       float cy, float width, int token);

/* x rounded up to 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 or 10 times a power of
 * ten: the end of a scale. */
float heed_neuron_limit(double x);
/* 2.5 times the root mean square, rounded so. */
float heed_neuron_spread(const float *values, size_t n);
/* The palette from -limit to limit with its ends. */
void heed_neuron_legend(const struct heed_frame *frame, const struct heed_skin *skin, float end,
                        float cy, float width, float limit);

enum { HEED_VALUE_LINES = 3, HEED_VALUE_BYTES = 200 };

/* The tooltip of a HEED_TARGET_VALUE of Neuron or Stack; returns the number of
 * lines. column: the cell that is pointed at. */
int heed_neuron_describe(const struct heed_frame *frame, struct heed_target target, int column,
                         char lines[HEED_VALUE_LINES][HEED_VALUE_BYTES]);
/* The key of the strip that is pointed at; false: it isn't one of a key. */
bool heed_neuron_value_key(struct heed_target target, struct heed_pin *key);
/* Adds its clauses to the first `count`; returns how many there are then. */
int heed_neuron_provisos(const struct heed_frame *frame, bool short_form,
                         struct heed_proviso *provisos, int count);
void heed_neuron_inspect(struct heed_column *column);
/* What the tab row offers beside the tabs, right of left (px). */
void heed_neuron_options(const struct heed_chrome *chrome, float left);
/* px that an export of this width needs. */
float heed_neuron_height(struct heed_frame *frame, float width);

#endif
