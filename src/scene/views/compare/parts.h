/*
 * Inside the Compare view: the places of both texts on one line.
 * layout.c finds them, arcs.c draws the arcs, compare.c the words and the window's
 * view, sheet.c an export, map.c the map below them, heads.c the ranked heads,
 * inspector.c the numbers.
 */
#ifndef HEED_SCENE_VIEWS_COMPARE_PARTS_H
#define HEED_SCENE_VIEWS_COMPARE_PARTS_H

#include <stdbool.h>

#include "scene/frame/shown.h"

enum { HEED_COMPARE_GROUND = 400 /* arcs a side while nothing is pinned, at most */ };

/* Where one place of the alignment stands on the line. */
struct heed_compare_word {
    float x, slot, width; /* along the line: its centre, what it takes; of its widest label */
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
    struct heed_rect upper, map, heads; /* folded: map and heads are one place */
    bool folded;                        /* one of both, chosen by a tab */
    struct heed_compare_word *words;    /* [n], in the list's arena */
    bool upright;                       /* an export's: the line runs down, A's arcs at its left */
    float type;                         /* of the words, px */
    float line_y;                       /* their centre, across the line as all that follows */
    float half;                         /* from it to where arcs begin */
    float up, down;                     /* room for arcs and values */
    float tags;                         /* of that for values */
    float scroll_x;
};

/* What one head changes by: of the link, if one is pinned and in both texts
 * (signed), else the distance of its maps. */
struct heed_compared_head {
    struct heed_head_id id;
    float a, b;   /* the link's weights; of a distance: 0 and it */
    float change; /* b - a */
};

#endif
