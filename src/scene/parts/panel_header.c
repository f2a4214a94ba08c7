#include "scene/parts/panel_header.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/progress.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { HEADER = 56, PADDING = 28, BUTTON = 36, LINE = 17 /* logical px */ };
enum { MOST_LINES = 8 };

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
    if (header->run != NULL && !header->is_start) {
        const float width = heed_panel_button_width(skin, header->run);
        const struct heed_rect run = {end - width, roundf(cy - BUTTON * s / 2), width, BUTTON * s};
        heed_widget_button(skin, run, HEED_ICON_NONE, header->run, false, header->cant_run,
                           heed_command_target(HEED_COMMAND_RUN, (int)header->kind + 1));
        return run.x;
    }
    return end;
}

/* Lines below the title's own that an export's explanation takes where it has no room. */
static int more_lines(const struct heed_frame *frame, const struct heed_skin *skin,
                      const struct heed_panel_header *header, float width)
{
    const float s = skin->scale;
    const float used =
        heed_widget_width(skin, heed_widget_style(skin, 12, 600), header->title) + 14 * s;
    const struct heed_text_style style = heed_widget_style(skin, 12, 400);
    if (!frame->is_export ||
        used + heed_widget_width(skin, style, header->explanation) <= width - 4 * s) {
        return 0;
    }
    return heed_text_lines(skin, style, header->explanation, width - 8 * s, MOST_LINES);
}

float heed_panel_header_height(const struct heed_frame *frame, const struct heed_skin *skin,
                               const struct heed_panel_header *header, float width)
{
    return (frame->is_export ? 22 + LINE * (float)more_lines(frame, skin, header, width) : HEADER) *
           skin->scale;
}

/* How fast the work goes, while it does, in place of the explanation. */
static const char *explain(const struct heed_frame *frame, const struct heed_panel_header *header,
                           char *text, size_t size)
{
    const struct heed_tasks *tasks = frame->tasks;
    if (!heed_tasks_runs(tasks, header->kind) || tasks->rate <= 0) {
        return header->explanation;
    }
    const int left = (int)roundf((float)(tasks->n_all - tasks->n_done) / tasks->rate);
    if (tasks->n_done == tasks->n_all) {
        return "all read, adding up";
    }
    snprintf(text, size, "%.*f a second, %d:%02d left", tasks->rate < 10 ? 1 : 0,
             (double)tasks->rate, left / 60, left % 60);
    return text;
}

/* Its explanation, or the first sentence of it, or nothing: none is cut. */
static void draw_explanation(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                             float cy, float room, const char *text)
{
    const struct heed_text_style style = heed_widget_style(skin, frame->is_export ? 12 : 14, 400);
    const char *end = strstr(text, "? ");
    char first[160] = "";
    snprintf(first, sizeof(first), "%.*s", end != NULL ? (int)(end + 1 - text) : 0, text);
    const char *const texts[] = {text, first[0] != '\0' ? first : text, ""};
    const bool cuts = frame->is_export; /* the page grows until it doesn't */
    heed_widget_text(skin, x, cy, style, HEED_ANCHOR_START, skin->theme->muted,
                     cuts ? text : heed_label_choose(skin, style, texts, 3, room), room);
}

struct heed_rect heed_panel_draw_header(const struct heed_frame *frame,
                                        const struct heed_skin *skin, struct heed_rect rect,
                                        const struct heed_panel_header *header)
{
    char text[64];
    const float s = skin->scale;
    const float height = heed_panel_header_height(frame, skin, header, rect.w);
    const bool below = more_lines(frame, skin, header, rect.w) > 0;
    const float cy = rect.y + (frame->is_export ? 22 * s : height) / 2;
    float x = rect.x + (frame->is_export ? 4 : PADDING) * s;
    float end = rect.x + rect.w - 4 * s;
    if (!frame->is_export) {
        end = draw_buttons(frame, skin, rect, header) - 16 * s;
    }
    x += heed_widget_left(skin, x, cy, frame->is_export ? 12 : 15, 600, skin->theme->text,
                          header->title, fmaxf(end - x, 1)) +
         10 * s;
    if (below) {
        heed_text_wrapped(skin, rect.x + 4 * s, cy + LINE * s, LINE * s,
                          heed_widget_style(skin, 12, 400), skin->theme->muted, header->explanation,
                          rect.w - 8 * s, MOST_LINES);
    } else if (end - x > 40 * s) {
        draw_explanation(frame, skin, x, cy, end - x, explain(frame, header, text, sizeof(text)));
    }
    return (struct heed_rect){rect.x, rect.y + height, rect.w, fmaxf(rect.h - height, 0)};
}

float heed_panel_draw_start(const struct heed_frame *frame, const struct heed_skin *skin,
                            struct heed_rect rect, const struct heed_panel_header *header,
                            const char *what, const char *cost)
{
    const float s = skin->scale, line = 21 * s;
    const bool runs = heed_tasks_runs(frame->tasks, header->kind);
    const float width = fminf(rect.w, 640 * s);
    float y = rect.y;
    y += line * (float)heed_text_wrapped(skin, rect.x, y + line / 2, line,
                                         heed_widget_style(skin, 15, 400), skin->theme->text, what,
                                         width, MOST_LINES);
    y += 4 * s;
    y += line * (float)heed_text_wrapped(
                    skin, rect.x, y + line / 2, line, heed_widget_style(skin, 14, 400),
                    skin->theme->muted, runs ? "It runs. You can go on typing; Esc cancels." : cost,
                    width, MOST_LINES);
    y += 12 * s;
    if (!runs && !frame->is_export) {
        const float button = fmaxf(heed_panel_button_width(skin, header->run), 96 * s);
        heed_widget_button(skin, (struct heed_rect){rect.x, roundf(y), button, BUTTON * s},
                           HEED_ICON_NONE, header->run, !header->cant_run, header->cant_run,
                           heed_command_target(HEED_COMMAND_RUN, (int)header->kind + 1));
        y += (BUTTON + 20) * s;
    }
    return y;
}
