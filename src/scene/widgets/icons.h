/* Icons as strokes. */
#ifndef HEED_SCENE_WIDGETS_ICONS_H
#define HEED_SCENE_WIDGETS_ICONS_H

#include "scene/widgets/widgets.h"

/* Sizes are logical; rects are px. label may be NULL. */
void heed_widget_icon(const struct heed_skin *skin, enum heed_icon icon, float cx, float cy,
                      struct heed_color color);

#endif
