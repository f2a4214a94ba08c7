/* The whole of a matrix of which a part is seen. */
#ifndef HEED_SCENE_VIEWS_MATRIX_MINIMAP_H
#define HEED_SCENE_VIEWS_MATRIX_MINIMAP_H

#include "scene/views/matrix/parts.h"

/* Gives the minimap its place and the colour bar what is left. */
void heed_matrix_place_minimap(struct heed_matrix *matrix);
void heed_matrix_draw_minimap(const struct heed_matrix *matrix);

#endif
