/* A view of one head on paper, of several heads: a panel for each, and one foot. Inside
 * scene only; pure. */
#ifndef HEED_SCENE_FIGURE_HEADS_H
#define HEED_SCENE_FIGURE_HEADS_H

#include "scene/frame/kind.h"

/* True if the frame's view is drawn so: it shows one head a panel, and several are shown. */
bool heed_heads_sheet_wanted(const struct heed_frame *frame);
/* Into an export, each panel by the view's own row. */
void heed_heads_sheet_draw(struct heed_frame *frame, struct heed_rect rect);
/* px that it needs at this width. */
float heed_heads_sheet_height(struct heed_frame *frame, float width);

#endif
