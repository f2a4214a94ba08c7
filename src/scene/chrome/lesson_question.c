#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lesson/expression.h"
#include "scene/chrome/chrome.h"
#include "scene/chrome/lesson.h"
#include "scene/chrome/lesson_choices.h"
#include "scene/frame/shown.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { MOST_WORDS = 96 };

/* One line of a text's words, as the question shows it. */
struct line {
    const struct heed_maps *maps;
    float x[MOST_WORDS], width[MOST_WORDS]; /* of each unit's word: left and width, px */
    int n;
    float cy, size; /* size: logical px */
    float room;     /* px above the words, for ghosts */
    bool is_b;
};

static const struct heed_ask_texts {
    const char *letter;
} letters[] = {{"A"}, {"B"}};

/* The unit that a choice names in that text, or -1. */
static int find_choice(const struct heed_frame *frame, const struct line *line, const char *choice)
{
    struct heed_token_range tokens;
    const struct heed_result *result = frame->result;
    result = line->is_b ? result->compare->result : result;
    if (frame->tokenizer == NULL || strchr(choice, ' ') != NULL ||
        !heed_lesson_find_word(&tokens, frame->tokenizer, result->encoding, choice, NULL)) {
        return -1;
    }
    return heed_maps_find_unit(line->maps, tokens.first);
}

static float measure(const struct heed_skin *skin, struct line *line, float size)
{
    const struct heed_text_style style = heed_widget_style(skin, size, 600);
    float x = 0;
    for (int i = 0; i < line->n; i++) {
        const float gap = line->maps->units[i].continues ? 1 : size * 0.42F;
        line->width[i] = heed_token_width(skin, style, &line->maps->units[i]);
        x += i > 0 ? gap * skin->scale : 0;
        line->x[i] = x;
        x += line->width[i];
    }
    line->size = size;
    return x;
}

static void place(const struct heed_skin *skin, struct line *line, struct heed_rect canvas,
                  float largest)
{
    const float room = canvas.w - 64 * skin->scale;
    const int all = line->maps->n < MOST_WORDS ? line->maps->n : MOST_WORDS;
    line->n = all;
    float width = measure(skin, line, largest);
    for (float size = largest - 1; width > room && size >= 13; size -= 1) {
        width = measure(skin, line, size);
    }
    for (int i = 0; i < line->n; i++) {
        line->x[i] += canvas.x + (canvas.w - width) / 2;
    }
}

static struct heed_pin query_of(const struct heed_frame *frame, bool in_b)
{
    struct heed_pin pin = frame->state->query;
    const struct heed_comparison *compare = frame->result->compare;
    if (in_b && pin.count > 0) {
        pin.first = heed_alignment_find_b(&compare->tokens, pin.first);
        pin.count = pin.first < 0 ? 0 : pin.count;
    }
    return pin;
}

static void draw_word(const struct heed_skin *skin, const struct line *line, int unit, bool pinned,
                      bool chosen)
{
    const struct heed_theme *theme = skin->theme;
    const struct heed_text_style style = heed_widget_style(skin, line->size, chosen ? 600 : 500);
    const float h = line->size * 1.5F * skin->scale;
    const float pad = line->size * 0.24F * skin->scale;
    if (pinned) {
        heed_list_fill(skin->list,
                       (struct heed_rect){line->x[unit] - pad, roundf(line->cy - h / 2),
                                          line->width[unit] + 2 * pad, h},
                       line->size * 0.25F * skin->scale, theme->ink);
    }
    heed_token_draw(skin, line->x[unit] + line->width[unit] / 2, line->cy, style,
                    HEED_ANCHOR_MIDDLE,
                    pinned   ? theme->on_ink
                    : chosen ? theme->text
                             : theme->muted,
                    &line->maps->units[unit], 0);
}

/* A tube of one width from word to word: it says where one may look, and no more.
 * number: 0: the tube; else what stands on it, which no other tube runs through. */
static void draw_ghost(const struct heed_skin *skin, const struct line *line, int from, int to,
                       int number)
{
    const float s = skin->scale;
    const float x0 = line->x[from] + line->width[from] / 2;
    const float x1 = line->x[to] + line->width[to] / 2;
    const float foot = line->cy - line->size * 0.95F * s;
    const float rx = fabsf(x1 - x0) / 2;
    const float ry = fminf(fmaxf(rx * 0.5F, 26 * s), line->room);
    const float cx = (x0 + x1) / 2;
    char text[12];
    for (int side = -1; side <= 1 && number == 0; side += 2) {
        const float off = 5 * s * (float)side;
        heed_list_arc(skin->list, (struct heed_item_arc){
                                      .cx = cx,
                                      .cy = foot,
                                      .rx = rx + off,
                                      .ry = ry + off,
                                      .from = 3.14159265F,
                                      .to = 2 * 3.14159265F,
                                      .stroke = {.width = 2 * s, .color = skin->theme->faint}});
    }
    if (number == 0) {
        heed_list_triangle(skin->list,
                           (struct heed_item_triangle){x1 - 9 * s, foot, x1 + 9 * s, foot, x1,
                                                       foot + 10 * s, skin->theme->faint});
        return;
    }
    snprintf(text, sizeof(text), "%d", number);
    const float top = foot - ry;
    heed_list_box(skin->list, (struct heed_rect){cx - 15 * s, top - 15 * s, 30 * s, 30 * s}, 6 * s,
                  skin->theme->canvas, 2 * s, skin->theme->ink);
    heed_widget_middle(skin, cx, top, 17, 600, skin->theme->text, text, 0);
}

