#include "scene/panels/probe/parts.h"

bool heed_probe_sees(const struct heed_probe_panel *panel, float y, float height)
{
    return panel->frame->is_export ||
           (y + height > panel->body.y - height && y < panel->body.y + panel->body.h + height);
}

float heed_probe_title(const struct heed_probe_panel *panel, float x, float y, float width,
                       const char *title, const char *explanation)
{
    const float s = panel->s, cy = y + 14 * s;
    const float used =
        heed_widget_left(panel->skin, x, cy, 15, 600, panel->skin->theme->text, title, width);
    if (explanation != NULL && width - used > 40 * s) {
        heed_widget_left(panel->skin, x + used + 10 * s, cy, 14, 400, panel->skin->theme->muted,
                         explanation, width - used - 10 * s);
    }
    return y + 32 * s;
}

static void row_ground(const struct heed_probe_panel *panel, struct heed_rect spot,
                       struct heed_target target, bool chosen)
{
    const struct heed_skin *skin = panel->skin;
    const struct heed_theme *theme = skin->theme;
    const bool hot = heed_target_equal(skin->hot, target);
    if (!panel->frame->is_export && (hot || chosen)) {
        heed_list_box(skin->list, spot, 6 * panel->s, hot ? theme->hover : theme->raised,
                      chosen ? skin->hairline : 0, theme->strong_border);
    }
    heed_widget_ring(skin, spot, target, 4 * panel->s, 2 * panel->s);
}

void heed_probe_row(const struct heed_probe_panel *panel, struct heed_rect spot,
                    struct heed_target target, bool chosen)
{
    panel->skin->list->target = target;
    row_ground(panel, spot, target, chosen);
    if (!panel->frame->is_export) {
        heed_list_hotspot(panel->skin->list, spot);
    }
}
