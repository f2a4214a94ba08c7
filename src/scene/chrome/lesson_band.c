#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/chrome/chrome.h"
#include "scene/chrome/lesson.h"
#include "scene/frame/shown.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum {
    BAND = 96,     /* px of a screen 900 high: the projected band, at least ... */
    MOST = 150,    /* ... and at most */
    RIGHT = 410,   /* its block at the right; below NARROW without the keys */
    NARROW = 1300, /* of those px */
    KEY = 25,      /* their type: 1/36 of the screen */
    DESK_RIGHT = 254,
    DESK_NARROW = 700, /* below it the buttons have a row of their own */
    DESK_LINE = 20,
    NOTE = 40, /* the word before a note */
    PAD = 24
};

float heed_lesson_scale(const struct heed_layout *layout)
{
    return layout->scale * layout->projection * 0.48F;
}

/* Where the words stand, and how large: px. */
struct words {
    float x, width, title_y, text_y, title_line, text_line;
    float title_size, text_size; /* logical px */
};

/* The first head that the headline names and that is shown: its colour's number. */
static int slot_of(const struct heed_frame *frame, const char *headline)
{
    for (const char *c = headline; c != NULL && *c != '\0'; c++) {
        int layer = 0;
        int head = 0;
        int index = 0;
        if (*c == 'L' && sscanf(c, "L%4dH%4d", &layer, &head) == 2 &&
            heed_state_shows(frame->state, (struct heed_head_id){(int16_t)layer, (int16_t)head},
                             &index)) {
            return frame->state->shown[index].color;
        }
    }
    return -1;
}

static int lines_of(const struct heed_skin *skin, float size, int weight, const char *text,
                    float width)
{
    return heed_text_lines(skin, heed_widget_style(skin, size, weight), text, width, 9);
}

/* --- at the desk --- */

static bool is_narrow(const struct heed_skin *skin, float width)
{
    return width < DESK_NARROW * skin->scale;
}

static float desk_room(const struct heed_skin *skin, float width)
{
    return width - (2 * PAD + (is_narrow(skin, width) ? 0 : DESK_RIGHT)) * skin->scale;
}

static const char *text_of(const struct heed_lesson_look *look)
{
    return look->lost != NULL ? look->lost : look->text;
}

/* For who teaches: the hall doesn't see it, nor before the answer. */
static const char *note_of(const struct heed_lesson_look *look)
{
    const struct heed_lesson_step *step = heed_lesson_look_step(look);
    return step != NULL && !look->asked ? step->note : NULL;
}

static void draw_note(const struct heed_skin *skin, float x, float y, float width, const char *note)
{
    const float s = skin->scale;
    heed_widget_left(skin, x, y, 13, 600, skin->theme->muted, "Note", 0);
    heed_text_wrapped(skin, x + NOTE * s, y, 18 * s, heed_widget_style(skin, 13, 400),
                      skin->theme->muted, note, width - NOTE * s, 9);
}

float heed_lesson_band_height(const struct heed_skin *skin, float width,
                              const struct heed_lesson_look *look)
{
    const float room = desk_room(skin, width);
    const int titles = lines_of(skin, 20, 600, look->headline, room - 24 * skin->scale);
    const int texts = lines_of(skin, 15, 400, text_of(look), room);
    const char *note = note_of(look);
    const int notes = note != NULL ? lines_of(skin, 13, 400, note, room - NOTE * skin->scale) : 0;
    const float own = 12 + 28 * (float)titles + DESK_LINE * (float)texts + 18 * (float)notes + 12;
    return roundf(fmaxf(own + (is_narrow(skin, width) ? 44 : 0), BAND) * skin->scale);
}

/* A step each: seen, shown, to come. */
static void draw_steps(const struct heed_skin *skin, struct heed_rect bar,
                       const struct heed_lesson_look *look, float gap)
{
    const int n = look->lesson->n_steps;
    const float w = (bar.w - gap * (float)(n - 1)) / (float)n;
    for (int i = 0; i < n; i++) {
        const float h = i == look->step ? bar.h * 1.5F : bar.h;
        const struct heed_rect rect = {bar.x + (float)i * (w + gap), bar.y + (bar.h - h) / 2, w, h};
        heed_list_fill(skin->list, rect, h / 2,
                       i <= look->step ? skin->theme->ink : skin->theme->strong_border);
    }
}

