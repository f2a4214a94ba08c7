#include "scene/panels/probe/parts.h"

#include <stdio.h>

#include "scene/frame/tasks.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

bool heed_probe_sees(const struct heed_probe_panel *panel, float y, float height)
{
    return panel->frame->is_export ||
           (y + height > panel->body.y - height && y < panel->body.y + panel->body.h + height);
}

static int clamp(float at, int n)
{
    return at < 0 ? 0 : at > (float)n ? n : (int)at;
}

struct heed_probe_rows_seen heed_probe_see_rows(const struct heed_probe_panel *panel, float y,
                                                float height, int n)
{
    struct heed_probe_rows_seen seen = {0, n};
    if (!panel->frame->is_export) {
        seen.first = clamp((panel->body.y - y) / height - 2, n);
        seen.end = clamp((panel->body.y + panel->body.h - y) / height + 2, n);
    }
    while (seen.first < seen.end &&
           !heed_probe_sees(panel, y + (float)seen.first * height, height)) {
        seen.first++;
    }
    while (seen.first < seen.end &&
           !heed_probe_sees(panel, y + (float)(seen.end - 1) * height, height)) {
        seen.end--;
    }
    return seen;
}

float heed_probe_title(const struct heed_probe_panel *panel, float x, float y, float width,
                       const char *title, const char *explanation)
{
    const float s = panel->s, cy = y + 14 * s;
    const float used =
        heed_term_left(panel->skin, x, cy, 15, 600, panel->skin->theme->text, title, width);
    const struct heed_text_style style = heed_widget_style(panel->skin, 14, 400);
    const struct heed_color muted = panel->skin->theme->muted;
    const float room = width - used - 10 * s;
    if (explanation == NULL) {
        return y + 32 * s;
    }
    if (panel->frame->is_export && heed_widget_width(panel->skin, style, explanation) > room) {
        heed_widget_left(panel->skin, x, cy + 19 * s, 14, 400, muted, explanation, width);
        return y + 51 * s;
    }
    if (room > 30 * s) {
        heed_widget_left(panel->skin, x + used + 10 * s, cy, 14, 400, muted, explanation, room);
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

float heed_probe_value(const struct heed_probe_panel *panel, float x, float y, float width,
                       const char *label, const char *number)
{
    const float cy = y + 12 * panel->s;
    heed_term_left(panel->skin, x, cy, 14, 400, panel->skin->theme->muted, label,
                   width - 60 * panel->s);
    heed_widget_right(panel->skin, x + width, cy, 14, 600, panel->skin->theme->text, number, 0);
    return y + 24 * panel->s;
}

void heed_probe_disc(const struct heed_probe_panel *panel, float cx, float cy, double score)
{
    const struct heed_theme *theme = panel->skin->theme;
    const float s = panel->s, r = 5 * s;
    struct heed_item_rect disc = {.rect = {cx - r, cy - r, 2 * r, 2 * r},
                                  .radius = r,
                                  .stroke = {.width = 1.5F * s, .color = theme->text}};
    if (score >= 1) {
        disc.fill = theme->text;
    }
    heed_list_rect(panel->skin->list, disc);
    if (score > 0 && score < 1) {
        heed_list_fill(panel->skin->list,
                       (struct heed_rect){cx - r + 2 * s, cy - 1.5F * s, 2 * r - 4 * s, 3 * s}, 0,
                       theme->text);
    }
}

float heed_probe_draw_keeps(const struct heed_probe_panel *panel, float end, float y, int right,
                            int others)
{
    char of_right[24], of_others[32];
    const char *const labels[] = {"All", of_right, of_others};
    struct heed_target targets[3];
    snprintf(of_right, sizeof of_right, "Right %d", right);
    snprintf(of_others, sizeof of_others, "Not right %d", others);
    for (int i = 0; i < 3; i++) {
        targets[i] = heed_command_target(HEED_COMMAND_PROBE_KEEP, i + 1);
    }
    const float width = heed_widget_segments_width(panel->skin, labels, 3);
    heed_widget_segments(panel->skin, (struct heed_rect){end - width, y, width, 30 * panel->s},
                         labels, 3, (int)panel->frame->tasks->look.kept, targets);
    return width;
}
