/* The first of Compare's blocks: the margin of the candidates in each shown head. */
#ifndef HEED_SCENE_VIEWS_COMPARE_CANDIDATES_H
#define HEED_SCENE_VIEWS_COMPARE_CANDIDATES_H

#include "scene/views/compare/parts.h"

/* px of a row when so many heads are shown. */
float heed_compare_row_pitch(const struct heed_compare *compare, int n);
/* The shown heads from `end` leftwards, as many as have room. */
void heed_compare_draw_names(const struct heed_compare *compare, float left, float end, float cy);
void heed_compare_draw_candidates(const struct heed_compare *compare);

#endif
