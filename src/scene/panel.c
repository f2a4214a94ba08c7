#include "scene/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/engine/probe_task.h"
#include "scene/ablation.h"
#include "scene/chrome_parts.h"

enum { HEADER = 56, PADDING = 28, BUTTON = 36 /* logical px */ };

void heed_panel_draw(struct heed_frame *frame, const struct heed_skin *skin, struct heed_rect rect)
{
    frame->content_width = rect.w;
    frame->content_height = rect.h;
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        heed_ablation_draw(frame, skin, rect);
        break;
    case HEED_PANEL_PROBE:
        heed_probe_panel_draw(frame, skin, rect);
        break;
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
}

float heed_panel_height(struct heed_frame *frame, float width)
{
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        return heed_ablation_height(frame, width);
    case HEED_PANEL_PROBE:
        return heed_probe_panel_height(frame, width);
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
    return width;
}

bool heed_panel_get_map(const struct heed_frame *frame, struct heed_panel_map *map)
{
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        return heed_ablation_map(frame, map);
    case HEED_PANEL_PROBE: /* by COLOR_BY, as in every view */
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
    return false;
}

static bool put_probe(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                      struct heed_error *err)
{
    const struct heed_probe_run *run = heed_tasks_get_work(frame->tasks, HEED_TASK_PROBE);
    if (run == NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the probe hasn't run: run it first");
    }
    if (json) {
        heed_probe_put_json(out, run);
    } else {
        heed_probe_put_csv(out, run);
    }
    return !out->failed ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the table");
}

bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                          struct heed_error *err)
{
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        return heed_ablation_put_table(out, frame, json, err);
    case HEED_PANEL_PROBE:
        return put_probe(out, frame, json, err);
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "only a panel has a table: open one, or give a name that "
                          "ends in .svg, .pdf or .png");
}

float heed_panel_button_width(const struct heed_skin *skin, const char *label)
{
    const struct heed_text_style style = heed_widget_style(skin, 14, 500);
    return ceilf(heed_text_width(skin->metrics, style, label, strlen(label)) + 28 * skin->scale);
}

static void draw_bar(const struct heed_skin *skin, struct heed_rect bar, float share)
{
    const float radius = bar.h / 2;
    heed_list_rect(skin->list, (struct heed_item_rect){
                                   .rect = bar, .radius = radius, .fill = skin->theme->sunken});
    bar.w = fmaxf(bar.w * share, bar.h);
    if (share > 0) {
        heed_list_rect(skin->list, (struct heed_item_rect){
                                       .rect = bar, .radius = radius, .fill = skin->theme->ink});
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
    const float room =
        fminf(heed_text_width(skin->metrics, style, widest, strlen(widest)), rect.w / 2);
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

/* At the header's right: close, and run or progress. Returns their left. */
static float draw_buttons(const struct heed_frame *frame, const struct heed_skin *skin,
                          struct heed_rect rect, const struct heed_panel_header *header)
{
    const float s = skin->scale, cy = rect.y + HEADER * s / 2;
    float end = rect.x + rect.w - 16 * s;
    const struct heed_rect close = {end - 30 * s, roundf(cy - 15 * s), 30 * s, 30 * s};
    heed_widget_icon_button(skin, close, HEED_ICON_CLOSE, false,
                            heed_command_target(HEED_COMMAND_PANEL, (int)frame->state->panel));
    end = close.x - 8 * s;
    if (heed_tasks_runs(frame->tasks, header->kind)) {
        const float width = fminf(360 * s, rect.w / 2);
        const struct heed_rect line = {end - width, roundf(cy - BUTTON * s / 2), width, BUTTON * s};
        heed_progress_draw(skin, line, frame->tasks, header->units);
        return line.x;
    }
    if (header->run != NULL) {
        const float width = heed_panel_button_width(skin, header->run);
        const struct heed_rect run = {end - width, roundf(cy - BUTTON * s / 2), width, BUTTON * s};
        heed_widget_button(skin, run, HEED_ICON_NONE, header->run, false, header->cant_run,
                           heed_command_target(HEED_COMMAND_RUN, (int)frame->state->panel));
        return run.x;
    }
    return end;
}

float heed_panel_header_height(const struct heed_frame *frame, const struct heed_skin *skin)
{
    return (frame->is_export ? 22 : HEADER) * skin->scale;
}

struct heed_rect heed_panel_draw_header(const struct heed_frame *frame,
                                        const struct heed_skin *skin, struct heed_rect rect,
                                        const struct heed_panel_header *header)
{
    const float s = skin->scale;
    const float height = heed_panel_header_height(frame, skin);
    const float cy = rect.y + height / 2;
    float x = rect.x + (frame->is_export ? 4 : PADDING) * s;
    float end = rect.x + rect.w - 4 * s;
    if (!frame->is_export) {
        end = draw_buttons(frame, skin, rect, header) - 16 * s;
    }
    x += heed_widget_text(skin, x, cy, heed_widget_style(skin, frame->is_export ? 12 : 15, 600),
                          HEED_ANCHOR_START, skin->theme->text, header->title, fmaxf(end - x, 1)) +
         10 * s;
    if (end - x > 40 * s) {
        heed_widget_text(skin, x, cy, heed_widget_style(skin, frame->is_export ? 12 : 14, 400),
                         HEED_ANCHOR_START, skin->theme->muted, header->explanation, end - x);
    }
    return (struct heed_rect){rect.x, rect.y + height, rect.w, fmaxf(rect.h - height, 0)};
}

void heed_panel_draw_openers(const struct heed_frame *frame, const struct heed_skin *skin,
                             struct heed_rect rect)
{
    const float gap = 8 * skin->scale;
    int n = 0;
    for (int i = HEED_PANEL_NONE + 1; i < HEED_N_PANELS; i++) {
        n += heed_commands_get_info(HEED_COMMAND_PANEL, i) != NULL;
    }
    rect.w = roundf((rect.w - gap * (float)(n - 1)) / (float)n);
    for (int i = HEED_PANEL_NONE + 1; i < HEED_N_PANELS; i++) {
        if (heed_commands_get_info(HEED_COMMAND_PANEL, i) == NULL) {
            continue;
        }
        heed_widget_button(skin, rect, HEED_ICON_NONE, heed_panel_name((enum heed_panel)i),
                           (int)frame->state->panel == i, false,
                           heed_command_target(HEED_COMMAND_PANEL, i));
        rect.x += rect.w + gap;
    }
}
