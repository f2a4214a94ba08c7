/*
 * Inside the Matrix view: where it lies. matrix.c places and draws the cells
 * and what stands beside them, matrix_labels.c the tokens, matrix_minimap.c
 * the whole of which a part is seen.
 */
#ifndef HEED_SCENE_MATRIX_PARTS_H
#define HEED_SCENE_MATRIX_PARTS_H

#include "scene/parts.h"

#define HEED_SIN45 0.70710678F

struct heed_matrix {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s;
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_shown_map map;
    struct heed_rect rect;
    struct heed_rect cells;   /* the part of the map that is visible, px */
    float cell;               /* pitch, px */
    float scroll_x, scroll_y; /* within bounds, px */
    float left, top;          /* of all that is drawn */
    float label_width;        /* query labels, px */
    float slant, slant_room;  /* height and length of the key labels, px */
    float bottom;             /* below the cells, px */
    float bar_x, bar_h;       /* of the colour bar */
    struct heed_rect minimap; /* of all, where a part is seen; w 0: none */
    struct heed_range query, key, pinned_query, pinned_key;
    int first_row, last_row, first_column, last_column; /* visible */
    bool has_means;
};

/* px that an export of this width needs. */
float heed_matrix_height(struct heed_frame *frame, float width);

/* Text of the view: an export has one size for all. */
struct heed_text_style heed_matrix_style(const struct heed_matrix *matrix, float size, int weight);
float heed_matrix_column_x(const struct heed_matrix *matrix, int column);
float heed_matrix_row_y(const struct heed_matrix *matrix, int row);
bool heed_matrix_holds(struct heed_range range, int unit);
/* Ink, unless the palette's zero is as dark as ink. */
struct heed_color heed_matrix_cross_color(const struct heed_matrix *matrix);
/* What the cells show, of all rows and columns; without a target. */
struct heed_item_heatmap heed_matrix_heatmap(const struct heed_matrix *matrix,
                                             struct heed_rect rect);
void heed_matrix_draw_labels(const struct heed_matrix *matrix);
/* Gives the minimap its place and the colour bar what is left. */
void heed_matrix_place_minimap(struct heed_matrix *matrix);
void heed_matrix_draw_minimap(const struct heed_matrix *matrix);

#endif
