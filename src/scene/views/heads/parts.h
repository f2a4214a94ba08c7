/*
 * Inside the Heads view: every layer and head as a thumbnail. layout.c
 * orders and places them, links.c finds the strongest links of each,
 * labels.c writes what stands around them, popover.c enlarges one,
 * heads.c draws the thumbnails. Pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_VIEWS_HEADS_PARTS_H
#define HEED_SCENE_VIEWS_HEADS_PARTS_H

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

enum { HEED_HEADS_MOST_LINKS = 64, HEED_HEADS_BANDS = 5 };

enum {
    HEED_HEADS_LINE = 16, /* logical px from line to line of an export's text */
    HEED_HEADS_NOTE = 640,
    HEED_HEADS_NOTE_LINES = 12
};

struct heed_thumbnail {
    struct heed_head_id id;
    struct heed_rect slot; /* on screen, px; a square */
    int group;
    float value; /* what it is ordered by */
};

/* The heading of some of them. */
struct heed_heads_title {
    float y; /* its centre on screen, px */
    int group, n;
};

struct heed_heads {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s; /* px a logical px; an export's type is 12 */
    const struct heed_maps *maps;
    struct heed_rect rect; /* the whole view */
    struct heed_rect area; /* the part that scrolls */
    float scroll_x, scroll_y;
    float pad;
    float slot; /* px a side */
    float pitch_x, pitch_y;
    int lines;         /* of text beneath a thumbnail */
    bool links;        /* drawn, in place of heatmaps: not of maps that are read one by one */
    bool small;        /* the heatmaps show maps made small */
    int rows, columns; /* of a heatmap's cells */
    const struct heed_item_heatmap *mask; /* of every heatmap; NULL: nothing is forbidden */
    float side;                           /* px of a heatmap: whole px a cell */
    enum heed_heads_order order;
    float low, high;              /* of the values that it is ordered by */
    struct heed_thumbnail *items; /* in the list's arena */
    int n;
    struct heed_heads_title *titles;
    int n_titles;
    float header_y, columns_y, footer_y; /* centres of their lines */
    float *scratch;                      /* of heed_heads_strongest */
};

#endif
