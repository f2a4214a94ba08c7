#include "scene/views/heads/options.h"

#include <math.h>

#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

static const char *const mode_names[] = {"Heatmaps", "Links"};

static float draw_modes(const struct heed_options_place *place, struct heed_rect row, float right)
{
    const struct heed_skin *skin = place->skin;
    const bool links = place->frame->state->heads_mode == HEED_HEADS_LINKS;
    /* The chosen segment does nothing, the other one changes over. */
    const struct heed_target change = heed_command_target(HEED_COMMAND_HEADS_MODE, 0);
    const struct heed_target keep = heed_term_target(HEED_COMMAND_HEADS_MODE, 0);
    const struct heed_target targets[] = {links ? change : keep, links ? keep : change};
    const float w = heed_widget_segments_width(skin, mode_names, 2);
    const float x = roundf(right - w);
    heed_widget_segments(skin, (struct heed_rect){x, row.y, w, row.h}, mode_names, 2, links ? 1 : 0,
                         targets);
    return x;
}

/* Where there is no room for both: one select, whose menu has them. */
static void draw_menu(const struct heed_options_place *place, struct heed_rect rect)
{
    const bool links = place->frame->state->heads_mode == HEED_HEADS_LINKS;
    heed_widget_select(place->skin, rect, NULL, links ? "Links" : "Heatmaps",
                       heed_command_target(HEED_COMMAND_VIEW_MENU, 0));
}

static float order_width(const struct heed_skin *skin, const char *name)
{
    const struct heed_text_style bold = heed_widget_style(skin, 14, 600);
    const struct heed_text_style plain = heed_widget_style(skin, 14, 400);
    return ceilf(heed_widget_width(skin, bold, name) +
                 heed_text_width(skin->metrics, plain, "Order", 5) + 44 * skin->scale);
}

float heed_heads_options(const struct heed_options_place *place)
{
    const struct heed_skin *skin = place->skin;
    const float s = place->frame->scale, gap = 16 * s;
    const struct heed_rect row = place->row;
    const char *name = heed_heads_order_name(place->frame->state->heads_order);
    struct heed_rect rect = {0, roundf(row.y + row.h / 2 - 16 * s), 0, 32 * s};
    const float modes = heed_widget_segments_width(skin, mode_names, 2);
    const float left = place->left + gap;
    float right = place->right - gap;
    if (right - left < modes + gap + 110 * s) {
        rect.w = fminf(112 * s, right - left);
        rect.x = roundf(right - rect.w);
        if (rect.w >= 64 * s) {
            draw_menu(place, rect);
        }
        return rect.x;
    }
    right = draw_modes(place, rect, right) - gap;
    rect.w = fminf(order_width(skin, name), right - left);
    rect.x = roundf(right - rect.w);
    heed_widget_select(skin, rect, "Order", name, heed_command_target(HEED_COMMAND_HEADS_ORDER, 0));
    return rect.x;
}
