#include "scene/views/matrix/layout.h"

float heed_matrix_column_x(const struct heed_matrix *matrix, int column)
{
    return matrix->cells.x - matrix->scroll_x + (float)column * matrix->cell;
}

float heed_matrix_row_y(const struct heed_matrix *matrix, int row)
{
    return matrix->cells.y - matrix->scroll_y + (float)row * matrix->cell;
}

struct heed_item_heatmap heed_matrix_heatmap(const struct heed_matrix *matrix,
                                             struct heed_rect rect)
{
    const struct heed_frame *frame = matrix->frame;
    const struct heed_maps *maps = matrix->maps;
    const bool whole = maps->aggregate == NULL;
    return (struct heed_item_heatmap){
        .rect = rect,
        .values = {.id = whole ? maps->id : maps->id ^ (1ULL << 63),
                   .data = whole ? maps->weights : maps->aggregate,
                   .n_slices = whole ? maps->n_layers * maps->n_heads : 1,
                   .n_rows = maps->n,
                   .n_columns = maps->n},
        .slice = whole ? matrix->map.id.layer * maps->n_heads + matrix->map.id.head : 0,
        .rows = maps->n,
        .columns = maps->n,
        .high = 1,
        .palette = *heed_palette_get(frame->state->theme, frame->state->palette),
    };
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
