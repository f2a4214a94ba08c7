/* Lab on paper: as high as its content needs, every token named, a pair of maps for each head. */
#ifndef HEED_SCENE_VIEWS_LAB_SHEET_H
#define HEED_SCENE_VIEWS_LAB_SHEET_H

#include "scene/frame/frame.h"

void heed_lab_sheet_draw(struct heed_frame *frame, struct heed_rect rect);
/* px that it needs at this width. */
float heed_lab_sheet_height(struct heed_frame *frame, float width);

#endif
