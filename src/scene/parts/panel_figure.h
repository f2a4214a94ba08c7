/* The head map of a panel as a figure, for exports. */
#ifndef HEED_SCENE_PARTS_PANEL_FIGURE_H
#define HEED_SCENE_PARTS_PANEL_FIGURE_H

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

/* The head map as a figure, for exports: its title, all heads with their
 * numbering, the colour bar with its limits; from (x, y) on. Returns the
 * height, 0 if the panel has no map now. */
float heed_panel_draw_map(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                          float y, float width);
float heed_panel_map_height(const struct heed_frame *frame, const struct heed_skin *skin,
                            float width);

#endif