static void draw_line(const struct heed_frame *frame, const struct heed_skin *skin,
                      const struct heed_lesson_ask *ask, const struct line *line, bool ghosts)
{
    const struct heed_range query = heed_pin_units(line->maps, query_of(frame, line->is_b));
    int choices[HEED_LESSON_CHOICES];
    for (int i = 0; i < ask->n; i++) {
        choices[i] = ghosts ? find_choice(frame, line, ask->choices[i]) : -1;
    }
    for (int i = 0; i < 2 * ask->n; i++) { /* tubes, then numbers */
        const int to = choices[i % ask->n];
        if (to >= 0 && to < line->n && query.count > 0 && to != query.first &&
            query.first < line->n) {
            draw_ghost(skin, line, query.first, to, i < ask->n ? 0 : i - ask->n + 1);
        }
    }
    for (int unit = 0; unit < line->n; unit++) {
        bool chosen = false;
        for (int i = 0; i < ask->n; i++) {
            chosen = chosen || choices[i] == unit;
        }
        draw_word(skin, line, unit, heed_range_has(query, unit), chosen);
    }
}

/* --- the choices --- */

enum { LEAST_CHOICE = 12 /* logical px: in a hall 1/36 of the screen */ };

enum { CARD_KEY = 36, CARD_PAD = 14, CARD_TEXT = 62 /* from a card's left edge */ };

static float card_room(const struct heed_skin *skin, float width)
{
    return width - (CARD_TEXT + 10) * skin->scale;
}

/* A choice: its key, its words, its votes; a click votes, too. */
static void draw_card(const struct heed_skin *skin, struct heed_rect card, int number,
                      const char *choice, struct heed_choice_type type, int votes, float most,
                      bool hides)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const struct heed_target target = heed_command_target(HEED_COMMAND_LESSON_VOTE, number);
    const bool hot = heed_target_equal(skin->hot, target);
    char text[16];
    skin->list->target = target;
    heed_list_box(skin->list, card, 8 * s, hot ? theme->hover : theme->raised, skin->hairline,
                  theme->border);
    const struct heed_rect key = {card.x + CARD_PAD * s, card.y + CARD_PAD * s, CARD_KEY * s,
                                  CARD_KEY * s};
    heed_list_box(skin->list, key, 6 * s, theme->canvas, 2 * s, theme->ink);
    snprintf(text, sizeof(text), "%d", number);
    heed_widget_middle(skin, key.x + key.w / 2, key.y + key.h / 2, 22, 600, theme->text, text, 0);
    heed_choice_draw(skin, card.x + CARD_TEXT * s, key.y + key.h / 2, type, 600, theme->text,
                     choice, card_room(skin, card.w));
    heed_list_hotspot(skin->list, card);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, card, target, 0, 8 * s);
    if (votes == 0 || hides) {
        return;
    }
    const struct heed_rect track = {card.x + 14 * s, card.y + 64 * s, card.w - 70 * s, 14 * s};
    heed_widget_bar(skin, track, track.w * (float)votes / most, theme->muted);
    snprintf(text, sizeof(text), "%d", votes);
    heed_widget_right(skin, card.x + card.w - 14 * s, track.y + track.h / 2, 20, 600, theme->text,
                      text, 0);
}

enum { ONE_LINE = 92, TWO_LINES = 198 };

/* Cards side by side; two lines of them where the area is narrow or a choice's word would
 * be cut. */
static int count_columns(const struct heed_skin *skin, const struct heed_lesson_ask *ask,
                         float width)
{
    const float s = skin->scale;
    const float w = fminf((width - 14 * s * (float)(ask->n - 1)) / (float)ask->n, 300 * s);
    const struct heed_choice_type least = {.size = LEAST_CHOICE, .line = LEAST_CHOICE * 1.2F * s};
    const bool fits =
        width >= 560 * s && heed_choices_hold(skin, ask, least, card_room(skin, w), 52 * s);
    return ask->n > 2 && !fits ? 2 : ask->n;
}

