/* Inside the Matrix view: what view.c needs besides heed_matrix_draw. */
#ifndef HEED_SCENE_MATRIX_PARTS_H
#define HEED_SCENE_MATRIX_PARTS_H

#include "scene/view.h"

/* px that an export of this width needs. */
float heed_matrix_height(struct heed_frame *frame, float width);

#endif
