/*
 * Inside the Compare view: the places of both texts on one line.
 * compare_layout.c finds them, compare.c draws words and arcs,
 * compare_lower.c the difference matrix and the ranked heads,
 * compare_inspector.c the numbers.
 */
#ifndef HEED_SCENE_COMPARE_PARTS_H
#define HEED_SCENE_COMPARE_PARTS_H

#include "core/engine/result.h"
#include "scene/chrome_parts.h"

/* Where one place of the alignment stands on the line. */
struct heed_compare_word {
    float x, slot, width; /* its centre; what it takes; of its widest label */
};

struct heed_compare {
    struct heed_frame *frame;
    struct heed_frame frame_b; /* the same of B: its result, its pins */
    struct heed_skin skin;
    float s; /* px a logical px; an export's type is 12 */
    const struct heed_comparison *comparison;
    const struct heed_maps *maps_a, *maps_b;
    const struct heed_aligned *places;
    int n;
    struct heed_range query, key; /* places; count 0: none */
    struct heed_rect rect;        /* all that is drawn, scrolled */
    struct heed_rect upper, matrix, heads;
    struct heed_compare_word *words; /* [n], in the list's arena */
    float type;                      /* of the words, px */
    float line_y;                    /* their centre */
    float half;                      /* from it to where arcs begin */
    float up, down;                  /* room for arcs */
    float scroll_x;
};

/* False, with nothing drawn, when there is nothing to compare. */
bool heed_compare_place(struct heed_compare *compare, struct heed_frame *frame,
                        struct heed_rect rect);
struct heed_text_style heed_compare_style(const struct heed_compare *compare,
                                          float size, int weight);
/* "tired, wide" of a replaced place. */
void heed_compare_label(const struct heed_compare *compare, int place,
                        char *text, size_t size);

/* The comparison that can be drawn now, or NULL. */
const struct heed_comparison *
heed_frame_get_comparison(const struct heed_frame *frame);
/* What stands in B where these units of A stand; count 0: nothing does. */
struct heed_range heed_compare_units_b(const struct heed_comparison *comparison,
                                       struct heed_range units_a);

/* What one head changes by: of the link, if one is pinned and in both texts
 * (signed), else the distance of its maps. */
struct heed_compared_head {
    struct heed_head_id id;
    float a, b;   /* the link's weights; of a distance: 0 and it */
    float change; /* b - a */
};

/* True: they are of the pinned link. heads[layers * heads], by place. */
bool heed_compare_heads(const struct heed_frame *frame,
                        struct heed_compared_head *heads);
/* The same in the list's arena, largest |change| first; NULL without memory. */
struct heed_compared_head *heed_compare_ranked(const struct heed_frame *frame,
                                               bool *is_link);

void heed_compare_draw(struct heed_frame *frame, struct heed_rect rect);
float heed_compare_height(struct heed_frame *frame, float width);
void heed_compare_draw_matrix(const struct heed_compare *compare);
void heed_compare_draw_heads(const struct heed_compare *compare);
void heed_compare_inspect(struct heed_column *column);
/* Clauses for the status bar. */
void heed_compare_proviso(const struct heed_frame *frame, char *text, size_t size);

#endif
