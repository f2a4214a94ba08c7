/* Neuron's table: a row a key, product by product. */
#ifndef HEED_SCENE_VIEWS_NEURON_TABLE_H
#define HEED_SCENE_VIEWS_NEURON_TABLE_H

#include "scene/views/neuron/parts.h"

float heed_neuron_table_height(const struct heed_neuron_view *view);
void heed_neuron_table_draw(struct heed_neuron_view *view);

/* px of the keys' column: on paper as wide as its words, and no less than least. */
float heed_neuron_key_width(const struct heed_neuron_view *view, float least);

#endif
