/* The probe's panel: baselines, heads, sentences. */
#ifndef HEED_SCENE_PANELS_PROBE_PANEL_H
#define HEED_SCENE_PANELS_PROBE_PANEL_H

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

/* The probe's panel: baselines, heads, sentences. */
void heed_probe_panel_draw(struct heed_frame *frame, const struct heed_skin *skin,
                           struct heed_rect rect);
float heed_probe_panel_height(struct heed_frame *frame, float width);

#endif
