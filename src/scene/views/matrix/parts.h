/*
 * Inside the Matrix view: where it lies. matrix.c places and draws the cells
 * and what stands beside them, labels.c the tokens, minimap.c
 * the whole of which a part is seen.
 */
#ifndef HEED_SCENE_VIEWS_MATRIX_PARTS_H
#define HEED_SCENE_VIEWS_MATRIX_PARTS_H

#include <stdbool.h>

#include "scene/frame/shown.h"

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

#endif
