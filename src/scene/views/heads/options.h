/* What the tab row offers for Heads. */
#ifndef HEED_SCENE_VIEWS_HEADS_OPTIONS_H
#define HEED_SCENE_VIEWS_HEADS_OPTIONS_H

#include "scene/frame/kind.h"

/* Heatmaps or links, and the order. */
float heed_heads_options(const struct heed_options_place *place);

#endif
