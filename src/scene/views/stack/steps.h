/* The steps of a page of Stack. */
#ifndef HEED_SCENE_VIEWS_STACK_STEPS_H
#define HEED_SCENE_VIEWS_STACK_STEPS_H

#include "scene/views/stack/parts.h"

/* The steps of the stack's page; returns how many. */
int heed_stack_steps(const struct heed_stack *stack,
                     struct heed_stack_step steps[HEED_STACK_MAX_STEPS]);

#endif
