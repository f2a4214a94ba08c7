/* Where the window's blocks lie, and the lines of its words. */
#ifndef HEED_SCENE_VIEWS_COMPARE_BLOCKS_H
#define HEED_SCENE_VIEWS_COMPARE_BLOCKS_H

#include <stdbool.h>

#include "scene/views/compare/parts.h"

/* False, with nothing drawn, when there is nothing to compare. */
bool heed_compare_place(struct heed_compare *compare, struct heed_frame *frame,
                        struct heed_rect rect);

#endif
