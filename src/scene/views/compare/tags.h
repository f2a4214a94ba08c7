/* What arcs weigh, beside them: the pinned pair's beyond all arcs, other candidates' within
 * their own. No tag lies over an arc. */
#ifndef HEED_SCENE_VIEWS_COMPARE_TAGS_H
#define HEED_SCENE_VIEWS_COMPARE_TAGS_H

#include "scene/views/compare/side.h"

void heed_compare_draw_tags(const struct heed_compare_side *side,
                            const struct heed_compare_side *other);

#endif
