#include "scene/chrome/teacher.h"

#include <math.h>
#include <stdio.h>

#include "base/compiler.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"
#include "state/commands.h"

enum {
    MARGIN = 28,
    HEADER = 72,
    FOOTER = 64,
    LEFT = 848,  /* the wall's picture at most, ... */
    HIGH = 477,  /* ... and its height */
    RIGHT = 912, /* where the right column begins, ... */
    COLUMN = 500 /* ... and its width */
};

float heed_teacher_scale(float width, float height)
{
    return fminf(width / HEED_TEACHER_WIDTH, height / HEED_TEACHER_HEIGHT);
}

static float heading(const struct heed_skin *skin, float x, float y, const char *text)
{
    return heed_widget_left(skin, x, y, 14, 600, skin->theme->text, text, 0);
}

/* --- the head: what runs, how far it is, the time --- */

static void draw_steps_bar(const struct heed_skin *skin, float x, const struct heed_lesson_look *it)
{
    const float s = skin->scale, gap = 4 * s, cy = HEADER / 2.0F * s;
    const int n = it->lesson->n_steps;
    const float w = fminf(24 * s, (320 * s - gap * (float)(n - 1)) / (float)n);
    char count[24];
    for (int i = 0; i < n; i++) {
        const float h = (i == it->step ? 10 : 6) * s;
        const struct heed_rect rect = {x + (float)i * (w + gap), cy - h / 2, w, h};
        heed_list_fill(skin->list, rect, h / 2,
                       i <= it->step ? skin->theme->ink : skin->theme->strong_border);
    }
    snprintf(count, sizeof(count), "%d of %d", it->step + 1, n);
    heed_widget_left(skin, x + (float)n * (w + gap) + 10 * s, cy, 14, 600, skin->theme->text, count,
                     0);
}

static void draw_head(const struct heed_skin *skin, const struct heed_teacher_look *look,
                      float right)
{
    const float s = skin->scale, cy = HEADER / 2.0F * s;
    const struct heed_lesson_look *it = look->lesson;
    char day[16], elapsed[24];
    float x = right;
    snprintf(day, sizeof(day), "%02d:%02d", look->hour, look->minute);
    x -= heed_widget_right(skin, x, cy, 20, 400, skin->theme->muted, day, 0) + 28 * s;
    if (it->lesson != NULL) {
        snprintf(elapsed, sizeof(elapsed), "%d:%02d", look->elapsed / 60, look->elapsed % 60);
        x -= heed_widget_right(skin, x, cy, 20, 600, skin->theme->text, elapsed, 0) + 12 * s;
        heed_widget_right(skin, x, cy, 14, 400, skin->theme->muted, "elapsed", 0);
        const float w = heed_widget_left(skin, MARGIN * s, cy, 20, 600, skin->theme->text,
                                         it->lesson->title, 560 * s);
        draw_steps_bar(skin, MARGIN * s + w + 24 * s, it);
    } else {
        heed_widget_left(skin, MARGIN * s, cy, 20, 600, skin->theme->text, "No lesson runs", 0);
    }
    heed_list_fill(skin->list, (struct heed_rect){0, HEADER * s, skin->list->width, skin->hairline},
                   0, skin->theme->border);
}

/* --- the wall --- */

static struct heed_rect draw_wall(const struct heed_skin *skin,
                                  const struct heed_teacher_look *look)
{
    const float s = skin->scale;
    const float w = fminf(LEFT, HIGH * look->aspect), h = w / look->aspect;
    const struct heed_rect wall = {roundf(MARGIN * s), roundf(128 * s), roundf(w * s),
                                   roundf(h * s)};
    const float y = 100 * s;
    const float x = MARGIN * s + heading(skin, MARGIN * s, y, "On the wall") + 12 * s;
    char state[64] = "";
    if (look->blank != NULL) {
        snprintf(state, sizeof(state), "is %s until the next key; this stands behind it",
                 look->blank);
    } else if (!look->projected) {
        snprintf(state, sizeof(state), "not projected: F5");
    } else if (look->lesson->asked) {
        snprintf(state, sizeof(state), "the question; the answer is only here");
    }
    heed_widget_left(skin, x, y, 14, 400, skin->theme->muted, state, 0);
    heed_list_box(skin->list, (struct heed_rect){wall.x - 1, wall.y - 1, wall.w + 2, wall.h + 2}, 0,
                  skin->theme->canvas, 1, skin->theme->strong_border);
    return wall;
}

/* --- all steps --- */

