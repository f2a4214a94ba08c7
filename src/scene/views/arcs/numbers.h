/* An export's numbers in words, where no rows of them have room: under the arcs. */
#ifndef HEED_SCENE_VIEWS_ARCS_NUMBERS_H
#define HEED_SCENE_VIEWS_ARCS_NUMBERS_H

#include "scene/views/arcs/parts.h"

/* The pinned word's weights from 0.1 up (a pair's all), wrapped from the first line's
 * centre on; returns how many lines of HEED_ARCS_LINE. With draw false only counts. */
int heed_arcs_numbers(const struct heed_arcs *arcs, float x, float cy, float width, bool draw);

#endif
