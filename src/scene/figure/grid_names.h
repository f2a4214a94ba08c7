/* The tokens' names beside a grid's cells, or the patches that they are. Inside scene/figure. */
#ifndef HEED_SCENE_FIGURE_GRID_NAMES_H
#define HEED_SCENE_FIGURE_GRID_NAMES_H

#include "scene/figure/grid.h"

/* px that a name takes, away from the cells. */
float heed_map_name_width(const struct heed_map_grid *grid, const struct heed_unit *unit);
/* em from the cells to the first name, from one tier of names to the next. */
#define HEED_MAP_NAME_GAP 0.45F
#define HEED_MAP_TIER_GAP 0.7F
/* Those of a panel with these cells: of the rows in a line's first, of the columns in the
 * first line, titles in the very first. */
void heed_map_names_draw(const struct heed_map_grid *grid, int index, struct heed_rect cells);

#endif
