/*
 * Maps side by side on paper, one scale for all; every row is named beside the cells,
 * every column above them. Inside scene only; pure.
 */
#ifndef HEED_SCENE_FIGURE_GRID_H
#define HEED_SCENE_FIGURE_GRID_H

#include "scene/figure/sheet.h"

/* How names stand beside the cells. */
struct heed_map_fashion {
    float least_cell; /* em */
    bool slanted;     /* the columns' names; else they run upwards */
    int tiers;        /* names step outwards in so many rows */
};

/* The rows or the columns of every map. */
struct heed_map_names {
    const struct heed_unit *units; /* [n] */
    int n;
    const char *title; /* "Query"; "": none */
    struct heed_range pinned;
    float widest; /* px; filled by heed_map_grid_place */
};

struct heed_map_grid {
    struct heed_sheet base;               /* a panel for each of what it shows */
    const struct heed_item_heatmap *maps; /* [base.shown.n], without their places */
    const int32_t *cells;                 /* [base.shown.n]: c of their targets; NULL: 0 */
    struct heed_map_names rows, columns;
    const char *scale_title;
    const struct heed_item_heatmap *mask; /* of every map (heed_map_mask); NULL: none */
    bool has_holes;                       /* cells may be NaN: grey, on paper struck out */
    bool has_patches;                     /* names of the frame's tokens may be patches */
    bool has_cosines;                     /* cells hold 1 - cosine, and the scale names cosines */

    /* Filled by heed_map_grid_place: */
    struct heed_map_fashion fashion;
    float cell, panel;             /* px */
    float left, right;             /* px beside all panels */
    float heading, names;          /* px above the cells: of every line, of the first */
    float width, height;           /* of the panels and their scale, px */
    bool label_below, has_numbers; /* a heading's label has a line of its own */
    float x, y;                    /* of the top left corner */
};

/* Lays it out within this width; false: it needs more, the least it can do with is `width`. */
bool heed_map_grid_place(struct heed_map_grid *grid, float width);
/* Each panel's cells; after it was drawn, too. */
struct heed_rect heed_map_grid_cells(const struct heed_map_grid *grid, int index);
void heed_map_grid_draw(struct heed_map_grid *grid, float x, float y);

#endif
