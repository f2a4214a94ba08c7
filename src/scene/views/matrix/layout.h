/* Where the cells of the matrix lie, and what they show. */
#ifndef HEED_SCENE_VIEWS_MATRIX_LAYOUT_H
#define HEED_SCENE_VIEWS_MATRIX_LAYOUT_H

#include "scene/views/matrix/parts.h"

float heed_matrix_column_x(const struct heed_matrix *matrix, int column);
float heed_matrix_row_y(const struct heed_matrix *matrix, int row);
/* Ink, unless the palette's zero is as dark as ink. */
struct heed_color heed_matrix_cross_color(const struct heed_matrix *matrix);
bool heed_matrix_holds(struct heed_range range, int unit);

#endif
