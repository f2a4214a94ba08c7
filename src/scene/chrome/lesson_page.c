#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/chrome/chrome.h"
#include "scene/chrome/lesson.h"
#include "scene/frame/shown.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { HEADING = 56, OWN = 40, CARD = 250, PICTURE = 116, GAP = 20, MARGIN = 24, MOST_BARS = 4 };

/* --- a card's picture, of what the lesson itself claims --- */

/* "similarity bank @3" of a curve by layer: 3; -1: it isn't of one. */
static int layer_of(const char *expression)
{
    const char *at = strncmp(expression, "similarity ", 11) == 0 ? strchr(expression, '@') : NULL;
    int layer = -1;
    return at != NULL && strstr(expression, "trained") == NULL && sscanf(at, "@%4d", &layer) == 1
               ? layer
               : -1;
}

/* The step with the most numbers from 0 to 1. */
static const struct heed_lesson_step *richest(const struct heed_lesson *lesson)
{
    const struct heed_lesson_step *best = &lesson->steps[0];
    int most = -1;
    for (int i = 0; i < lesson->n_steps; i++) {
        int n = 0;
        for (int j = 0; j < lesson->steps[i].n_claims; j++) {
            const struct heed_lesson_claim *claim = &lesson->steps[i].claims[j];
            n += claim->has_is && claim->is > 0 && claim->is < 1;
            n += layer_of(claim->of) >= 0 ? 4 : 0;
        }
        if (n > most) {
            most = n;
            best = &lesson->steps[i];
        }
    }
    return best;
}

static void draw_curve(const struct heed_skin *skin, struct heed_rect area,
                       const struct heed_lesson_step *step)
{
    const float s = skin->scale;
    const struct heed_color color = skin->theme->heads[0];
    float x0 = area.x;
    float y0 = area.y + 6 * s;
    char text[24];
    heed_list_fill(skin->list, (struct heed_rect){area.x, area.y + 6 * s, 6 * s, 6 * s}, 3 * s,
                   color);
    for (int i = 0; i < step->n_claims; i++) {
        const struct heed_lesson_claim *claim = &step->claims[i];
        const int layer = layer_of(claim->of);
        if (layer < 0) {
            continue;
        }
        const float x = area.x + (area.w - 60 * s) * (float)layer / 6;
        const float y = area.y + 6 * s + area.h * 2.4F * (1 - (float)claim->is);
        heed_list_stroke(skin->list, x0 + 3 * s, y0 + 3 * s, x + 3 * s, y + 3 * s, 2.5F * s, color);
        heed_list_fill(skin->list, (struct heed_rect){x, y, 6 * s, 6 * s}, 3 * s, color);
        snprintf(text, sizeof(text), "%.2f", claim->is);
        x0 = x;
        y0 = y;
    }
    heed_widget_left(skin, x0 + 14 * s, y0 + 3 * s, 13, 600, skin->theme->text, text, 0);
}

/* "weight it->animal L3H1" as "it → animal". */
static void label_of(const char *expression, char *text, size_t size)
{
    const char *first = strchr(expression, ' ');
    const char *arrow = strstr(expression, "->");
    first = first != NULL ? first + 1 : expression;
    const size_t length = strcspn(first, " ");
    if (arrow != NULL && arrow > first && arrow < first + length) {
        snprintf(text, size, "%.*s \xE2\x86\x92 %.*s%s", (int)(arrow - first), first,
                 (int)(first + length - arrow - 2), arrow + 2,
                 strstr(expression, " B") != NULL ? " (B)" : "");
    } else {
        snprintf(text, size, "%.*s", (int)length, first);
    }
}