static void draw_cards(struct heed_chrome *chrome, const struct heed_lesson_ask *ask,
                       struct heed_rect area)
{
    const struct heed_lesson_look *look = &chrome->lesson;
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale, gap = 14 * s;
    const int columns = count_columns(skin, ask, area.w);
    const int rows = (ask->n + columns - 1) / columns;
    const float w = fminf((area.w - gap * (float)(columns - 1)) / (float)columns, 300 * s);
    const float h = fminf(92 * s, (area.h - gap * (float)(rows - 1)) / (float)rows);
    const float x = area.x + (area.w - w * (float)columns - gap * (float)(columns - 1)) / 2;
    const struct heed_choice_type type =
        heed_choices_fit(skin, ask, 18, LEAST_CHOICE, card_room(skin, w), 52 * s);
    float most = 1;
    for (int i = 0; i < ask->n; i++) {
        most = fmaxf(most, (float)look->votes[i]);
    }
    for (int i = 0; i < ask->n; i++) {
        const struct heed_rect card = {x + (float)(i % columns) * (w + gap),
                                       area.y + (float)(i / columns) * (h + gap), w, h};
        draw_card(skin, card, i + 1, ask->choices[i], type, look->votes[i], most,
                  look->hides_counts);
    }
}

static void draw_foot(struct heed_chrome *chrome, struct heed_rect canvas)
{
    const struct heed_lesson_look *look = &chrome->lesson;
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale, cy = canvas.y + canvas.h - 22 * s;
    int votes = 0;
    char text[48];
    for (int i = 0; i < HEED_LESSON_CHOICES; i++) {
        votes += look->votes[i];
    }
    snprintf(text, sizeof(text),
             votes == 0   ? "no votes yet"
             : votes == 1 ? "%d vote"
                          : "%d votes",
             votes);
    if (!skin->printed) {
        heed_widget_left(skin, canvas.x + 32 * s, cy, 15, 600, skin->theme->text, text, 0);
    }
    heed_widget_right(skin, canvas.x + canvas.w - 32 * s, cy, 15, 400, skin->theme->muted,
                      "weights hidden until the answer", 0);
}

void heed_lesson_question_draw(struct heed_chrome *chrome)
{
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_lesson_ask *ask = &heed_lesson_look_step(&chrome->lesson)->ask;
    const struct heed_rect canvas = chrome->layout.canvas;
    const struct heed_comparison *compare = heed_frame_get_comparison(frame);
    const float s = chrome->skin.scale;
    const bool of_b = compare != NULL && strstr(ask->of[0], " B") != NULL;
    const int columns = count_columns(&chrome->skin, ask, canvas.w - 64 * s);
    const float cards = (columns < ask->n ? TWO_LINES : ONE_LINE) * s;
    struct line lines[2] = {{.maps = heed_frame_get_maps(frame)}};
    const int n_lines = compare != NULL ? 2 : 1;
    heed_list_fill(frame->list, canvas, 0, chrome->skin.theme->canvas);
    heed_list_clip(frame->list, canvas);
    const float foot = canvas.y + canvas.h - cards - 52 * s;
    for (int i = 0; i < n_lines; i++) {
        lines[i].is_b = i == 1;
        lines[i].maps = i == 1 ? compare->result->maps : lines[0].maps;
        place(&chrome->skin, &lines[i], canvas, 30);
        const float share = n_lines == 1 ? 0.66F
                            : of_b       ? 0.2F + 0.56F * (float)i
                                         : 0.5F + 0.28F * (float)i;
        lines[i].cy = roundf(canvas.y + (foot - canvas.y) * share);
        const float above = i == 1 && of_b ? lines[0].cy : canvas.y - 20 * s;
        lines[i].room = fmaxf(lines[i].cy - above - 68 * s, 20 * s);
        draw_line(frame, &chrome->skin, ask, &lines[i], n_lines == 1 || of_b == lines[i].is_b);
        if (n_lines > 1) {
            heed_widget_left(&chrome->skin, canvas.x + 12 * s, lines[i].cy, 14, 600,
                             chrome->skin.theme->muted, letters[i].letter, 0);
        }
    }
    draw_cards(chrome, ask, (struct heed_rect){canvas.x + 32 * s, foot, canvas.w - 64 * s, cards});
    draw_foot(chrome, canvas);
    heed_list_unclip(frame->list);
}

/* --- what is hidden meanwhile --- */

static void draw_veil(const struct heed_chrome *chrome, struct heed_rect panel)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale;
    if (panel.w <= 0) {
        return;
    }
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, panel, 0, skin->theme->panel);
    skin->list->target = (struct heed_target){0};
    heed_text_wrapped(skin, panel.x + 16 * s, panel.y + 28 * s, 20 * s,
                      heed_widget_style(skin, 14, 400), skin->theme->muted,
                      "Weights are hidden until the answer is shown.", panel.w - 32 * s, 4);
}

void heed_lesson_veil_draw(struct heed_chrome *chrome)
{
    draw_veil(chrome, chrome->layout.rail);
    draw_veil(chrome, chrome->layout.inspector);
}
