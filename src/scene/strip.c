#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/chrome_parts.h"
#include "scene/interventions.h"

enum { CHIP_HEIGHT = 26, CHIP_GAP = 8, CHIP_MOST = 280, CLOSE = 22, MORE = 64 };

/* A row of chips between x and end. */
struct strip {
    const struct heed_chrome *chrome;
    const struct heed_skin *skin;
    float s, x, end, cy;
};

static struct heed_text_style style_of(const struct strip *strip)
{
    return heed_widget_style(strip->skin, 13, 500);
}

static float width_of(const struct strip *strip, const char *text)
{
    return heed_text_width(strip->skin->metrics, style_of(strip), text,
                           strlen(text));
}

static float chip_width(const struct strip *strip, const char *text)
{
    const float s = strip->s;
    return fminf(width_of(strip, text) + (10 + CLOSE) * s, CHIP_MOST * s);
}

static void item_text(const struct strip *strip, const struct heed_off *off,
                      char *text, size_t size)
{
    const struct heed_frame *frame = &strip->chrome->frame;
    heed_off_text(frame->state->cuts, frame->state->n_cuts, frame->result, off,
                  text, size);
}

static void draw_chip(const struct strip *strip, struct heed_rect rect,
                      const char *text, bool closes, struct heed_target target)
{
    const struct heed_skin *skin = strip->skin;
    const float s = strip->s;
    const bool hot = heed_target_equal(skin->hot, target);
    skin->list->target = target;
    heed_list_rect(skin->list,
                   (struct heed_item_rect){
                       .rect = rect,
                       .radius = 6 * s,
                       .fill = hot ? skin->theme->hover : skin->theme->raised,
                       .stroke = {.width = skin->hairline,
                                  .color = skin->theme->strong_border}});
    heed_widget_text(skin, rect.x + 10 * s, strip->cy, style_of(strip),
                     HEED_ANCHOR_START, skin->theme->text, text,
                     rect.w - (closes ? 10 + CLOSE : 16) * s + 1);
    if (closes) {
        heed_widget_icon(skin, HEED_ICON_CLOSE, rect.x + rect.w - 12 * s,
                         strip->cy, hot ? skin->theme->text : skin->theme->muted);
    }
    heed_list_hotspot(skin->list, rect);
    skin->list->target = (struct heed_target){0};
    if (heed_target_equal(skin->focus, target)) {
        heed_widget_focus_ring(skin, rect, 6 * s);
    }
}

static struct heed_rect chip_rect(const struct strip *strip, float width)
{
    const float h = CHIP_HEIGHT * strip->s;
    return (struct heed_rect){roundf(strip->x), roundf(strip->cy - h / 2),
                              roundf(width), roundf(h)};
}

/* How many chips fit, with room for a fold if not all do. */
static int count_fitting(const struct strip *strip, int n)
{
    const float s = strip->s;
    float x = strip->x;
    int fit = 0;
    for (int i = 0; i < n; i++) {
        struct heed_off off;
        char text[200];
        heed_state_get_off(strip->chrome->frame.state, i, &off);
        item_text(strip, &off, text, sizeof(text));
        x += chip_width(strip, text) + CHIP_GAP * s;
        if (x - CHIP_GAP * s > strip->end) {
            break;
        }
        if (x + MORE * s <= strip->end || i == n - 1) {
            fit = i + 1;
        }
    }
    return fit;
}

static void draw_chips(struct strip *strip, int n)
{
    const float s = strip->s;
    const int fit = count_fitting(strip, n);
    for (int i = 0; i < fit; i++) {
        struct heed_off off;
        char text[200];
        heed_state_get_off(strip->chrome->frame.state, i, &off);
        item_text(strip, &off, text, sizeof(text));
        struct heed_target target =
            heed_command_target(HEED_COMMAND_PUT_BACK, i + 1);
        target.flags = HEED_TARGET_FLAG_UNDO;
        const struct heed_rect rect = chip_rect(strip, chip_width(strip, text));
        draw_chip(strip, rect, text, true, target);
        strip->x += rect.w + CHIP_GAP * s;
    }
    if (fit < n) {
        char more[24];
        snprintf(more, sizeof(more), fit > 0 ? "+%d" : "%d off", n - fit);
        const struct heed_rect rect =
            chip_rect(strip, width_of(strip, more) + 20 * s);
        draw_chip(strip, rect, more, false,
                  heed_command_target(HEED_COMMAND_OFF, 0));
        strip->x += rect.w + CHIP_GAP * s;
    }
}

/* What it does to the sentence, where there is room for it. */
static void draw_summary(const struct strip *strip)
{
    const struct heed_result *result = strip->chrome->frame.result;
    char text[96], number[24];
    if (result == NULL || !result->ok || result->plain == NULL) {
        return;
    }
    heed_format_number(number, sizeof(number), result->plain_cosine, 3);
    snprintf(text, sizeof(text),
             "sentence embedding%s: cosine %s to the untouched run",
             strip->chrome->layout.lettered ? " of A" : "", number);
    const struct heed_text_style style = heed_widget_style(strip->skin, 13, 400);
    if (heed_text_width(strip->skin->metrics, style, text, strlen(text)) <
        strip->end - strip->x - 16 * strip->s) {
        heed_widget_text(strip->skin, strip->end - 8 * strip->s, strip->cy, style,
                         HEED_ANCHOR_END, strip->skin->theme->muted, text, 0);
    }
}

/* The same weights, to rounding. */
static bool is_exact(const struct heed_chrome *chrome)
{
    struct heed_off off;
    const struct heed_state *state = chrome->frame.state;
    return heed_state_count_off(state) == 1 &&
           heed_state_get_off(state, 0, &off) && off.kind == HEED_OFF_ATTENTION &&
           off.variant.attention == HEED_ATTENTION_FLASH;
}

void heed_strip_draw(struct heed_chrome *chrome)
{
    const struct heed_rect row = chrome->layout.strip;
    const struct heed_skin *skin = &chrome->skin;
    const int n = heed_state_count_off(chrome->frame.state);
    const float s = skin->scale, button = 104 * s;
    struct strip strip = {.chrome = chrome,
                          .skin = skin,
                          .s = s,
                          .x = row.x + 16 * s,
                          .end = row.x + row.w - 24 * s - button,
                          .cy = row.y + row.h / 2};
    if (row.h <= 0 || n == 0) {
        return;
    }
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_rect(skin->list, (struct heed_item_rect){
                                   .rect = row, .fill = skin->theme->note_fill});
    skin->list->target = (struct heed_target){0};
    heed_list_rect(skin->list, (struct heed_item_rect){
                                   .rect = {row.x, row.y, row.w, skin->hairline},
                                   .fill = skin->theme->note_border});
    strip.x += heed_widget_text(
                   skin, strip.x, strip.cy, heed_widget_style(skin, 14, 600),
                   HEED_ANCHOR_START, skin->theme->text,
                   is_exact(chrome) ? "Computed otherwise" : "Not as trained", 0) +
               12 * s;
    draw_chips(&strip, n);
    draw_summary(&strip);
    const float h = 28 * s;
    heed_widget_button(skin,
                       (struct heed_rect){roundf(row.x + row.w - 16 * s - button),
                                          roundf(strip.cy - h / 2), button, h},
                       HEED_ICON_NONE, "All on again", false, false,
                       heed_command_target(HEED_COMMAND_UNMUTE, 0));
}