static void draw_desk_right(const struct heed_chrome *chrome, struct heed_rect band)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_lesson_look *look = &chrome->lesson;
    const float s = skin->scale;
    const float right = band.x + band.w - PAD * s;
    const bool narrow = is_narrow(skin, band.w);
    const float buttons_y = narrow ? band.y + band.h - 44 * s : band.y + band.h - 46 * s;
    const float bar_y = narrow ? buttons_y + 17 * s : band.y + 26 * s;
    const float bar_x = narrow ? band.x + PAD * s : right - (DESK_RIGHT - PAD) * s;
    const float bar_w = narrow ? fminf(190 * s, right - 330 * s - bar_x) : 134 * s;
    char count[24];
    snprintf(count, sizeof(count), "%d of %d", look->step + 1, look->lesson->n_steps);
    if (bar_w > 60 * s) {
        draw_steps(skin, (struct heed_rect){bar_x, bar_y - 3 * s, bar_w, 6 * s}, look, 4 * s);
    }
    heed_widget_left(skin, bar_x + fmaxf(bar_w, 0) + 12 * s, bar_y, 14, 600, skin->theme->text,
                     count, 0);
    heed_widget_icon_button(
        skin,
        (struct heed_rect){right - 26 * s, narrow ? buttons_y + 3 * s : band.y + 12 * s, 28 * s,
                           28 * s},
        HEED_ICON_CLOSE, false, heed_command_target(HEED_COMMAND_LESSON_LEAVE, 0));
    const float next_x = right - (narrow ? 118 : 82) * s;
    heed_widget_button(skin, (struct heed_rect){next_x, buttons_y, 82 * s, 34 * s}, HEED_ICON_NONE,
                       look->asked ? "Show" : "Next", true,
                       !look->asked && look->step + 1 == look->lesson->n_steps,
                       heed_command_target(HEED_COMMAND_LESSON_NEXT, 0));
    heed_widget_button(skin, (struct heed_rect){next_x - 90 * s, buttons_y, 82 * s, 34 * s},
                       HEED_ICON_NONE, "Back", false, look->step == 0,
                       heed_command_target(HEED_COMMAND_LESSON_BACK, 0));
}

static void draw_words(const struct heed_chrome *chrome, const struct heed_skin *skin,
                       const struct words *at)
{
    const struct heed_lesson_look *look = &chrome->lesson;
    const struct heed_theme *theme = skin->theme;
    const int slot = slot_of(&chrome->frame, look->headline);
    const float chip = slot >= 0 ? at->title_size * 1.3F * skin->scale : 0;
    if (slot >= 0) {
        heed_chip_of(skin, at->x, at->title_y, at->title_size * 0.7F, slot);
    }
    heed_text_wrapped(skin, at->x + chip, at->title_y, at->title_line,
                      heed_widget_style(skin, at->title_size, 600), theme->text, look->headline,
                      at->width - chip, 9);
    heed_text_wrapped(skin, at->x, at->text_y, at->text_line,
                      heed_widget_style(skin, at->text_size, 400), theme->text, text_of(look),
                      at->width, 9);
}

/* "Lesson's sentence", where a text of one's own stands. */
static void draw_way_back(const struct heed_chrome *chrome, const struct heed_skin *skin, float x,
                          float y, float size)
{
    const float s = skin->scale;
    const struct heed_rect rect = {x, y, size * 11.4F * s, size * 2.2F * s};
    heed_widget_button(skin, rect, HEED_ICON_NONE, "Lesson's sentence", false, false,
                       heed_command_target(HEED_COMMAND_LESSON_SENTENCE, 0));
}

