/* A head as it was trained and in the Lab, side by side. */
#ifndef HEED_SCENE_VIEWS_LAB_EFFECT_H
#define HEED_SCENE_VIEWS_LAB_EFFECT_H

#include <stddef.h>

#include "base/compiler.h"
#include "scene/views/lab/parts.h"

/* px that the effect needs in a part of this width, as it is shown there. */
float heed_lab_effect_height(const struct heed_lab *lab, float width);
/* With matrices as small as they may be. */
float heed_lab_effect_least(const struct heed_lab *lab);
/* The pinned pair's weights in every shown head, and cosines. */
float heed_lab_table_height(const struct heed_lab *lab);
void heed_lab_draw_table(const struct heed_lab *lab, float x, float y, float width);
/* The maps show the weights though something else is asked for. */
bool heed_lab_shows_weights(const struct heed_lab *lab);
/* Of lab's head, without its place. False without memory. */
HEED_NODISCARD bool heed_lab_heatmap(const struct heed_lab *lab, bool is_trained,
                                     struct heed_item_heatmap *map);
void heed_lab_draw_effect(const struct heed_lab *lab);

#endif
