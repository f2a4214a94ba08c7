#include "scene/parts/progress.h"

#include <math.h>
#include <stdio.h>

#include "scene/widgets/target.h"

enum { HEADER = 56, PADDING = 28, BUTTON = 36 /* logical px */ };

float heed_panel_button_width(const struct heed_skin *skin, const char *label)
{
    const struct heed_text_style style = heed_widget_style(skin, 14, 500);
    return ceilf(heed_widget_width(skin, style, label) + 28 * skin->scale);
}

static void draw_bar(const struct heed_skin *skin, struct heed_rect bar, float share)
{
    const float radius = bar.h / 2;
    heed_list_fill(skin->list, bar, radius, skin->theme->sunken);
    bar.w = fmaxf(bar.w * share, bar.h);
    if (share > 0) {
        heed_list_fill(skin->list, bar, radius, skin->theme->ink);
    }
}

void heed_progress_draw(const struct heed_skin *skin, struct heed_rect rect,
                        const struct heed_tasks *tasks, const char *units)
{
    const float s = skin->scale, cy = rect.y + rect.h / 2;
    const float cancel = heed_panel_button_width(skin, "Cancel");
    const struct heed_text_style style = {.size = 14 * s, .weight = 400, .tabular = true};
    const float end = rect.x + rect.w - cancel - 12 * s;
    char text[64], widest[64];
    snprintf(widest, sizeof(widest), "%d of %d %s", tasks->n_all, tasks->n_all, units);
    snprintf(text, sizeof(text), "%d of %d %s", tasks->n_done, tasks->n_all, units);
    const float room = fminf(heed_widget_width(skin, style, widest), end - rect.x);
    if (tasks->n_all > 0) {
        heed_widget_text(skin, end, cy, style, HEED_ANCHOR_END, skin->theme->text, text, room);
    }
    const float share = tasks->n_all > 0 ? (float)tasks->n_done / (float)tasks->n_all : 0;
    const struct heed_rect bar = {rect.x, roundf(cy - 4 * s), end - room - 12 * s - rect.x, 8 * s};
    if (bar.w >= 24 * s) {
        draw_bar(skin, bar, share);
    }
    heed_widget_button(skin,
                       (struct heed_rect){rect.x + rect.w - cancel, roundf(cy - BUTTON * s / 2),
                                          cancel, BUTTON * s},
                       HEED_ICON_NONE, "Cancel", false, false,
                       heed_command_target(HEED_COMMAND_CANCEL, 0));
}
