/* The inspector in Heads: one head in numbers, the labels of all. */
#ifndef HEED_SCENE_VIEWS_HEADS_INSPECTOR_H
#define HEED_SCENE_VIEWS_HEADS_INSPECTOR_H

#include "scene/inspector/column.h"

/* The hovered head, or Matrix's, in numbers; the labels of all. */
bool heed_heads_inspect(struct heed_column *column);

#endif
