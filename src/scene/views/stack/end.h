/* The last page of Stack: predictions, and every token beside the sentence. */
#ifndef HEED_SCENE_VIEWS_STACK_END_H
#define HEED_SCENE_VIEWS_STACK_END_H

#include "scene/views/stack/parts.h"

/* Below the last page's steps, from y on: what the model predicts
 * for the token, if it has a head for that; every token beside the sentence. */
float heed_stack_end_height(const struct heed_stack_view *view);
void heed_stack_end_draw(const struct heed_stack_view *view, float y);

#endif
