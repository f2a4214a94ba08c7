/* The inspector in Neuron, in steps: what the step does, and its numbers. */
#ifndef HEED_SCENE_VIEWS_NEURON_STEPS_INSPECTOR_H
#define HEED_SCENE_VIEWS_NEURON_STEPS_INSPECTOR_H

#include "scene/inspector/column.h"
#include "scene/views/neuron/parts.h"

void heed_neuron_inspect_step(struct heed_column *column, const struct heed_neuron_numbers *n);

#endif
