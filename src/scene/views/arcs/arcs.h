/* The Arcs view: the text in lines, its links as arcs between the words. */
#ifndef HEED_SCENE_VIEWS_ARCS_ARCS_H
#define HEED_SCENE_VIEWS_ARCS_ARCS_H

#include "scene/frame/frame.h"

void heed_arcs_draw(struct heed_frame *frame, struct heed_rect rect);
/* Of several heads' panels: which way is which, and the legend of weights. */
float heed_arcs_share(struct heed_frame *frame, struct heed_rect rect, bool draw);

#endif
