/* Compare in a hall: each side's weights from 0.1 on under their arcs, what the two texts
 * differ by, and what hidden tokens hold. Inside Compare only. */
#ifndef HEED_SCENE_VIEWS_COMPARE_HALL_H
#define HEED_SCENE_VIEWS_COMPARE_HALL_H

#include "scene/views/compare/side.h"

/* Of a side with a query; the pinned pair's values whatever they are. */
void heed_compare_draw_hall(const struct heed_compare_side *side, int line);
/* "A … too tired" and "B … too wide", in the corners at the left. */
void heed_compare_draw_ends(const struct heed_compare *compare);

#endif