static void draw_bars(const struct heed_skin *skin, struct heed_rect area,
                      const struct heed_lesson_step *step)
{
    const float s = skin->scale;
    const float label = area.w * 0.42F;
    float y = area.y;
    int n = 0;
    for (int i = 0; i < step->n_claims && n < MOST_BARS; i++) {
        const struct heed_lesson_claim *claim = &step->claims[i];
        char text[64];
        if (!claim->has_is || claim->is <= 0 || claim->is > 1) {
            continue;
        }
        label_of(claim->of, text, sizeof(text));
        heed_widget_right(skin, area.x + label - 10 * s, y + 8 * s, 12, 400, skin->theme->muted,
                          text, label - 10 * s);
        const struct heed_rect track = {area.x + label, y + 3 * s, area.w - label - 48 * s, 10 * s};
        heed_widget_bar(skin, track, track.w * (float)claim->is,
                        skin->theme->heads[n % HEED_N_HEAD_COLORS]);
        snprintf(text, sizeof(text), "%.2f", claim->is);
        heed_widget_right(skin, area.x + area.w, y + 8 * s, 12, 600, skin->theme->text, text, 0);
        y += 23 * s;
        n++;
    }
}

static void draw_picture(const struct heed_skin *skin, struct heed_rect area,
                         const struct heed_lesson *lesson)
{
    const struct heed_lesson_step *step = richest(lesson);
    const float s = skin->scale;
    const struct heed_rect inner = {area.x + 20 * s, area.y + 20 * s, area.w - 40 * s,
                                    area.h - 40 * s};
    bool curve = false;
    for (int i = 0; i < step->n_claims; i++) {
        curve = curve || layer_of(step->claims[i].of) > 0;
    }
    heed_list_fill(skin->list, area, 7 * s, skin->theme->panel);
    if (curve) {
        draw_curve(skin, inner, step);
    } else {
        draw_bars(skin, inner, step);
    }
}

/* --- the cards --- */

static void draw_tick(const struct heed_skin *skin, float x, float cy)
{
    const float s = skin->scale;
    heed_list_stroke(skin->list, x, cy, x + 4 * s, cy + 4 * s, 2 * s, skin->theme->text);
    heed_list_stroke(skin->list, x + 4 * s, cy + 4 * s, x + 11 * s, cy - 5 * s, 2 * s,
                     skin->theme->text);
}

static void draw_foot(const struct heed_skin *skin, struct heed_rect card,
                      const struct heed_lesson *lesson, int reached)
{
    const float s = skin->scale, cy = card.y + card.h - 22 * s;
    const float right = card.x + card.w - 16 * s;
    char text[40];
    snprintf(text, sizeof(text), "%d min", lesson->minutes);
    heed_widget_left(skin, card.x + 46 * s, cy, 13, 400, skin->theme->muted, text, 0);
    const bool done = reached >= lesson->n_steps;
    snprintf(text, sizeof(text), reached > 0 && !done ? "step %d of %d" : "%d steps",
             reached > 0 && !done ? reached : lesson->n_steps, lesson->n_steps);
    heed_widget_right(skin, right - (done ? 20 * s : 0), cy, 13, reached > 0 && !done ? 600 : 400,
                      reached > 0 && !done ? skin->theme->text : skin->theme->muted, text, 0);
    if (done) {
        draw_tick(skin, right - 12 * s, cy);
    }
}

static void draw_card(const struct heed_chrome *chrome, struct heed_rect card, int index)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = skin->theme;
    const struct heed_lesson *lesson = &chrome->lesson.items[index];
    const int reached = chrome->lesson.reached[index];
    const bool begun = reached > 0 && reached < lesson->n_steps;
    const float s = skin->scale;
    const struct heed_target target = heed_command_target(HEED_COMMAND_LESSON, index + 1);
    char number[12];
    skin->list->target = target;
    heed_list_box(skin->list, card, 8 * s,
                  heed_target_equal(skin->hot, target) ? theme->hover : theme->raised,
                  begun ? 2 * s : skin->hairline, begun ? theme->ink : theme->border);
    draw_picture(skin,
                 (struct heed_rect){card.x + 1 * s, card.y + 1 * s, card.w - 2 * s, PICTURE * s},
                 lesson);
    heed_list_fill(skin->list,
                   (struct heed_rect){card.x, card.y + PICTURE * s, card.w, skin->hairline}, 0,
                   theme->border);
    snprintf(number, sizeof(number), "%d", index + 1);
    const float y = card.y + (PICTURE + 26) * s;
    heed_widget_left(skin, card.x + 16 * s, y, 16, 400, theme->muted, number, 0);
    heed_widget_left(skin, card.x + 46 * s, y, 16, 600, theme->text, lesson->title,
                     card.w - 62 * s);
    heed_text_wrapped(skin, card.x + 46 * s, y + 23 * s, 18 * s, heed_widget_style(skin, 13, 400),
                      theme->muted, lesson->aim, card.w - 62 * s, 3);
    draw_foot(skin, card, lesson, reached);
    heed_list_hotspot(skin->list, card);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, card, target, -3 * s, 10 * s);
}

