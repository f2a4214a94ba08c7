/*
 * Inside the figure: its panels. figure.c places them and draws what they
 * share, figure_panel.c draws one. Lengths are in em, the given type's size.
 */
#ifndef HEED_SCENE_FIGURE_PARTS_H
#define HEED_SCENE_FIGURE_PARTS_H

#include "scene/figure.h"
#include "scene/parts.h"

/* One text with one head or two. */
struct heed_figure_panel {
    struct heed_frame *frame;
    struct heed_skin skin;
    float em; /* px */
    const struct heed_maps *maps;
    const struct heed_shown_map *sides[2]; /* left and right; NULL: none */
    struct heed_range query, key;
    const char *letter, *title; /* NULL: none */
    struct heed_rect rect;
    float words; /* px of the widest word */
};

/* px that a panel needs at least, and likes to have. */
float heed_figure_panel_least(const struct heed_figure_panel *panel);
float heed_figure_panel_most(const struct heed_figure_panel *panel);
float heed_figure_panel_height(const struct heed_figure_panel *panel);
void heed_figure_panel_draw(const struct heed_figure_panel *panel);

/* The colour of a weight in this figure, and at t in 0..1 of its bar. */
struct heed_color heed_figure_color(const struct heed_frame *frame, float weight);

#endif
