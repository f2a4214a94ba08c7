/* The Matrix view: one map, a row a query. */
#ifndef HEED_SCENE_VIEWS_MATRIX_MATRIX_H
#define HEED_SCENE_VIEWS_MATRIX_MATRIX_H

#include "scene/frame/frame.h"

/* px that an export of this width needs. */
float heed_matrix_height(struct heed_frame *frame, float width);
void heed_matrix_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
