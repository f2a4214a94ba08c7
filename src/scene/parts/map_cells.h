/* A map's cells, in the window and on paper. Inside scene only; pure. */
#ifndef HEED_SCENE_PARTS_MAP_CELLS_H
#define HEED_SCENE_PARTS_MAP_CELLS_H

#include "scene/frame/shown.h"

/* What a heatmap of one head's map shows: values, slice, rows and columns. */
void heed_map_values(const struct heed_maps *maps, int map, struct heed_item_heatmap *item);
/* The same of the map made small; false if it isn't there yet. */
bool heed_map_thumbnail(const struct heed_maps *maps, int map, struct heed_item_heatmap *item);
/* All rows and columns of one of the frame's maps; without a target. */
struct heed_item_heatmap heed_map_heatmap(const struct heed_frame *frame,
                                          const struct heed_shown_map *map, struct heed_rect rect);
/* A broken line where one of the map's links is cut: its weight is 0 by a person's hand.
 * rect: of all cells; width: of the line, px. */
void heed_map_draw_cuts(const struct heed_frame *frame, const struct heed_shown_map *map,
                        struct heed_rect rect, float width);

#endif
