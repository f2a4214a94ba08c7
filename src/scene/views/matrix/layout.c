#include "scene/views/matrix/layout.h"

float heed_matrix_column_x(const struct heed_matrix *matrix, int column)
{
    return matrix->cells.x - matrix->scroll_x +
           (float)(column - matrix->maps->columns.first) * matrix->cell;
}

float heed_matrix_row_y(const struct heed_matrix *matrix, int row)
{
    return matrix->cells.y - matrix->scroll_y +
           (float)(row - matrix->maps->rows.first) * matrix->cell;
}

struct heed_color heed_matrix_cross_color(const struct heed_matrix *matrix)
{
    const struct heed_color ink = matrix->frame->theme->ink;
    const struct heed_color zero =
        heed_palette_get(matrix->frame->state->theme, matrix->frame->state->palette)->stops[0];
    return heed_color_contrast(ink, zero) >= 3 ? ink : heed_color_on(zero);
}

bool heed_matrix_holds(struct heed_range range, int unit)
{
    return unit >= range.first && unit < range.first + range.count;
}
