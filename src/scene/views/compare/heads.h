/* Compare ranks the heads by what changes in them. */
#ifndef HEED_SCENE_VIEWS_COMPARE_HEADS_H
#define HEED_SCENE_VIEWS_COMPARE_HEADS_H

#include <stddef.h>

#include "scene/views/compare/parts.h"

/* The tabs of the folded half, and what is in hand at the right; sets where they end. */
void heed_compare_tabs(struct heed_compare *compare, struct heed_rect rect);
/* The first of the ranked heads. */
struct heed_compared_heads {
    const struct heed_compared_head *items;
    int n;
    bool is_link; /* of the margin or the pinned link, else of whole maps */
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
