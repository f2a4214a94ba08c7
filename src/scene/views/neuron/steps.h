/*
 * Neuron in steps: how a row comes to its weights, from q and k to the weighted
 * values. What is done stays, what is to come has its name alone.
 */
#ifndef HEED_SCENE_VIEWS_NEURON_STEPS_H
#define HEED_SCENE_VIEWS_NEURON_STEPS_H

#include <stdbool.h>

#include "scene/frame/frame.h"
#include "scene/views/neuron/parts.h"

/* This frame's Neuron is drawn so: a step is chosen, or it is projected. */
bool heed_neuron_in_steps(const struct heed_frame *frame);
void heed_neuron_steps_draw(struct heed_frame *frame, struct heed_rect rect);
float heed_neuron_steps_height(struct heed_frame *frame, float width);
/* "softmax", "\xC3\xB7 \xE2\x88\x9A32"; with linear attention what stands in their place. */
void heed_neuron_step_name(const struct heed_neuron_numbers *n, enum heed_neuron_step step,
                           char *text, size_t size);

#endif
