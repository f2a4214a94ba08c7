/* Neuron's text and its strips: a vector as a row of cells. */
#ifndef HEED_SCENE_VIEWS_NEURON_STRIPS_H
#define HEED_SCENE_VIEWS_NEURON_STRIPS_H

#include "scene/views/neuron/parts.h"

/* Room for the strips of what is drawn now: once numbers, rect and row are known. */
void heed_neuron_prepare_strips(struct heed_neuron_view *view);
/* A strip of the head's width; gap between cells in px. */
void heed_neuron_strip(struct heed_neuron_view *view, struct heed_rect rect,
                       enum heed_neuron_value kind, int token, float limit, float gap);

#endif
