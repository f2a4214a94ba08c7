/* Compare's arcs: A's above the line, B's below it; of a column A's at its left. */
#ifndef HEED_SCENE_VIEWS_COMPARE_ARCS_H
#define HEED_SCENE_VIEWS_COMPARE_ARCS_H

#include "scene/views/compare/parts.h"

void heed_compare_draw_arcs(const struct heed_compare *compare);
/* px beyond a side's arcs that its pinned pair's values need; 0: it has none. */
float heed_compare_tags_height(const struct heed_compare *compare);
/* True while a word is pointed at or pinned. */
static inline bool heed_compare_is_pointed(const struct heed_compare *compare)
{
    return compare->query.places.count > 0 || compare->key.places.count > 0;
}

#endif
