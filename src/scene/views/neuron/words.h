/* Neuron's words: tips, provisos, the tab row's options. */
#ifndef HEED_SCENE_VIEWS_NEURON_WORDS_H
#define HEED_SCENE_VIEWS_NEURON_WORDS_H

#include <stdbool.h>

#include "scene/parts/provisos.h"
#include "scene/views/neuron/neuron.h"

/* The tooltip of a HEED_TARGET_VALUE of Neuron or Stack; returns the number of
 * lines. column: the cell that is pointed at. */
int heed_neuron_describe(const struct heed_frame *frame, struct heed_target target, int column,
                         char lines[HEED_VALUE_LINES][HEED_VALUE_BYTES]);
/* The key of the strip that is pointed at; false: it isn't one of a key. */
bool heed_neuron_value_key(struct heed_target target, struct heed_pin *key);
/* Adds its clauses to the first `count`; returns how many there are then. */
int heed_neuron_provisos(const struct heed_frame *frame, bool short_form,
                         struct heed_proviso *provisos, int count);

#endif
