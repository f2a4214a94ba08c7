/* What of a side is taken, by arcs and by what stands beside them. Inside Compare; pure. */
#ifndef HEED_SCENE_VIEWS_COMPARE_SPACE_H
#define HEED_SCENE_VIEWS_COMPARE_SPACE_H

#include "scene/views/compare/side.h"

enum { HEED_COMPARE_BOXES = 32, HEED_COMPARE_CLEAR = 4 /* logical px about a box */ };

struct heed_compare_space {
    const struct heed_compare_dot *at; /* of arcs */
    int n;
    struct heed_rect boxes[HEED_COMPARE_BOXES];
    int n_boxes;
};

void heed_compare_take(struct heed_compare_space *space, struct heed_rect box);
/* How far arcs reach from their words, anywhere between two places of the line. */
float heed_compare_reach(const struct heed_compare_side *side,
                         const struct heed_compare_space *space, float foot, float left,
                         float right);
/* px from a box to what is nearest; whatever is at most `beat` is as good as that. */
float heed_compare_clearance(const struct heed_compare_space *space, struct heed_rect box,
                             float beat);
/* The box's place within the span that is farthest from all arcs; false: none is far enough. */
bool heed_compare_find_space(const struct heed_compare_side *side,
                             const struct heed_compare_space *space, struct heed_rect span,
                             struct heed_rect *box);

#endif
