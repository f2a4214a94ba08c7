/* A thumbnail of Heads enlarged. */
#ifndef HEED_SCENE_VIEWS_HEADS_POPOVER_H
#define HEED_SCENE_VIEWS_HEADS_POPOVER_H

#include "scene/views/heads/parts.h"

void heed_heads_draw_popover(const struct heed_heads *heads);

#endif
