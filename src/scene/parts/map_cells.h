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
/* What the mask of the frame's run forbids, of a map of so many rows and columns (its units,
 * or as many parts of them): a heatmap that has a number there, NaN elsewhere. False: nothing
 * is forbidden, or a rollout says otherwise. */
bool heed_map_mask(const struct heed_frame *frame, int rows, int columns,
                   struct heed_item_heatmap *mask);
/* Over the map's cells: the ground's grey, on paper lines through them. */
void heed_map_draw_mask(const struct heed_frame *frame, const struct heed_skin *skin,
                        const struct heed_item_heatmap *mask, struct heed_rect cells);
/* Lines upwards to the right, through the cells that hold a number or those that don't. */
void heed_map_strike(const struct heed_skin *skin, const struct heed_item_heatmap *map,
                     struct heed_rect cells, bool numbers);
/* Before the unit that begins a pair's second text, across and down. */
void heed_map_draw_rule(const struct heed_frame *frame, struct heed_rect cells, int start,
                        float width);
/* A broken line where one of the map's links is cut: its weight is 0 by a person's hand.
 * rect: of all cells; width: of the line, px. */
void heed_map_draw_cuts(const struct heed_frame *frame, const struct heed_shown_map *map,
                        struct heed_rect rect, float width);

#endif
