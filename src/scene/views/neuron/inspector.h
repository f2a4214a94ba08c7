/* The inspector in Neuron: the arithmetic of one link. */
#ifndef HEED_SCENE_VIEWS_NEURON_INSPECTOR_H
#define HEED_SCENE_VIEWS_NEURON_INSPECTOR_H

#include "scene/chrome/chrome.h"
#include "scene/inspector/column.h"

void heed_neuron_inspect(struct heed_column *column);
/* What the tab row offers beside the tabs, right of left (px). */
void heed_neuron_options(const struct heed_chrome *chrome, float left);

#endif
