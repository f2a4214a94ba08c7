/*
 * Inside the Compare view: the places of both texts in lines, A's arcs above, B's below.
 * layout.c finds what there is, blocks.c the window's blocks and its lines; candidates.c
 * draws the first block, arcs.c and tags.c the second (side.c knows where arcs run), map.c
 * and heads.c the third; compare.c is the window's view, sheet.c an export, inspector.c the
 * numbers. ranking.c says how much each head changes.
 */
#ifndef HEED_SCENE_VIEWS_COMPARE_PARTS_H
#define HEED_SCENE_VIEWS_COMPARE_PARTS_H

#include <stdbool.h>

#include "scene/frame/shown.h"

enum { HEED_COMPARE_GROUND = 400 /* arcs a side while nothing is pinned, at most */ };

/* Where one place of the alignment stands on the line. */
struct heed_compare_word {
    float x, slot, width; /* along the line: its centre, what it takes; of its widest label */
    int line;
};

/* A line of words with its arcs; px. */
struct heed_compare_line {
    int first, n;      /* places, in the order of the texts */
    float y;           /* the words' centre */
    float up, down;    /* room for arcs and values, beyond `half` */
    float tags;        /* of either, for the pinned pair's values */
    float left, right; /* where arcs to other lines end */
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
    struct heed_rect candidates;        /* of the window; h 0: none */
    struct heed_rect upper, map, heads; /* folded: map and heads are one place */
    bool folded;                        /* one of both, chosen by a tab */
    bool compact;                       /* no axis, heading and titles of their own */
    int n_rows;                         /* of the candidates: shown heads */
    float pad;                          /* of every block, px */
    float tabs_end;                     /* of the folded half, px */
    float head;                         /* px above the first line's room */
    struct heed_compare_line *lines;    /* [n_lines], of the window; NULL: the one below */
    int n_lines;
    bool right_to_left;
    struct heed_compare_word *words; /* [n], in the list's arena */
    bool upright;                    /* an export's: the line runs down, A's arcs at its left */
    float type;                      /* of the words, px */
    float line_y;                    /* their centre, across the line as all that follows */
    float half;                      /* from it to where arcs begin */
    float up, down;                  /* room for arcs and values */
    float tags;                      /* of that for values */
    float scroll_x;
};

/* What one head changes by: see ranking.h. */
struct heed_compared_head {
    struct heed_head_id id;
    float a, b;   /* the margins or the link's weights; of a distance: 0 and it */
    float change; /* b - a */
};

/* The words' lines: the window's, or the one of an export. */
static inline int heed_compare_n_lines(const struct heed_compare *compare)
{
    return compare->lines != NULL ? compare->n_lines : 1;
}

static inline struct heed_compare_line heed_compare_line(const struct heed_compare *compare,
                                                         int line)
{
    return compare->lines != NULL
               ? compare->lines[line]
               : (struct heed_compare_line){
                     0, compare->n, compare->line_y, compare->up, compare->down, compare->tags,
                     0, 0};
}

#endif
