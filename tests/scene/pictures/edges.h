/* Where a view's layout changes: a window of each width, or height, one after
 * the other. For tests. */
#ifndef HEED_TESTS_SCENE_PICTURES_EDGES_H
#define HEED_TESTS_SCENE_PICTURES_EDGES_H

#include <stdbool.h>

#include "window_rig.h"

/* Prints a line for each size, in logical px, at which other texts are drawn than
 * one px before, or in other rows or types, or far from where they were, or other numbers
 * of shapes: how many there are and the first that is new, if one is. */
void edges_print(struct window *window, bool of_height);

#endif
