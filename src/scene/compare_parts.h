/*
 * Inside the Compare view: the places of both texts on one line.
 * compare_layout.c finds them, compare.c draws words and arcs,
 * compare_map.c the map below them, compare_heads.c the ranked heads,
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

/* What is pointed at or pinned: the units of each text and the places. Each
 * may be empty: b of a word that only A has. */
struct heed_compared_pin {
    struct heed_range a, b, places;
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
    struct heed_compared_pin query, key; /* pointed at, else pinned */
    struct heed_compared_pin pinned_query, pinned_key, hover_query, hover_key;
    struct heed_rect rect;              /* all that is drawn, scrolled */
    float foot;                         /* of an export: its provisos' lines, px */
    struct heed_rect upper, map, heads; /* folded: map and heads are one place */
    bool folded;                        /* one of both, chosen by a tab */
    struct heed_compare_word *words;    /* [n], in the list's arena */
    float type;                         /* of the words, px */
    float line_y;                       /* their centre */
    float half;                         /* from it to where arcs begin */
    float up, down;                     /* room for arcs */
    float scroll_x;
};

/* False, with nothing drawn, when there is nothing to compare. */
bool heed_compare_place(struct heed_compare *compare, struct heed_frame *frame,
                        struct heed_rect rect);
struct heed_text_style heed_compare_style(const struct heed_compare *compare, float size,
                                          int weight);
/* "tired, wide" of a replaced place. */
void heed_compare_label(const struct heed_compare *compare, int place, char *text, size_t size);

/* The words of a pin: "it", "tired, wide", "very". */
void heed_compare_text(const struct heed_compare *compare, const struct heed_compared_pin *pin,
                       char *text, size_t size);

/* The comparison that can be drawn now, or NULL. */
const struct heed_comparison *heed_frame_get_comparison(const struct heed_frame *frame);
/* What stands in B where these units of A stand; count 0: nothing does. */
struct heed_range heed_compare_units_b(const struct heed_comparison *comparison,
                                       struct heed_range units_a);

/* The same of a pin, which may be B's own. */
struct heed_range heed_compare_pin_units_b(const struct heed_comparison *comparison,
                                           const struct heed_maps *maps_a, struct heed_pin pin);
/* True: heads are ranked by the pinned link, which both texts have. */
bool heed_compare_ranks_link(const struct heed_frame *frame);

/* What one head changes by: of the link, if one is pinned and in both texts
 * (signed), else the distance of its maps. */
struct heed_compared_head {
    struct heed_head_id id;
    float a, b;   /* the link's weights; of a distance: 0 and it */
    float change; /* b - a */
};

/* True: they are of the pinned link. heads[layers * heads], by place. */
bool heed_compare_heads(const struct heed_frame *frame, struct heed_compared_head *heads);
/* The same in the list's arena, largest |change| first; NULL without memory. */
struct heed_compared_head *heed_compare_ranked(const struct heed_frame *frame, bool *is_link);

/* Marks the words of A's (or B's) field that the other text hasn't. */
void heed_compare_mark_field(const struct heed_frame *frame, bool b,
                             const struct heed_textfield *field, struct heed_textfield_look *look);

void heed_compare_draw(struct heed_frame *frame, struct heed_rect rect);
float heed_compare_height(struct heed_frame *frame, float width);
/* A title and what follows it, from x to the rectangle's end or `end`. */
void heed_compare_title(const struct heed_compare *compare, struct heed_rect rect, float end,
                        const char *title, const char *explanation);
/* A row of choices that ends at x `end` in the title's row; returns where it
 * begins. A choice of the active one does nothing. */
float heed_compare_choices(const struct heed_compare *compare, struct heed_rect rect, float end,
                           const char *const *labels, int n, int active,
                           const struct heed_target *targets);
/* The tabs of the folded half; returns the rectangle without them. */
struct heed_rect heed_compare_tabs(const struct heed_compare *compare, struct heed_rect rect);
void heed_compare_draw_map(const struct heed_compare *compare);
void heed_compare_draw_heads(const struct heed_compare *compare);
void heed_compare_inspect(struct heed_column *column);
/* Clauses for the status bar. */
void heed_compare_proviso(const struct heed_frame *frame, char *text, size_t size);

#endif
