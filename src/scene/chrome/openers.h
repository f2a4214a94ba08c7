/* The buttons that open the panels. */
#ifndef HEED_SCENE_CHROME_OPENERS_H
#define HEED_SCENE_CHROME_OPENERS_H

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

/* Buttons that open the panels, side by side in rect (36 logical px high). */
void heed_panel_draw_openers(const struct heed_frame *frame, const struct heed_skin *skin,
                             struct heed_rect rect);

#endif
