/* The Lab view: the encoder as it is asked for beside the one that was trained. */
#ifndef HEED_SCENE_VIEWS_LAB_LAB_H
#define HEED_SCENE_VIEWS_LAB_LAB_H

#include <stdbool.h>

#include "scene/views/lab/parts.h"

void heed_lab_draw(struct heed_frame *frame, struct heed_rect rect);
/* Fills all but the places; false without anything to show. */
bool heed_lab_begin(struct heed_lab *lab, struct heed_frame *frame);

#endif
