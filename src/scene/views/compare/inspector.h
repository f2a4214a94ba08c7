/* The inspector in Compare: both texts' numbers side by side. */
#ifndef HEED_SCENE_VIEWS_COMPARE_INSPECTOR_H
#define HEED_SCENE_VIEWS_COMPARE_INSPECTOR_H

#include "scene/inspector/column.h"

bool heed_compare_inspect(struct heed_column *column);

#endif