/* The way to the examples' page; returns where it ends. */
static float draw_other(const struct heed_skin *skin, float x, float y)
{
    const float s = skin->scale;
    const struct heed_target target = heed_command_target(HEED_COMMAND_EXAMPLES, 0);
    const bool hot = heed_target_equal(skin->hot, target);
    skin->list->target = target;
    const float w = heed_widget_left(skin, x, y + HEADING * s / 2, 18, 400,
                                     hot ? skin->theme->text : skin->theme->muted, "Examples", 0);
    const struct heed_rect spot = {x, y + 8 * s, w, (HEADING - 16) * s};
    heed_list_hotspot(skin->list, spot);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, spot, target, -4 * s, 6 * s);
    return x + w;
}

/* From the right; an icon stands for the word where not all words have room. */
static const struct {
    float width, narrow; /* logical px */
    enum heed_icon icon;
    const char *label;
    enum heed_command command;
    int32_t argument;
} buttons[] = {
    {82, 36, HEED_ICON_CLOSE, "Close", HEED_COMMAND_LESSONS, 0},
    {120, 36, HEED_ICON_OPEN, "Open file", HEED_COMMAND_OPEN, 0},
    {130, 130, HEED_ICON_PLUS, "New lesson", HEED_COMMAND_LESSON_ADD, 1},
    {118, 118, HEED_ICON_NONE, "Add as step", HEED_COMMAND_LESSON_ADD, 0},
};

static float buttons_width(bool narrow)
{
    float width = 0;
    for (size_t i = 0; i < HEED_COUNT(buttons); i++) {
        width += 8 + (narrow ? buttons[i].narrow : buttons[i].width);
    }
    return width;
}

/* Returns where they begin. */
static float draw_buttons(const struct heed_skin *skin, float left, float right, float cy)
{
    const float s = skin->scale;
    const bool narrow = right - left < (buttons_width(false) + 16) * s;
    float x = right;
    for (size_t i = 0; i < HEED_COUNT(buttons); i++) {
        const bool bare = narrow && buttons[i].narrow < buttons[i].width;
        const float w = (narrow ? buttons[i].narrow : buttons[i].width) * s;
        const struct heed_rect rect = {x - w, cy - 17 * s, w, 34 * s};
        const struct heed_target target =
            heed_command_target(buttons[i].command, buttons[i].argument);
        if (bare) {
            heed_widget_icon_button(skin, rect, buttons[i].icon, false, target);
        } else {
            const bool closes = buttons[i].command == HEED_COMMAND_LESSONS;
            heed_widget_button(skin, rect, closes ? HEED_ICON_NONE : buttons[i].icon,
                               buttons[i].label, false, false, target);
        }
        x -= w + 8 * s;
    }
    return x + 8 * s;
}