static void draw_ground(const struct heed_chrome *chrome, struct heed_rect band)
{
    const struct heed_skin *skin = &chrome->skin;
    const bool lost = chrome->lesson.lost != NULL;
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, band, 0, lost ? skin->theme->note_fill : skin->theme->panel);
    skin->list->target = (struct heed_target){0};
    heed_list_fill(skin->list, (struct heed_rect){band.x, band.y, band.w, skin->hairline}, 0,
                   lost ? skin->theme->note_border : skin->theme->border);
}

static void draw_desk(const struct heed_chrome *chrome, struct heed_rect band)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale;
    const float room = desk_room(skin, band.w);
    const int titles = lines_of(skin, 20, 600, chrome->lesson.headline, room - 24 * s);
    const struct words at = {.x = band.x + PAD * s,
                             .width = room,
                             .title_y = band.y + 26 * s,
                             .title_line = 28 * s,
                             .text_y = band.y + (28 * (float)titles + 12 + DESK_LINE * 0.5F) * s,
                             .text_line = DESK_LINE * s,
                             .title_size = 20,
                             .text_size = 15};
    draw_ground(chrome, band);
    draw_words(chrome, skin, &at);
    if (note_of(&chrome->lesson) != NULL) {
        const int texts = lines_of(skin, 15, 400, text_of(&chrome->lesson), room);
        draw_note(skin, at.x, at.text_y + DESK_LINE * s * ((float)texts - 0.5F) + 9 * s, room,
                  note_of(&chrome->lesson));
    }
    draw_desk_right(chrome, band);
    if (chrome->lesson.lost != NULL && !is_narrow(skin, band.w)) {
        const float x = band.x + band.w - (PAD + 172 + 158) * s;
        draw_way_back(chrome, skin, x, band.y + band.h - 46 * s, 13.5F);
    } else if (chrome->lesson.lost != NULL) {
        draw_way_back(chrome, skin, band.x + band.w - (PAD + 208 + 158) * s,
                      band.y + band.h - 44 * s, 13.5F);
    }
}

/* --- projected --- */

/* Both return where they end. */
static float draw_cap(const struct heed_skin *skin, float x, float cy, const char *key)
{
    const float s = skin->scale;
    const struct heed_text_style style = heed_widget_style(skin, KEY, 500);
    const float w = fmaxf(heed_widget_width(skin, style, key) + 18 * s, 34 * s);
    const struct heed_rect cap = {x, roundf(cy - 16 * s), w, 32 * s};
    heed_list_box(skin->list, cap, 6 * s, skin->theme->raised, skin->hairline,
                  skin->theme->strong_border);
    heed_widget_middle(skin, cap.x + cap.w / 2, cy, KEY, 500, skin->theme->text, key, 0);
    return x + w + 7 * s;
}

static float draw_meaning(const struct heed_skin *skin, float x, float cy, const char *text)
{
    const float s = skin->scale;
    return x + heed_widget_left(skin, x + 2 * s, cy, KEY, 400, skin->theme->muted, text, 0) + 9 * s;
}

static void draw_keys(const struct heed_skin *skin, float x, float cy,
                      const struct heed_lesson_look *look)
{
    const float gap = 14 * skin->scale;
    char most[4];
    if (look->asked) {
        snprintf(most, sizeof(most), "%d", heed_lesson_look_step(look)->ask.n);
        x = draw_meaning(skin, draw_cap(skin, x, cy, "1"), cy, "to");
        x = draw_meaning(skin, draw_cap(skin, x, cy, most), cy, "vote") + gap;
        draw_meaning(skin, draw_cap(skin, x, cy, "Space"), cy, "show");
    } else {
        x = draw_cap(skin, x, cy, "\xE2\x86\x90");
        x = draw_meaning(skin, draw_cap(skin, x, cy, "\xE2\x86\x92"), cy, "or remote") + gap;
        draw_meaning(skin, draw_cap(skin, x, cy, "Esc"), cy, "leaves");
    }
}

