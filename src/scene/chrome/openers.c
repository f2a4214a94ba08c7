#include "scene/chrome/openers.h"

#include <math.h>

#include "scene/views/needs.h"

void heed_panel_draw_openers(const struct heed_frame *frame, const struct heed_skin *skin,
                             struct heed_rect rect)
{
    const float gap = 8 * skin->scale;
    const int n = HEED_N_PANELS - 1;
    rect.w = roundf((rect.w - gap * (float)(n - 1)) / (float)n);
    for (int i = HEED_PANEL_NONE + 1; i < HEED_N_PANELS; i++) {
        heed_widget_button(skin, rect, HEED_ICON_NONE, heed_panel_name((enum heed_panel)i),
                           (int)frame->state->panel == i, false,
                           heed_needy_target(frame->result, HEED_COMMAND_PANEL, i));
        rect.x += rect.w + gap;
    }
}
