/*
 * Inside the Links view: where its columns lie and which links it draws.
 * links_layout.c decides the first, links_choose.c the second; links_rows.c
 * draws tokens and numbers, links.c all else.
 */
#ifndef HEED_SCENE_LINKS_PARTS_H
#define HEED_SCENE_LINKS_PARTS_H

#include "scene/link_choice.h"

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
    float columns_x, column_width; /* the first number column */
    int n_columns;                 /* 0: none; 1 with several shown: the strongest */
    float lane;
    float header_y, footer_y; /* centres of their lines */
    bool has_hidden;          /* a row of hidden mass */
    bool roomy;               /* explanations fit in the header */
};

/* Fills everything but frame from frame and rect. */
void heed_links_place(struct heed_links *links, struct heed_rect rect);
/* px that header, rows and footer need at the least pitch of an export. */
float heed_links_height(struct heed_frame *frame, float width);
float heed_links_row_y(const struct heed_links *links, int unit);
/* Text of the view: an export has one size for all. */
struct heed_text_style heed_links_style(const struct heed_links *links, float size, int weight);

/* The links that pass the filter and touch the visible rows. */
struct heed_link_request heed_links_request(const struct heed_links *links);

/* Fills the frame's counts, before anything is placed. */
void heed_links_count(const struct heed_links *links);

/* The shown heads as chips with names, in as many lines of 18 logical px as
 * they need; returns how many. With draw false only counts. */
int heed_links_heads(const struct heed_links *links, float x, float cy, float width, bool draw);

/* A token is hovered or pinned. */
bool heed_links_is_pointed(const struct heed_links *links);
/* One row: position, query and key (strong ones bold; NULL: none), numbers. */
void heed_links_draw_tokens(const struct heed_links *links, int unit, const bool *strong_queries,
                            const bool *strong_keys);
void heed_links_draw_values(const struct heed_links *links, int unit);

#endif
