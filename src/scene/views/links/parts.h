/*
 * Inside the Links view: where its columns lie and which links it draws.
 * layout.c decides the first, drawn.c the second; rows.c
 * draws tokens and numbers, links.c all else.
 */
#ifndef HEED_SCENE_VIEWS_LINKS_PARTS_H
#define HEED_SCENE_VIEWS_LINKS_PARTS_H

#include <stdbool.h>

#include "scene/frame/shown.h"

enum { HEED_LINKS_MAX_COLUMNS = 4 };

struct heed_links {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s; /* px a logical px; an export's type is 12 */
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_rect rect;         /* the whole view */
    struct heed_rect rows;         /* the part that scrolls */
    struct heed_range query, key;  /* hovered or pinned; count 0: none */
    float pitch, type;             /* px */
    float scroll;                  /* px, within bounds */
    float positions_x;             /* right edge of the position numbers; 0: none */
    float query_x, key_x;          /* edges of the labels at the curves */
    float label_width, key_width;  /* room for queries and keys, px */
    float left, right;             /* the curves' ends */
    float from;                    /* where the strong curves begin: at left, or after numbers */
    float columns_x, column_width; /* the first number column */
    bool tight;                    /* what stands above the columns is small */
    float end;                     /* of what a key is pointed at by */
    int n_columns;                 /* 0: none; 1 with several shown: the strongest */
    float lane;
    float header_y, footer_y; /* centres of their lines */
    bool has_hidden;          /* a row of hidden mass */
    bool has_sums;            /* of a file, in its place: a row of the rows' sums */
    bool roomy;               /* explanations fit in the header */
};

#endif
