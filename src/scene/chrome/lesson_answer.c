#include <math.h>
#include <stdio.h>

#include "scene/chrome/chrome.h"
#include "scene/chrome/lesson.h"
#include "scene/chrome/lesson_choices.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

/* --- the answer, beside the votes --- */

enum {
    ANSWER = 64,
    HALL_ANSWER = 76,
    SAID = 190,
    NARROW = 860,
    HEADING = 20,
    CHOICE_LINE = 24,
    SECOND_LINE = 15 /* more, where a choice needs it */
};

/* What stands where in it; in a hall nothing is small. */
struct answer_type {
    float count, value, said, least;        /* logical px; a choice's least */
    float votes_y, weight_y, line, heading; /* of the bars' middles */
};

static struct answer_type answer_type(const struct heed_skin *skin)
{
    return skin->projected ? (struct answer_type){15.5F, 18.5F, 15.5F, 14.6F, 37, 59, 19, 22}
                           : (struct answer_type){14, 15, 14, 11, 30, 44, 17, HEADING};
}

/* What gives way to long choices: the place of the words beside them, then a line's height. */
struct answer_place {
    bool above;   /* the votes are summed up above, without room at the left */
    float column; /* px of a choice */
    float room;   /* px of its words */
    float more;   /* logical px that they need beyond one line */
};

/* From a number to its choice. */
static float answer_indent(const struct heed_skin *skin)
{
    return 18 * skin->scale;
}

static struct answer_place answer_place(const struct heed_skin *skin, float width,
                                        const struct heed_lesson_ask *ask)
{
    const float s = skin->scale, size = answer_type(skin).least;
    const struct heed_choice_type least = {.size = size, .line = size * 1.2F * s};
    struct answer_place place = {.above = width < NARROW * s};
    for (int try = 0; try < 2; try++) {
        const float own = place.above ? 0 : SAID * s;
        place.column = fminf((width - 48 * s - own) / (float)ask->n, 300 * s);
        place.room = place.column - 16 * s - answer_indent(skin);
        place.more = heed_choices_hold(skin, ask, least, place.room, least.line) ? 0 : SECOND_LINE;
        if (place.more == 0 || heed_choices_hold(skin, ask, least, place.room, 2 * least.line)) {
            break;
        }
        place.above = true;
    }
    return place;
}

float heed_lesson_answer_height(const struct heed_skin *skin, float width,
                                const struct heed_lesson_look *look)
{
    if (!look->answered) {
        return 0;
    }
    const struct answer_place place = answer_place(skin, width, &heed_lesson_look_step(look)->ask);
    const float height = (skin->projected ? HALL_ANSWER : ANSWER) +
                         (place.above ? answer_type(skin).heading : 0) + place.more;
    return height * skin->scale;
}

/* How many saw it coming; with no votes nothing is said of them. */
static void say_votes(const struct heed_lesson_look *look, const struct heed_lesson_ask *ask,
                      char *text, size_t size)
{
    int all = 0;
    int top = 0;
    for (int i = 0; i < ask->n; i++) {
        all += look->votes[i];
        top = look->votes[i] > look->votes[top] ? i : top;
    }
    const int right = look->votes[look->answer - 1];
    if (all == 0) {
        snprintf(text, size, "the answer");
    } else if (top == look->answer - 1) {
        snprintf(text, size, "%d of %d saw it coming", right, all);
    } else {
        snprintf(text, size, "%d of %d saw it coming, %d said \xE2\x80\x9C%s\xE2\x80\x9D", right,
                 all, look->votes[top], ask->choices[top]);
    }
}

static void draw_choice(const struct heed_chrome *chrome, const struct heed_skin *skin,
                        struct heed_rect at, int i, int all, struct heed_choice_type type,
                        float more)
{
    const struct heed_lesson_look *look = &chrome->lesson;
    const struct heed_lesson_ask *ask = &heed_lesson_look_step(look)->ask;
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const bool right = i == look->answer - 1;
    const struct answer_type sizes = answer_type(skin);
    const float bar_width = at.w - (skin->projected ? 96 : 84) * s;
    const struct heed_color color = right ? theme->text : theme->muted;
    char text[16];
    snprintf(text, sizeof(text), "%d", i + 1);
    const float middle = at.y + (CHOICE_LINE + more) * s / 2;
    heed_widget_left(skin, at.x, middle, type.size, right ? 600 : 400, color, text, 0);
    heed_choice_draw(skin, at.x + answer_indent(skin), middle, type, right ? 600 : 400, color,
                     ask->choices[i], at.w - answer_indent(skin));
    at.y += more * s;
    if (all > 0) {
        const float cy = at.y + sizes.votes_y * s;
        const struct heed_rect track = {at.x, cy - 4 * s, bar_width, 8 * s};
        heed_widget_bar(skin, track, bar_width * (float)look->votes[i] / (float)all, theme->muted);
        snprintf(text, sizeof(text), "%d", look->votes[i]);
        heed_widget_left(skin, at.x + bar_width + 8 * s, cy, sizes.count, 400, theme->muted, text,
                         0);
    }
    if (!ask->by_bounds || right) {
        const float value = (float)look->values[ask->by_bounds ? 0 : i];
        const float cy = at.y + sizes.weight_y * s;
        const struct heed_rect track = {at.x, cy - 4 * s, bar_width, 8 * s};
        heed_widget_bar(skin, track, bar_width * fminf(fmaxf(value, 0), 1),
                        right ? theme->accent : theme->faint);
        snprintf(text, sizeof(text), "%.3f", (double)value);
        heed_widget_left(skin, at.x + bar_width + 8 * s, cy, sizes.value, 600, theme->text, text,
                         0);
    }
}

void heed_lesson_answer_draw(struct heed_chrome *chrome)
{
    const struct heed_rect area = chrome->layout.answer;
    const struct heed_lesson_look *look = &chrome->lesson;
    struct heed_skin skin = chrome->skin;
    char said[200];
    int all = 0;
    if (!look->answered || area.h <= 0) {
        return;
    }
    skin.scale = chrome->lesson.answer_scale;
    const float s = skin.scale;
    const struct heed_lesson_ask *ask = &heed_lesson_look_step(look)->ask;
    const struct answer_place place = answer_place(&skin, area.w, ask);
    for (int i = 0; i < ask->n; i++) {
        all += look->votes[i];
    }
    skin.list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin.list, area, 0, skin.theme->canvas);
    skin.list->target = (struct heed_target){0};
    heed_list_fill(skin.list, (struct heed_rect){area.x, area.y, area.w, skin.hairline}, 0,
                   skin.theme->border);
    say_votes(look, ask, said, sizeof(said));
    const float own = place.above ? 0 : SAID * s;
    const struct answer_type sizes = answer_type(&skin);
    const float top = area.y + (6 + (place.above ? sizes.heading : 0)) * s;
    heed_text_wrapped(&skin, area.x + 24 * s, area.y + 18 * s, sizes.line * s,
                      heed_widget_style(&skin, sizes.said, 600), skin.theme->text, said,
                      place.above ? area.w - 48 * s : own - 12 * s, place.above ? 1 : 3);
    const float w = place.column;
    const struct heed_choice_type type =
        heed_choices_fit(&skin, ask, 16, sizes.least, place.room, (CHOICE_LINE + place.more) * s);
    for (int i = 0; i < ask->n; i++) {
        const struct heed_rect at = {area.x + 24 * s + own + (float)i * w, top, w - 16 * s, 54 * s};
        draw_choice(chrome, &skin, at, i, all, type, place.more);
    }
}