static void draw_heading(const struct heed_chrome *chrome, struct heed_rect page)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_lesson_look *look = &chrome->lesson;
    const float s = skin->scale, cy = page.y + HEADING * s / 2;
    int minutes = 0;
    int done = 0;
    char text[96];
    for (int i = 0; i < look->n_items; i++) {
        minutes += look->items[i].minutes;
        done += look->reached[i] >= look->items[i].n_steps;
    }
    const float x = page.x + MARGIN * s;
    const float w = heed_widget_left(skin, x, cy, 18, 600, skin->theme->text, "Lessons", 0);
    snprintf(text, sizeof(text), "%d", look->n_items);
    const float n =
        heed_widget_left(skin, x + w + 10 * s, cy, 14, 400, skin->theme->muted, text, 0);
    const float left = draw_other(skin, x + w + n + 38 * s, page.y);
    heed_list_fill(skin->list, (struct heed_rect){x, page.y + (HEADING - 3) * s, w, 3 * s}, 0,
                   skin->theme->ink);
    const float right = draw_buttons(skin, left, page.x + page.w - MARGIN * s, cy) - 20 * s;
    const struct heed_text_style style = heed_widget_style(skin, 13, 400);
    snprintf(text, sizeof(text), "%d minutes in all, %d of %d done", minutes, done, look->n_items);
    if (right - left > heed_widget_width(skin, style, text) + 20 * s) {
        heed_widget_right(skin, right, cy, 13, 400, skin->theme->muted, text, 0);
    }
    heed_list_fill(
        skin->list,
        (struct heed_rect){page.x, page.y + HEADING * s - skin->hairline, page.w, skin->hairline},
        0, skin->theme->border);
}

/* Of a file of one's own, not of the program. */
static bool is_own(const struct heed_lesson *lesson)
{
    return strchr(lesson->path, '/') != NULL;
}

/* Cards from the page's top on, one's own under a title; returns where they end. */
static float draw_cards(const struct heed_chrome *chrome, struct heed_rect page, int columns,
                        float top)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_lesson_look *look = &chrome->lesson;
    const float s = skin->scale;
    const float w = (page.w - (2 * MARGIN + GAP * (float)(columns - 1)) * s) / (float)columns;
    int column = 0;
    float y = top;
    for (int i = 0; i < look->n_items; i++) {
        if (is_own(&look->items[i]) && (i == 0 || !is_own(&look->items[i - 1]))) {
            y += column > 0 ? (CARD + GAP) * s : 0;
            column = 0;
            heed_widget_left(skin, page.x + MARGIN * s, y + OWN * s / 2 - 6 * s, 15, 600,
                             skin->theme->text, "Yours", 0);
            y += OWN * s;
        } else if (column == columns) {
            y += (CARD + GAP) * s;
            column = 0;
        }
        draw_card(chrome,
                  (struct heed_rect){roundf(page.x + MARGIN * s + (float)column++ * (w + GAP * s)),
                                     roundf(y), roundf(w), CARD * s},
                  i);
    }
    return y + (column > 0 ? CARD * s : 0);
}

void heed_lesson_page_draw(struct heed_chrome *chrome)
{
    const struct heed_rect page = chrome->layout.page;
    struct heed_list *list = chrome->frame.list;
    const float s = chrome->skin.scale;
    const float width = page.w / s;
    const int columns = width < 640 ? 1 : width < 1000 ? 2 : width < 1300 ? 3 : 4;
    if (!chrome->lesson.page || page.w <= 0) {
        return;
    }
    list->target = (struct heed_target){.kind = HEED_TARGET_SCROLL, .a = HEED_SCROLL_CANVAS};
    heed_list_fill(list, page, 0, chrome->skin.theme->canvas);
    list->target = (struct heed_target){0};
    const struct heed_rect below = chrome->layout.canvas;
    const float top = page.y + (HEADING + MARGIN) * s - chrome->frame.scroll_y;
    heed_list_clip(list, below);
    const float end = draw_cards(chrome, page, columns, top);
    heed_list_unclip(list);
    draw_heading(chrome, page);
    chrome->frame.content_width = below.w;
    chrome->frame.content_height = end - top + 2 * MARGIN * s;
    heed_widget_scrollbar(&chrome->skin, below, chrome->frame.content_height,
                          chrome->frame.scroll_y);
}
