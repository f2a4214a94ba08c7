/* Text of the Stack view: an export has one size for all. */
#ifndef HEED_SCENE_VIEWS_STACK_STYLE_H
#define HEED_SCENE_VIEWS_STACK_STYLE_H

#include "scene/views/stack/parts.h"

struct heed_text_style heed_stack_style(const struct heed_stack_view *view, float size, int weight);

#endif
