/* The views: whichever is open is drawn and measured. */
#ifndef HEED_SCENE_VIEWS_VIEWS_H
#define HEED_SCENE_VIEWS_VIEWS_H

#include "scene/frame/frame.h"

/* Draws the state's view, or the panel over it, into rect. The picture
 * includes its legend. */
void heed_view_draw(struct heed_frame *frame, struct heed_rect rect);
/* The height that an export needs at this width when none is given, px. */
float heed_view_export_height(struct heed_frame *frame, float width);

#endif
