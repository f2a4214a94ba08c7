/* Neuron's words: tips and provisos. */
#ifndef HEED_SCENE_VIEWS_NEURON_WORDS_H
#define HEED_SCENE_VIEWS_NEURON_WORDS_H

#include "scene/parts/provisos.h"

/* Of a HEED_TARGET_VALUE. */
int heed_neuron_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                         char lines[HEED_TIP_LINES][HEED_TIP_BYTES]);
/* The key of the strip that is pointed at; false: it isn't one of a key. */
bool heed_neuron_value_key(struct heed_target target, struct heed_pin *key);
/* Projected: the step, in this head, and what it comes to. */
void heed_neuron_headline(const struct heed_frame *frame, char *title, size_t title_size,
                          char *line, size_t line_size);
void heed_neuron_say(struct heed_clauses *clauses);

#endif
