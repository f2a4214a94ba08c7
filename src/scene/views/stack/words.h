/* Stack's words: tips and provisos. */
#ifndef HEED_SCENE_VIEWS_STACK_WORDS_H
#define HEED_SCENE_VIEWS_STACK_WORDS_H

#include <stdbool.h>

#include "scene/parts/provisos.h"
#include "scene/views/neuron/neuron.h"

int heed_stack_describe(const struct heed_frame *frame, struct heed_target target, int column,
                        char lines[HEED_VALUE_LINES][HEED_VALUE_BYTES]);
int heed_stack_provisos(const struct heed_frame *frame, bool short_form,
                        struct heed_proviso *provisos, int count);

#endif
