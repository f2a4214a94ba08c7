/* One panel of the figure: a text with one head or two. */
#ifndef HEED_SCENE_FIGURE_PANEL_H
#define HEED_SCENE_FIGURE_PANEL_H

#include "scene/figure/parts.h"

/* px that a panel needs at least, and likes to have. */
float heed_figure_panel_least(const struct heed_figure_panel *panel);
float heed_figure_panel_most(const struct heed_figure_panel *panel);
float heed_figure_panel_height(const struct heed_figure_panel *panel);
/* Before its height is asked: how much of it the title takes follows. */
void heed_figure_panel_set_width(struct heed_figure_panel *panel, float width);
void heed_figure_panel_draw(const struct heed_figure_panel *panel);
/* The colour of a weight in this figure, and at t in 0..1 of its bar. */
struct heed_color heed_figure_color(const struct heed_frame *frame, float weight);

#endif
