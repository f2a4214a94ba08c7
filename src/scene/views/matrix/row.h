/* Matrix in a hall: the row in hand as numbers, beside cells that are too small for them. */
#ifndef HEED_SCENE_VIEWS_MATRIX_ROW_H
#define HEED_SCENE_VIEWS_MATRIX_ROW_H

#include "scene/views/matrix/parts.h"

enum { HEED_MATRIX_ROW = 262 /* logical px of its width */ };

void heed_matrix_draw_row(const struct heed_matrix *matrix, struct heed_rect rect);

#endif
