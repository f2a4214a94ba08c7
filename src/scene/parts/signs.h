/*
 * The sign of a signed colour, for paper: a printer without colours gives blue
 * and orange the same grey, so a negative cell has a minus sign in it. Other
 * themes have none. Inside scene only; pure.
 */
#ifndef HEED_SCENE_PARTS_SIGNS_H
#define HEED_SCENE_PARTS_SIGNS_H

#include "scene/widgets/widgets.h"

/* In a cell of this colour, if the value is negative and more than 5 % of the
 * largest: the palette hardly tells less from none. */
void heed_sign_draw(const struct heed_skin *skin, struct heed_rect cell, struct heed_color ground,
                    float value, float high);
/* In all cells of a heatmap whose middle is 0; nothing below 2 px a cell. */
void heed_signs_draw(const struct heed_skin *skin, const struct heed_item_heatmap *map);

#endif
