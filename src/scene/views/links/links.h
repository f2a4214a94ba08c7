/* The Links view: queries at the left, keys at the right, a curve a link. */
#ifndef HEED_SCENE_VIEWS_LINKS_LINKS_H
#define HEED_SCENE_VIEWS_LINKS_LINKS_H

#include <stdbool.h>

#include "scene/frame/frame.h"

void heed_links_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
