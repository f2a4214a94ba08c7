#include "scene/views/matrix/minimap.h"

#include <math.h>

#include "scene/parts/map_cells.h"
#include "scene/parts/minimap.h"
#include "scene/views/matrix/layout.h"

enum { MOST_SIDE = 112, LEAST_SIDE = 48 };

void heed_matrix_place_minimap(struct heed_matrix *matrix)
{
    const float s = matrix->s;
    const float full_w = matrix->cell * (float)matrix->maps->columns.count;
    const float full_h = matrix->cell * (float)matrix->maps->rows.count;
    const struct heed_rect rect = matrix->rect, cells = matrix->cells;
    const float room = rect.x + rect.w - 16 * s - matrix->bar_x;
    const float side = floorf(fminf(fminf(room, MOST_SIDE * s), 0.4F * matrix->cells.h));
    if (side < LEAST_SIDE * s || (full_w <= cells.w + 1 && full_h <= cells.h + 1) ||
        heed_maps_have_sides(matrix->maps)) {
        return;
    }
    matrix->minimap =
        (struct heed_rect){matrix->bar_x, roundf(cells.y + cells.h - side), side, side};
    matrix->bar_h = cells.h - side - 20 * s;
}

/* The row and the column that are pinned or hovered. */
static void draw_lines(const struct heed_matrix *matrix)
{
    const struct heed_rect map = matrix->minimap;
    const float n = (float)matrix->maps->n;
    struct heed_list *list = matrix->frame->list;
    const struct heed_stroke stroke = {.width = matrix->skin.hairline,
                                       .color =
                                           heed_color_alpha(heed_matrix_cross_color(matrix), 0.6F)};
    if (matrix->query.count > 0) {
        const float y = map.y + ((float)matrix->query.first + 0.5F) / n * map.h;
        heed_list_line(list, (struct heed_item_line){map.x, y, map.x + map.w, y, stroke});
    }
    if (matrix->key.count > 0) {
        const float x = map.x + ((float)matrix->key.first + 0.5F) / n * map.w;
        heed_list_line(list, (struct heed_item_line){x, map.y, x, map.y + map.h, stroke});
    }
}

void heed_matrix_draw_minimap(const struct heed_matrix *matrix)
{
    const struct heed_rect map = matrix->minimap, cells = matrix->cells;
    const float line = matrix->skin.hairline;
    struct heed_list *list = matrix->frame->list;
    if (map.w <= 0) {
        return;
    }
    const float scale = map.w / (matrix->cell * (float)matrix->maps->n);
    const struct heed_color ink = heed_matrix_cross_color(matrix);
    const struct heed_rect seen = {map.x + matrix->scroll_x * scale,
                                   map.y + matrix->scroll_y * scale, fminf(cells.w * scale, map.w),
                                   fminf(cells.h * scale, map.h)};
    heed_list_heatmap(list, heed_map_heatmap(matrix->frame, &matrix->map, map));
    heed_list_outline(list, heed_rect_grow(map, line), 0, line,
                      matrix->frame->theme->strong_border);
    draw_lines(matrix);
    heed_list_box(list, seen, 2 * matrix->s, heed_color_alpha(ink, 0.06F),
                  fmaxf(1.5F * matrix->s, line), ink);
    heed_minimap_grip(matrix->frame, map, HEED_MINIMAP_ACROSS, cells.w, cells.h);
}
