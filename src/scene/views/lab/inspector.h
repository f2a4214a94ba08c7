/* The inspector in Lab: the pinned query's row, trained and changed. */
#ifndef HEED_SCENE_VIEWS_LAB_INSPECTOR_H
#define HEED_SCENE_VIEWS_LAB_INSPECTOR_H

#include <stdbool.h>

#include "scene/inspector/column.h"

/* True: the pinned query's strongest keys, trained and in the lab. False, with
 * nothing drawn: no query is pinned. */
bool heed_lab_inspect(struct heed_column *column);

#endif