static void draw_step(const struct heed_skin *skin, struct heed_rect rect,
                      const struct heed_teacher_look *look, int i)
{
    const float s = skin->scale, cy = rect.y + rect.h / 2;
    const bool here = i == look->lesson->step;
    const struct heed_target target = heed_command_target(HEED_COMMAND_LESSON_STEP, i + 1);
    const bool hot = heed_target_equal(target, look->hot);
    const struct heed_color color = here                     ? skin->theme->on_ink
                                    : i < look->lesson->step ? skin->theme->muted
                                                             : skin->theme->text;
    const float room = rect.w - 48 * s;
    const int weight = here ? 600 : 400;
    float size = 14;
    char number[16];
    while (size > 10 &&
           heed_widget_width(skin, heed_widget_style(skin, size, weight), look->titles[i]) > room) {
        size -= 0.5F;
    }
    snprintf(number, sizeof(number), "%d", i + 1);
    skin->list->target = target;
    heed_list_fill(skin->list, rect, 6 * s,
                   here  ? skin->theme->ink
                   : hot ? skin->theme->hover
                         : skin->theme->panel);
    heed_widget_right(skin, rect.x + 26 * s, cy, 14, 400, color, number, 0);
    heed_widget_left(skin, rect.x + 38 * s, cy, size, weight, color, look->titles[i], room);
    skin->list->target = (struct heed_target){0};
}

/* By columns, as many rows as there is room for. */
static void draw_all_steps(const struct heed_skin *skin, const struct heed_teacher_look *look,
                           float top, float bottom)
{
    const float s = skin->scale;
    const int n = look->lesson->lesson->n_steps;
    const int rows = (int)fmaxf(floorf((bottom - top) / (27 * s)), 1);
    const int columns = (n + rows - 1) / rows > 2 ? (n + rows - 1) / rows : 2;
    const int high = (n + columns - 1) / columns;
    const float w = (LEFT * s - 8 * s * (float)(columns - 1)) / (float)columns;
    const float pitch = fminf((bottom - top) / (float)high, 36 * s);
    heading(skin, MARGIN * s, top - 20 * s, "Steps");
    for (int i = 0; i < n; i++) {
        const struct heed_rect rect = {MARGIN * s + (float)(i / high) * (w + 8 * s),
                                       top + (float)(i % high) * pitch, w, pitch - 4 * s};
        draw_step(skin, rect, look, i);
    }
}

/* --- the right column --- */

static float wrapped(const struct heed_skin *skin, float y, float size, int weight,
                     struct heed_color color, const char *text, float x, float width)
{
    const float line = size * 1.42F * skin->scale;
    const int n = heed_text_wrapped(skin, x, y + line / 2, line,
                                    heed_widget_style(skin, size, weight), color, text, width, 40);
    return y + line * (float)n;
}

/* What the next step says; its question, if it asks one. */
static float draw_next(const struct heed_skin *skin, const struct heed_teacher_look *look, float y)
{
    const float s = skin->scale, x = RIGHT * s;
    const struct heed_lesson_look *it = look->lesson;
    char which[48] = "the lesson ends here";
    const float after = heading(skin, x, y, "Next") + 12 * s;
    if (look->next_text != NULL) {
        snprintf(which, sizeof(which), "step %d", it->step + 2);
    }
    heed_widget_left(skin, x + after, y, 14, 400, skin->theme->muted, which, 0);
    y += 20 * s;
    if (look->next_text == NULL) {
        return y;
    }
    const struct heed_lesson_ask *ask = &it->lesson->steps[it->step + 1].ask;
    y = wrapped(skin, y, 17, 600, skin->theme->text, look->titles[it->step + 1], x, COLUMN * s);
    y = wrapped(skin, y + 2 * s, 15, 400, skin->theme->text, look->next_text, x, COLUMN * s);
    if (look->next_question != NULL) {
        char asks[1200];
        snprintf(asks, sizeof(asks), "It asks first: %s (%d, %s)", look->next_question, ask->answer,
                 ask->choices[ask->answer - 1]);
        y = wrapped(skin, y + 4 * s, 15, 400, skin->theme->muted, asks, x, COLUMN * s);
    }
    return y;
}

