/* The Compare view: two texts on one line, the change between them. */
#ifndef HEED_SCENE_VIEWS_COMPARE_COMPARE_H
#define HEED_SCENE_VIEWS_COMPARE_COMPARE_H

#include "scene/frame/frame.h"

void heed_compare_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
