/* The words of Compare's line. */
#ifndef HEED_SCENE_VIEWS_COMPARE_LINE_H
#define HEED_SCENE_VIEWS_COMPARE_LINE_H

#include "scene/views/compare/parts.h"

void heed_compare_draw_word(const struct heed_compare *compare, int place);
/* What the grounds of words mean, from x on; false: there are none. */
bool heed_compare_legend(const struct heed_compare *compare, float x, float cy);
/* "A" and "B" at x, beside the arcs of a line. */
void heed_compare_draw_letters(const struct heed_compare *compare, float x, float size);

#endif