/* Of the question that is open: the wall hasn't got it. */
static float draw_truth(const struct heed_skin *skin, const struct heed_teacher_look *look, float y)
{
    const float s = skin->scale, x = RIGHT * s;
    const struct heed_lesson_look *it = look->lesson;
    const struct heed_lesson_step *step = heed_lesson_look_step(it);
    char truth[160] = "The answer comes with the numbers \xE2\x80\xA6";
    if (!it->asked) {
        return y;
    }
    if (it->settled && it->answer > 0 && it->answer <= step->ask.n) {
        snprintf(truth, sizeof(truth), "Answer: %d, %s (%.3f)", it->answer,
                 step->ask.choices[it->answer - 1],
                 it->values[step->ask.by_bounds ? 0 : it->answer - 1]);
    }
    const struct heed_rect box = {x, y, COLUMN * s, 44 * s};
    heed_widget_note(skin, box);
    heed_widget_left(skin, x + 14 * s, y + 22 * s, 17, 600, skin->theme->text, truth,
                     COLUMN * s - 28 * s);
    return y + 64 * s;
}

static void draw_notes(const struct heed_skin *skin, const struct heed_teacher_look *look, float y)
{
    const float s = skin->scale, x = RIGHT * s;
    const struct heed_lesson_step *step = heed_lesson_look_step(look->lesson);
    heading(skin, x, y, "Notes");
    heed_widget_right(skin, x + COLUMN * s, y, 14, 400, skin->theme->muted,
                      "Ctrl + and \xE2\x88\x92 for size", 0);
    wrapped(skin, y + 18 * s, step->note != NULL ? look->notes : 15, 400,
            step->note != NULL ? skin->theme->text : skin->theme->muted,
            step->note != NULL ? step->note : "This step has none.", x, COLUMN * s);
}

/* --- the foot: keys as buttons --- */

static const struct {
    const char *label;
    enum heed_command command;
    int argument, width;
    bool in_lesson; /* else where it is projected */
} buttons[] = {
    {"Back  \xE2\x86\x90", HEED_COMMAND_LESSON_BACK, 0, 92, true},
    {"Next  \xE2\x86\x92", HEED_COMMAND_LESSON_NEXT, 0, 92, true},
    {"Black  B", HEED_COMMAND_BLANK, HEED_BLANK_BLACK, 92, false},
    {"White  W", HEED_COMMAND_BLANK, HEED_BLANK_WHITE, 92, false},
    {"Zoom to pair  Z", HEED_COMMAND_ZOOM_PAIR, 0, 140, false},
    {"Type  /", HEED_COMMAND_FOCUS_TEXT, 0, 80, false},
};

static void draw_foot(const struct heed_skin *skin, const struct heed_teacher_look *look,
                      float right, float bottom)
{
    const float s = skin->scale, top = bottom - FOOTER * s, y = top + 15 * s;
    const bool runs = look->lesson->lesson != NULL;
    float x = MARGIN * s;
    heed_list_fill(skin->list, (struct heed_rect){0, top, skin->list->width, FOOTER * s + 1}, 0,
                   skin->theme->canvas);
    heed_list_fill(skin->list, (struct heed_rect){0, top, skin->list->width, skin->hairline}, 0,
                   skin->theme->border);
    for (size_t i = 0; i < HEED_COUNT(buttons); i++) {
        const struct heed_rect rect = {x, y, (float)buttons[i].width * s, 34 * s};
        const bool can = buttons[i].in_lesson ? runs : look->projected;
        heed_widget_button(skin, rect, HEED_ICON_NONE, buttons[i].label, false, !can,
                           heed_command_target(buttons[i].command, buttons[i].argument));
        x += rect.w + (i == 1 ? 24 : 8) * s;
    }
    heed_widget_button(
        skin, (struct heed_rect){right - 116 * s, y, 116 * s, 34 * s}, HEED_ICON_NONE,
        runs ? "Leave  Esc" : "Lessons  F4", false, false,
        heed_command_target(runs ? HEED_COMMAND_LESSON_LEAVE : HEED_COMMAND_LESSONS, 0));
    heed_widget_right(skin, right - 132 * s, y + 17 * s, 14, 400, skin->theme->muted,
                      "remote: next, back, black", 0);
}

void heed_teacher_draw(const struct heed_skin *skin, const struct heed_teacher_look *look,
                       struct heed_rect *wall)
{
    const float s = skin->scale;
    const float right = fmaxf(skin->list->width - MARGIN * s, (RIGHT + COLUMN) * s);
    const float bottom = skin->list->height;
    skin->list->background = skin->theme->panel;
    draw_head(skin, look, right);
    *wall = draw_wall(skin, look);
    if (look->lesson->lesson != NULL) {
        draw_all_steps(skin, look, fmaxf(wall->y + wall->h + 52 * s, 200 * s),
                       bottom - (FOOTER + 12) * s);
        float y = draw_next(skin, look, 100 * s) + 28 * s;
        y = draw_truth(skin, look, y);
        draw_notes(skin, look, y + 8 * s);
    }
    draw_foot(skin, look, right, bottom);
}
