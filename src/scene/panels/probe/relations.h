#ifndef HEED_SCENE_PANELS_PROBE_RELATIONS_H
#define HEED_SCENE_PANELS_PROBE_RELATIONS_H

#include "scene/panels/probe/parts.h"

/* The relations of a treebank, a row each: its words, the best fixed offset, every head's
 * accuracy as a bar, the best head. Returns the y below it. */
float heed_probe_draw_relations(const struct heed_probe_panel *panel, float y);

#endif
