/* Lab's costs of attention against the length. */
#ifndef HEED_SCENE_VIEWS_LAB_COST_H
#define HEED_SCENE_VIEWS_LAB_COST_H

#include "scene/views/lab/parts.h"

float heed_lab_cost_height(const struct heed_lab *lab, float width);
void heed_lab_draw_cost(const struct heed_lab *lab);

#endif
