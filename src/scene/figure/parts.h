/*
 * Inside the figure: its panels. figure.c places them and draws what they
 * share, panel.c draws one. Lengths are in em, the given type's size.
 */
#ifndef HEED_SCENE_FIGURE_PARTS_H
#define HEED_SCENE_FIGURE_PARTS_H

#include "scene/frame/shown.h"

/* One text with one head or two. */
struct heed_figure_panel {
    struct heed_frame *frame;
    struct heed_skin skin;
    float em; /* px */
    const struct heed_maps *maps;
    const struct heed_shown_map *sides[2]; /* left and right; NULL: none */
    struct heed_range query, key;
    const char *letter, *title; /* NULL: none */
    int title_lines;
    float title_width; /* px */
    struct heed_rect rect;
    float words; /* px of the widest word */
};

#endif
