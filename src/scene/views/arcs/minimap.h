/* Arcs' minimap of a text that scrolls. */
#ifndef HEED_SCENE_VIEWS_ARCS_MINIMAP_H
#define HEED_SCENE_VIEWS_ARCS_MINIMAP_H

#include "scene/views/arcs/parts.h"

/* All lines, small, at the right of a text that scrolls. */
void heed_arcs_draw_minimap(const struct heed_arcs *arcs);

#endif
