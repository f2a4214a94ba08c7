/* Lab's numbers. */
#ifndef HEED_SCENE_VIEWS_LAB_VALUES_H
#define HEED_SCENE_VIEWS_LAB_VALUES_H

#include <stdbool.h>

#include "scene/views/lab/parts.h"

/* The shown head's weights over the visible units, [n, n]: columns of merged
 * pieces summed, their rows averaged, whatever is measured, averaged or
 * renormalised. NaN where the mask forbids all of a cell, in lab's own. In the
 * run, or in the list's arena; NULL without memory. */
const float *heed_lab_map(const struct heed_lab *lab, bool is_trained);

#endif
