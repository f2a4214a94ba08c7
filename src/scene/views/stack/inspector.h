/* The inspector in Stack: how the token's state lies to others. */
#ifndef HEED_SCENE_VIEWS_STACK_INSPECTOR_H
#define HEED_SCENE_VIEWS_STACK_INSPECTOR_H

#include "scene/inspector/column.h"

bool heed_stack_inspect(struct heed_column *column);

#endif
