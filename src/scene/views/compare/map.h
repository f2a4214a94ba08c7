/* Compare's map: the change, either text, or the hidden states. */
#ifndef HEED_SCENE_VIEWS_COMPARE_MAP_H
#define HEED_SCENE_VIEWS_COMPARE_MAP_H

#include "scene/views/compare/parts.h"

void heed_compare_draw_map(const struct heed_compare *compare);

#endif
