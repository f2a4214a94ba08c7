/* A head as it was trained and in the Lab, side by side. */
#ifndef HEED_SCENE_VIEWS_LAB_EFFECT_H
#define HEED_SCENE_VIEWS_LAB_EFFECT_H

#include "scene/views/lab/parts.h"

/* px that the effect needs in a part of this width, as it is shown there. */
float heed_lab_effect_height(const struct heed_lab *lab, float width);
/* With matrices as small as they may be. */
float heed_lab_effect_least(const struct heed_lab *lab);
void heed_lab_draw_effect(const struct heed_lab *lab);

#endif
