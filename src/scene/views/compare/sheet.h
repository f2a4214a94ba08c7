/* Compare on paper: as high as its content needs, all type of one size. */
#ifndef HEED_SCENE_VIEWS_COMPARE_SHEET_H
#define HEED_SCENE_VIEWS_COMPARE_SHEET_H

#include "scene/frame/frame.h"

/* False, with nothing drawn, when there is nothing to compare. */
bool heed_compare_sheet_draw(struct heed_frame *frame, struct heed_rect rect);
/* px that it needs at this width. */
float heed_compare_sheet_height(struct heed_frame *frame, float width);

#endif
