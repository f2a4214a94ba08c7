/*
 * The links of a whole text on paper, a column a head: queries named once at the left,
 * keys at the right. Inside scene only; pure.
 */
#ifndef HEED_SCENE_FIGURE_COLUMN_H
#define HEED_SCENE_FIGURE_COLUMN_H

#include "scene/frame/frame.h"

/* As heed_maps_sheet_... */
void heed_links_sheet_draw(struct heed_frame *frame, struct heed_rect rect);
float heed_links_sheet_height(struct heed_frame *frame, float width);

#endif
