/* Compare ranks the heads by what changes in them. */
#ifndef HEED_SCENE_VIEWS_COMPARE_HEADS_H
#define HEED_SCENE_VIEWS_COMPARE_HEADS_H

#include <stddef.h>

#include "scene/views/compare/parts.h"

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
/* The first of the ranked heads. */
struct heed_compared_heads {
    const struct heed_compared_head *items;
    int n;
    bool is_link; /* of the pinned link, else whole maps */
};

/* What they are ranked by. */
void heed_compare_explain_heads(const struct heed_compare *compare, bool is_link, char *text,
                                size_t size);
/* Their rows below an axis that stands above rect.y. */
void heed_compare_draw_ranking(const struct heed_compare *compare,
                               const struct heed_compared_heads *heads, struct heed_rect rect,
                               float pitch);
void heed_compare_draw_heads(const struct heed_compare *compare);

#endif
