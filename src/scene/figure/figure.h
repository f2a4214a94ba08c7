/*
 * The two-sided figure of a paper (visual.md, "Figure"): the words of the text
 * upright, one head left and one right of them, what the pinned query attends
 * to as arcs with numbers; more heads or a compared text make more panels. It
 * needs merged words and a pinned query. Pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_FIGURE_FIGURE_H
#define HEED_SCENE_FIGURE_FIGURE_H

#include <stdbool.h>

#include "scene/frame/frame.h"

/* The frame's scale is that of an export: 15 logical px are the given pt. */
void heed_figure_draw(struct heed_frame *frame, struct heed_rect rect);
/* px that it needs at this width. */
float heed_figure_height(struct heed_frame *frame, float width);
/* True if its panels, up to two abreast, fit this width. */
bool heed_figure_fits(struct heed_frame *frame, float width);

#endif
