/* The Neuron view: one query's way through one head. */
#ifndef HEED_SCENE_VIEWS_NEURON_NEURON_H
#define HEED_SCENE_VIEWS_NEURON_NEURON_H

#include "scene/views/neuron/parts.h"

/* px that an export of this width needs. */
float heed_neuron_height(struct heed_frame *frame, float width);
struct heed_text_style heed_neuron_style(const struct heed_neuron_view *view, float size,
                                         int weight);
/* A strip of the head's width; gap between cells in px. */
void heed_neuron_strip(struct heed_neuron_view *view, struct heed_rect rect,
                       enum heed_neuron_value kind, int token, float limit, float gap);
void heed_neuron_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