static void draw_projected_right(const struct heed_chrome *chrome, const struct heed_skin *skin,
                                 struct heed_rect band, float width)
{
    const struct heed_lesson_look *look = &chrome->lesson;
    const float s = skin->scale;
    const float right = band.x + band.w - 56 * s;
    char count[24];
    snprintf(count, sizeof(count), "%d of %d", look->step + 1, look->lesson->n_steps);
    const float count_width = heed_widget_width(skin, heed_widget_style(skin, KEY, 600), count);
    heed_widget_right(skin, right, band.y + 32 * s, KEY, 600, skin->theme->text, count, 0);
    draw_steps(
        skin,
        (struct heed_rect){right - width, band.y + 28 * s, width - count_width - 20 * s, 8 * s},
        look, 5 * s);
    if (width >= RIGHT * s && !skin->printed) {
        draw_keys(skin, right - width, band.y + 71 * s, look);
    }
}

/* A headline in one line, else smaller in two; the sentence in as many as it needs. What
 * is still too long for a sixth of the screen is smaller. */
static struct words fit_projected(const struct heed_skin *skin, const struct heed_lesson_look *look,
                                  float width, float *height)
{
    const float s = skin->scale;
    float title = 34;
    float text = 25;
    struct words at = {.width = width};
    for (; title > 14; title = title > 30 ? 30 : title - 1, text = title < 30 ? title * 0.8F : 25) {
        const float indent = title * 1.3F * s;
        const int titles = lines_of(skin, title, 600, look->headline, width - indent);
        const int texts = lines_of(skin, text, 400, text_of(look), width);
        at.title_line = title * 1.18F * s;
        at.text_line = text * 1.2F * s;
        at.title_y = 12 * s + at.title_line / 2;
        at.text_y = at.title_y + ((float)titles - 0.5F) * at.title_line + 4 * s + at.text_line / 2;
        *height = at.text_y + ((float)texts - 0.5F) * at.text_line + 10 * s;
        if ((titles == 1 || title <= 30) && *height <= MOST * s) {
            break;
        }
    }
    at.title_size = title;
    at.text_size = text;
    return at;
}

static float projected_right(const struct heed_skin *skin, float width)
{
    return width >= NARROW * skin->scale ? RIGHT * skin->scale : 210 * skin->scale;
}

static float projected_room(const struct heed_skin *skin, float width,
                            const struct heed_lesson_look *look)
{
    const float back = look->lost != NULL ? 260 * skin->scale : 0;
    return width - (112 + 24) * skin->scale - projected_right(skin, width) - back;
}

float heed_lesson_caption_height(const struct heed_skin *skin, float width,
                                 const struct heed_lesson_look *look)
{
    float height = 0;
    fit_projected(skin, look, projected_room(skin, width, look), &height);
    return roundf(fmaxf(height, BAND * skin->scale));
}

static void draw_projected(const struct heed_chrome *chrome, struct heed_rect band)
{
    struct heed_skin skin = chrome->skin;
    float height = 0;
    skin.scale = heed_lesson_scale(&chrome->layout);
    const float s = skin.scale;
    const float room = projected_room(&skin, band.w, &chrome->lesson);
    struct words at = fit_projected(&skin, &chrome->lesson, room, &height);
    at.x = band.x + 56 * s;
    at.title_y += band.y + (band.h - height) / 2;
    at.text_y += band.y + (band.h - height) / 2;
    draw_ground(chrome, band);
    draw_words(chrome, &skin, &at);
    draw_projected_right(chrome, &skin, band, projected_right(&skin, band.w));
    if (chrome->lesson.lost != NULL && !skin.printed) {
        draw_way_back(chrome, &skin, at.x + at.width + 12 * s, band.y + 26 * s, 20);
    }
}

void heed_lesson_band_draw(struct heed_chrome *chrome)
{
    if (chrome->lesson.lesson == NULL) {
        return;
    }
    if (chrome->layout.caption.h > 0) {
        draw_projected(chrome, chrome->layout.caption);
    } else if (chrome->layout.lesson.h > 0) {
        draw_desk(chrome, chrome->layout.lesson);
    }
}
