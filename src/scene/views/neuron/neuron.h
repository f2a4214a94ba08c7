/* The Neuron view: one query's way through one head. */
#ifndef HEED_SCENE_VIEWS_NEURON_NEURON_H
#define HEED_SCENE_VIEWS_NEURON_NEURON_H

#include "scene/frame/frame.h"

/* px that an export of this width needs. */
float heed_neuron_height(struct heed_frame *frame, float width);
void heed_neuron_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
