#include <math.h>
#include <string.h>

#include "scene/heads.h"

static float draw_modes(const struct heed_chrome *chrome, struct heed_rect row,
                        float right)
{
    static const char *const labels[] = {"Heatmaps", "Links"};
    const struct heed_skin *skin = &chrome->skin;
    const bool links = chrome->frame.state->heads_mode == HEED_HEADS_LINKS;
    /* The chosen segment does nothing, the other one changes over. */
    const struct heed_target change =
        heed_command_target(HEED_COMMAND_HEADS_MODE, 0);
    const struct heed_target keep = {.kind = HEED_TARGET_BLOCK};
    const struct heed_target targets[] = {links ? change : keep,
                                          links ? keep : change};
    const float w = heed_widget_segments_width(skin, labels, 2);
    const float x = roundf(right - w);
    heed_widget_segments(skin, (struct heed_rect){x, row.y, w, row.h}, labels,
                         2, links ? 1 : 0, targets);
    return x;
}

void heed_heads_options(const struct heed_chrome *chrome, float left, float right)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = chrome->frame.scale, gap = 16 * s;
    const struct heed_rect row = chrome->layout.tab_row;
    struct heed_rect rect = {0, roundf(row.y + row.h / 2 - 16 * s), 0, 32 * s};
    right = draw_modes(chrome, rect, right - gap) - gap;
    const char *name = heed_heads_order_name(chrome->frame.state->heads_order);
    const float need =
        heed_text_width(skin->metrics, heed_widget_style(skin, 14, 600), name,
                        strlen(name)) +
        heed_text_width(skin->metrics, heed_widget_style(skin, 14, 400),
                        "Order", 5) +
        44 * s;
    rect.w = fminf(ceilf(need), right - left - gap);
    rect.x = roundf(right - rect.w);
    if (rect.w >= 96 * s) {
        heed_widget_select(skin, rect, "Order", name,
                           heed_command_target(HEED_COMMAND_HEADS_ORDER, 0));
    }
}
