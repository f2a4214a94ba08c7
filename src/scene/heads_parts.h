/*
 * Inside the Heads view: every layer and head as a thumbnail. heads_layout.c
 * orders and places them, heads_links.c finds the strongest links of each,
 * heads_labels.c writes what stands around them, heads_popover.c enlarges one,
 * heads.c draws the thumbnails. Pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_HEADS_PARTS_H
#define HEED_SCENE_HEADS_PARTS_H

#include "scene/link_choice.h"
#include "scene/parts.h"

enum { HEED_HEADS_MOST_LINKS = 64, HEED_HEADS_BANDS = 5 };

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
    int lines;                 /* of text beneath a thumbnail */
    struct heed_values values; /* what the heatmaps show */
    float side;                /* px of a heatmap: whole px a cell */
    enum heed_heads_order order;
    float low, high;              /* of the values that it is ordered by */
    struct heed_thumbnail *items; /* in the list's arena */
    int n;
    struct heed_heads_title *titles;
    int n_titles;
    float header_y, columns_y, footer_y; /* centres of their lines */
    float *scratch;                      /* of heed_heads_strongest */
};

/* Fills all but frame; false when there is nothing to draw. */
bool heed_heads_place(struct heed_heads *heads, struct heed_rect rect);
/* Text of the view: an export has one size for all. */
struct heed_text_style heed_heads_style(const struct heed_heads *heads, float size, int weight);
int heed_heads_map_of(const struct heed_heads *heads, struct heed_head_id id);
bool heed_heads_is_hovered(const struct heed_heads *heads, struct heed_head_id id);
bool heed_heads_sees(const struct heed_heads *heads, struct heed_rect rect);
/* "previous", "[CLS]"; "" without a label. */
const char *heed_heads_short_label(enum heed_head_label label);
/* Decimals of a number that the heads are ordered by. */
int heed_heads_decimals(const struct heed_heads *heads);
struct heed_target heed_heads_target(struct heed_head_id id);

/* Once before heed_heads_strongest; false without memory. */
bool heed_heads_prepare_links(struct heed_heads *heads);
/* The strongest links of a map that pass the filter, weakest first; links
 * holds HEED_HEADS_MOST_LINKS. Returns how many. */
int heed_heads_strongest(const struct heed_heads *heads, int map, struct heed_link *links);
float heed_heads_link_opacity(float weight);

/* What stands beneath a thumbnail. */
void heed_heads_draw_text(const struct heed_heads *heads, const struct heed_thumbnail *item);
/* Header, rows, columns, headings, legend. */
void heed_heads_draw_labels(const struct heed_heads *heads);
void heed_heads_draw_popover(const struct heed_heads *heads);

#endif
