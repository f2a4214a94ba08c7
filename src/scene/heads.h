/*
 * The Heads view: every layer and head side by side. What it shows of the
 * maps, of the frame around it and of the ui's targets; how it is drawn is
 * heads.c's. Pure; the thread of the list.
 */
#ifndef HEED_SCENE_HEADS_H
#define HEED_SCENE_HEADS_H

#include "scene/chrome_parts.h"

/* In targets of kind HEAD, LAYER_LABEL and HEAD_LABEL: not the head map's. */
enum { HEED_TARGET_FLAG_THUMBNAIL = 2 };

/* px that an export of this width needs. */
float heed_heads_height(struct heed_frame *frame, float width);
/* The hovered head, or Matrix's, in numbers; the labels of all. */
void heed_heads_inspect(struct heed_column *column);
/* There is no room for that beside the tabs: the menu has it. */
bool heed_heads_is_tight(const struct heed_chrome *chrome, float left);
/* The strongest links of every head, found once for maps and a filter by
 * whoever builds the frame; NULL is harmless: then each picture finds its own. */
struct heed_heads_links;
/* Makes *links what the state and the result want: NULL unless Heads shows
 * links, or when memory is exhausted. */
void heed_heads_links_follow(struct heed_heads_links **links, const struct heed_state *state,
                             const struct heed_result *result);
void heed_heads_links_destroy(struct heed_heads_links *links);
/* Heatmaps or links and the order, in the tab row between left and right. */
void heed_heads_options(const struct heed_chrome *chrome, float left, float right);

#endif
