/* A number for each head, by what colours the map of heads. */
#ifndef HEED_SCENE_PARTS_HEAD_VALUES_H
#define HEED_SCENE_PARTS_HEAD_VALUES_H

#include <stdbool.h>

#include "scene/frame/frame.h"

/* The head map's number for one head under the state's color_by, its range
 * [0, *high] for the palette, shared with the shown-heads list. */
float heed_head_map_value(const struct heed_frame *frame, struct heed_head_id id, float *high);
/* Its numbers are of a change: Compare, or B - A. */
bool heed_head_map_shows_change(const struct heed_frame *frame);
/* Its palette has two sides. */
bool heed_head_map_is_signed(const struct heed_frame *frame);
/* What the middle of a palette with two sides stands for. */
float heed_head_map_middle(const struct heed_frame *frame);
/* The palette's lower end: below 0, or a guess, where the palette has two sides. */
float heed_head_map_low(const struct heed_frame *frame, float high);

/* In place of colours each head's own map: asked for, or with keys that aren't the queries
 * and nothing pinned. Numbers are then the link's. */
bool heed_head_map_shows_maps(const struct heed_frame *frame);

/* A set of enum heed_absence. */
unsigned heed_color_by_needs(enum heed_color_by color_by);

/* What colours the map now: a MARGIN without two candidates is as LINK, LINK
 * without a pinned token as ENTROPY; never MAPS. */
enum heed_color_by heed_head_map_color_by(const struct heed_frame *frame);
/* The head map's numbers for all heads under the state's color_by, in the
 * list's arena (NULL without maps), and the upper end of their palette. */
const float *heed_head_map_values(const struct heed_frame *frame, float *high);

#endif
