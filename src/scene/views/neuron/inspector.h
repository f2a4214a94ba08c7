/* The inspector in Neuron: the arithmetic of one link. */
#ifndef HEED_SCENE_VIEWS_NEURON_INSPECTOR_H
#define HEED_SCENE_VIEWS_NEURON_INSPECTOR_H

#include "scene/inspector/column.h"

bool heed_neuron_inspect(struct heed_column *column);

#endif
