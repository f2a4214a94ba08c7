/* Stack's vectors: computed once for a run, a token and a page. */
#ifndef HEED_SCENE_VIEWS_STACK_VALUES_H
#define HEED_SCENE_VIEWS_STACK_VALUES_H

#include <stdbool.h>

#include "base/compiler.h"
#include "scene/frame/frame.h"
#include "scene/frame/kind.h"
#include "scene/views/stack/parts.h"
#include "scene/views/stack/stack.h"

/* NULL is harmless. */
void heed_stack_destroy(void *stack);
/* Makes *cache the stack of what the source shows, or NULL. */
void heed_stack_follow(void **cache, const struct heed_view_source *source);
/* True if the frame's cache would hold one, had there been memory. */
bool heed_stack_is_missing(const struct heed_frame *frame);

#endif
