/* The ablation's panel: how far each head moves a link. */
#ifndef HEED_SCENE_PANELS_ABLATION_PANEL_H
#define HEED_SCENE_PANELS_ABLATION_PANEL_H

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

void heed_ablation_draw(struct heed_frame *frame, const struct heed_skin *skin,
                        struct heed_rect rect);
float heed_ablation_height(struct heed_frame *frame, float width);

#endif
