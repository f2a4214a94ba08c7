/* Compare's maps side by side on one grid: how large cells are, where labels stand. */
#ifndef HEED_SCENE_VIEWS_COMPARE_GRID_H
#define HEED_SCENE_VIEWS_COMPARE_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "scene/views/compare/values.h"

enum { HEED_COMPARE_MOST_MAPS = 3, HEED_COMPARE_MOST_LABEL = 96, HEED_COMPARE_MAP_GAP = 22 };

/* One or three maps of the same rows and columns; px. */
struct heed_compare_grid {
    const struct heed_compare *compare;
    struct heed_compare_values maps[HEED_COMPARE_MOST_MAPS];
    int n;
    float cell_w, cell_h, angle;
    float labels;                          /* of the rows' labels */
    float top;                             /* that the columns' labels rise */
    float overhang;                        /* that the last of them reach beyond their map */
    float *widths[HEED_COMPARE_MOST_MAPS]; /* of each column's label ... */
    float *row_widths;                     /* ... and of each row's */
    struct heed_rect cells[HEED_COMPARE_MOST_MAPS];
};

/* The largest cells with which all have room in rect; false without memory. The grid has its
 * maps. */
bool heed_compare_grid_place(struct heed_compare_grid *grid, struct heed_rect rect);
/* Logical px of the words at its edges. */
float heed_compare_label_type(const struct heed_compare *compare);
/* Every so many rows or columns have a label. */
int heed_compare_grid_step(const struct heed_compare_grid *grid, bool of_rows);
/* A map of one text names a replaced word's column as that has it; rows are of all. */
void heed_compare_grid_name(const struct heed_compare_grid *grid, int map, int index, bool is_row,
                            char *text, size_t size);

#endif
