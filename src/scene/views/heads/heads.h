/*
 * The Heads view: every layer and head side by side. What it shows of the
 * maps, of the frame around it and of the ui's targets; how it is drawn is
 * heads.c's. Pure; the thread of the list.
 */
#ifndef HEED_SCENE_VIEWS_HEADS_HEADS_H
#define HEED_SCENE_VIEWS_HEADS_HEADS_H

#include "scene/frame/frame.h"

void heed_heads_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
