/* What lies under a point of a display list. Pure. */
#ifndef HEED_DRAW_HIT_H
#define HEED_DRAW_HIT_H

#include <stdbool.h>

#include "draw/display_list.h"

/* The item that the pointer means at (x, y): the topmost with a target whose
 * shape (within its clips; links within 4 px) holds the point, else NULL. */
const struct heed_item *heed_list_hit(const struct heed_list *list, float x, float y);
/* The row and column of a heatmap under a point inside its rect. */
void heed_heatmap_cell(const struct heed_item_heatmap *heatmap, float x, float y, int *row,
                       int *column);
/* The colour of a value, by range and threshold; false for NaN. */
bool heed_heatmap_color(const struct heed_item_heatmap *heatmap, float value,
                        struct heed_color *color);
/* The value at [row, row_end) x [column, column_end) of those that it shows
 * (counted from its first) with the largest magnitude; NaN if all are. */
float heed_heatmap_peak(const struct heed_item_heatmap *heatmap, int row, int row_end, int column,
                        int column_end);
/* palette(t) as the painters do it; t is clamped to [0, 1]. */
struct heed_color heed_palette_color(const struct heed_palette *palette, float t);
/* The rectangle that an item takes. */
struct heed_rect heed_item_bounds(const struct heed_item *item);
bool heed_rect_has(struct heed_rect rect, float x, float y);

#endif
