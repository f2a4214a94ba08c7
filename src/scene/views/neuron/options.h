/* What the tab row offers for Neuron. */
#ifndef HEED_SCENE_VIEWS_NEURON_OPTIONS_H
#define HEED_SCENE_VIEWS_NEURON_OPTIONS_H

#include "scene/frame/kind.h"

/* Queries and keys, or values. */
float heed_neuron_options(const struct heed_options_place *place);

#endif
