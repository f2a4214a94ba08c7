/* A matrix on paper, or several as small multiples. Inside scene only; pure. */
#ifndef HEED_SCENE_FIGURE_MAPS_H
#define HEED_SCENE_FIGURE_MAPS_H

#include "scene/frame/frame.h"

/* Into an export of one of the shown maps or more. */
void heed_maps_sheet_draw(struct heed_frame *frame, struct heed_rect rect);
/* px that it needs at this width. */
float heed_maps_sheet_height(struct heed_frame *frame, float width);

#endif
