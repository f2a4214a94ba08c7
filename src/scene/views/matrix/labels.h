/* The tokens beside and above the matrix. */
#ifndef HEED_SCENE_VIEWS_MATRIX_LABELS_H
#define HEED_SCENE_VIEWS_MATRIX_LABELS_H

#include <stdbool.h>

#include "scene/views/matrix/parts.h"

void heed_matrix_draw_labels(const struct heed_matrix *matrix);

#endif
