/* Where one text's arcs run: A's above the words, B's below; of a column A's at its left. */
#ifndef HEED_SCENE_VIEWS_COMPARE_SIDE_H
#define HEED_SCENE_VIEWS_COMPARE_SIDE_H

#include <stdbool.h>

#include "scene/frame/link_choice.h"
#include "scene/views/compare/parts.h"

enum { HEED_COMPARE_STEM = 10 };

struct heed_compare_side {
    const struct heed_compare *compare;
    struct heed_frame *frame; /* of this text */
    bool below;               /* B */
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_range query, key; /* units of this text */
    const int *places;            /* [maps->n]: where each unit stands */
    float span;                   /* of the widest arc */
    float lane;
};

/* Half an ellipse on a line; or, of a link between two lines, a quarter of one at each end,
 * as brat breaks its arcs (Stenetorp et al. 2012). Along the line, then across. */
struct heed_compare_arc {
    int line;
    float x0, x1; /* at the query and at the key, or where it leaves the line */
    float y, height;
    bool at_query, at_key; /* which of both are words */
};

/* A dot of what is drawn of an arc. */
struct heed_compare_dot {
    float x, y, radius;
};

/* Of A in frames[0] and B in frames[1], which live as long; false: one has no map or no word. */
bool heed_compare_find_sides(struct heed_compare_side sides[2], const struct heed_compare *compare,
                             struct heed_frame frames[2]);
struct heed_link_request heed_compare_request(const struct heed_compare_side *side);
/* Those of what is pointed at, weakest first; as many as are drawn. */
struct heed_chosen_links heed_compare_pointed(const struct heed_compare_side *side);
/* What is drawn of a link; returns how many. */
int heed_compare_find_arcs(const struct heed_compare_side *side, struct heed_link link,
                           struct heed_compare_arc arcs[2]);
/* The width of a link's line while something is pointed at, and half that of its head. */
float heed_compare_stroke(const struct heed_compare_side *side, float weight);
float heed_compare_point(const struct heed_compare_side *side, float weight);
/* Dots along all those links on a line, no further apart than `step`; in the list's arena.
 * Of a line that isn't upright. */
const struct heed_compare_dot *heed_compare_dots(const struct heed_compare_side *side, int line,
                                                 const struct heed_chosen_links *links, float step,
                                                 int *n);

#endif
