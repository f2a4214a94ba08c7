/* The rail's map of all heads: a cell each, by the measure that colours it. */
#ifndef HEED_SCENE_CHROME_HEAD_MAP_H
#define HEED_SCENE_CHROME_HEAD_MAP_H

#include "scene/chrome/layout.h"
#include "scene/inspector/column.h"

void heed_head_map_draw(struct heed_column *column, const struct heed_layout *layout);

#endif
