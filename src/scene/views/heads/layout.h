/* Heads orders and places its thumbnails. */
#ifndef HEED_SCENE_VIEWS_HEADS_LAYOUT_H
#define HEED_SCENE_VIEWS_HEADS_LAYOUT_H

#include <stdbool.h>

#include "scene/views/heads/parts.h"

/* px that an export of this width needs. */
float heed_heads_height(struct heed_frame *frame, float width);
/* Fills all but frame; false when there is nothing to draw. */
bool heed_heads_place(struct heed_heads *heads, struct heed_rect rect);
int heed_heads_map_of(const struct heed_heads *heads, struct heed_head_id id);
bool heed_heads_is_hovered(const struct heed_heads *heads, struct heed_head_id id);
bool heed_heads_sees(const struct heed_heads *heads, struct heed_rect rect);

#endif
