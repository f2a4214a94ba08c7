/* The Matrix view: one map, a row a query. */
#ifndef HEED_SCENE_VIEWS_MATRIX_MATRIX_H
#define HEED_SCENE_VIEWS_MATRIX_MATRIX_H

#include "scene/views/matrix/parts.h"

/* px that an export of this width needs. */
float heed_matrix_height(struct heed_frame *frame, float width);
/* Text of the view: an export has one size for all. */
struct heed_text_style heed_matrix_style(const struct heed_matrix *matrix, float size, int weight);
float heed_matrix_column_x(const struct heed_matrix *matrix, int column);
float heed_matrix_row_y(const struct heed_matrix *matrix, int row);
/* Ink, unless the palette's zero is as dark as ink. */
struct heed_color heed_matrix_cross_color(const struct heed_matrix *matrix);
/* What the cells show, of all rows and columns; without a target. */
struct heed_item_heatmap heed_matrix_heatmap(const struct heed_matrix *matrix,
                                             struct heed_rect rect);
void heed_matrix_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
