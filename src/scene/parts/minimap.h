/*
 * All of a long text at once, small: what is in view, where the strong links of
 * the token in hand lie, and a place to press and drag to go there. Views draw
 * theirs with it; how far a press scrolls is the ui's. Pure; the list's thread.
 */
#ifndef HEED_SCENE_PARTS_MINIMAP_H
#define HEED_SCENE_PARTS_MINIMAP_H

#include <stdbool.h>

#include "scene/frame/shown.h"

/* Flags of a HEED_TARGET_SCROLL: a minimap, which scrolls down and, with
 * ACROSS, sideways too. Its b and c are the px across and down of the picture's
 * part that it stands for: that part scrolls, what is around it stays. */
enum { HEED_MINIMAP_DOWN = 1, HEED_MINIMAP_ACROSS = 2 };

/* The link between a unit and the token in hand that is strongest in the heads
 * that are shown. False: none of at least 0.02, or no token in hand. The token
 * itself has weight 1 and the colour of ink. */
bool heed_minimap_link(const struct heed_frame *frame, const struct heed_shown_maps *shown,
                       int unit, float *weight, struct heed_color *color);
/* A strip beside rows that scroll by `over` px, as high as they are seen: marks
 * the part in view. False: all is. */
bool heed_minimap_strip(const struct heed_frame *frame, struct heed_rect strip, float over);
/* In it the place-th of n rows, as long as its weight. */
void heed_minimap_mark(const struct heed_frame *frame, struct heed_rect strip, int place, int n,
                       float weight, struct heed_color color);
/* What drags the picture: over all that was drawn. */
void heed_minimap_grip(const struct heed_frame *frame, struct heed_rect rect, int flags,
                       float across, float down);

#endif
