/*
 * The shapes that Links and Arcs share (visual.md, "Shapes"): how a token
 * looks, its chip, the number cell, the legend of weights, the target of a
 * link. Inside scene only; pure.
 */
#ifndef HEED_SCENE_PARTS_SHAPES_H
#define HEED_SCENE_PARTS_SHAPES_H

#include <stdbool.h>

#include "scene/frame/link_choice.h"

enum heed_token_look {
    HEED_TOKEN_REST,
    HEED_TOKEN_MUTED,
    HEED_TOKEN_STRONG,
    HEED_TOKEN_HOVER,
    HEED_TOKEN_PINNED
};

/* px that Links and Arcs keep free around tokens and links; small, low: a window has
 * little room across or down. */
struct heed_link_edges {
    float pad, head, header; /* at the sides; above; from the top to the header's centre */
    bool small, low;
};

struct heed_link_edges heed_link_edges(const struct heed_frame *frame, struct heed_rect rect,
                                       float scale);
/* px from one head's lines to the next one's, so that all of n have room in `room`. */
float heed_link_lane(int n, float most, float room);

/* pointed: some token is hovered or pinned; strong: a shown head gives it 0.1 or more. */
enum heed_token_look heed_token_look_of(const struct heed_frame *frame,
                                        const struct heed_unit *unit, bool is_key, bool strong,
                                        bool pointed);
/* Colour of its text; true in *bold for 600. */
struct heed_color heed_token_color(const struct heed_theme *theme, enum heed_token_look look,
                                   bool is_key, bool *bold);
/* The ground under a token, and the focus ring. */
void heed_token_chip(const struct heed_skin *skin, struct heed_rect rect, enum heed_token_look look,
                     bool is_key, bool focused);
/* Units whose weight from (by_query: into) the range is a shown head's
 * largest and at least 0.1: [n] in the list's arena; NULL without memory. */
bool *heed_find_strong_units(const struct heed_link_request *request, struct heed_range range,
                             bool by_query);
/* Canvas mixed with the colour by the value, the number in the middle. size:
 * logical px of its type; narrow: of two decimals, without the zero before the point. */
void heed_number_cell(const struct heed_skin *skin, struct heed_rect rect, struct heed_color color,
                      float value, float size, bool narrow);
/* A number of the link from the query to the unit or, without a query, from the unit into the
 * key: an export's stands for it. One of several tokens' mean or sum is no link. */
struct heed_target heed_number_target(const struct heed_frame *frame, struct heed_head_id id,
                                      struct heed_range query, struct heed_range key, int unit);
/* Of a link that nothing is pinned to: in a window it answers to no pointer. */
struct heed_target heed_ground_target(const struct heed_frame *frame, struct heed_head_id id,
                                      struct heed_link link);
struct heed_target heed_link_target(struct heed_head_id id, struct heed_link link);
/* Opacity of a link among n maps' when nothing is pinned (visual.md, "Shapes"):
 * at least `least`, shared by the maps but on paper. */
float heed_link_opacity(const struct heed_theme *theme, int n, float weight, float least);
/* A stroke in a map's colour and dashes. */
struct heed_stroke heed_map_stroke(const struct heed_shown_map *map, float width,
                                   struct heed_color color, float scale);
/* The heads as chips, or where their lines differ in dashes as lines, with names in as many lines
 * of 18 logical px as they need; returns how many. With draw false only counts. */
int heed_heads_legend(const struct heed_skin *skin, struct heed_shown_maps shown, float x, float cy,
                      float width, bool draw);

#endif
