/*
 * The lessons in the window, from their first step to their last, by keys alone: on the
 * real model (HEED_TEST_MODEL; ends with 77 without one), with real fonts, at the desk and
 * projected, light and dark. HEED_LESSON_PICTURES: a folder to write each step's picture
 * to; HEED_LESSON_ONLY: one lesson's id; HEED_LESSON_SCREEN: a part of the screens' names.
 * HEED_TEST_QUICK: some of the screens.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "draw/hit.h"
#include "real_window.h"
#include "scene/chrome/lesson.h"
#include "scene/views/views.h"
#include "ui/actions/lesson.h"
#include "ui/sheet/teacher.h"
#include "ui/ui.h"
#include "ui/window/layout.h"
#include "ui/window/lesson.h"

/* --- what must be so of every step --- */

struct screen {
    const char *name;
    float width, height;
    enum heed_theme_id theme;
    bool projector;
};

static const struct screen screens[] = {
    {"desk-1280-light", 1280, 720, HEED_THEME_LIGHT, false},
    {"desk-1280-dark", 1280, 720, HEED_THEME_DARK, false},
    {"desk-1920-light", 1920, 1080, HEED_THEME_LIGHT, false},
    {"desk-1920-dark", 1920, 1080, HEED_THEME_DARK, false},
    {"hall-1280-light", 1280, 720, HEED_THEME_LIGHT, true},
    {"hall-1280-dark", 1280, 720, HEED_THEME_DARK, true},
    {"hall-1920-light", 1920, 1080, HEED_THEME_LIGHT, true},
    {"hall-1920-dark", 1920, 1080, HEED_THEME_DARK, true},
};

static void take_picture(const struct screen *screen, const char *id, int step, const char *what)
{
    const char *folder = getenv("HEED_LESSON_PICTURES");
    char name[160];
    if (folder != NULL) {
        snprintf(name, sizeof(name), "%s-%02d%s-%s", id, step + 1, what, screen->name);
        real_take_picture(folder, name);
    }
}

static struct heed_rect lesson_area(void)
{
    const struct heed_layout *layout = &real.ui->layout;
    const float end = layout->caption.h > 0 ? layout->caption.y + layout->caption.h
                                            : layout->lesson.y + layout->lesson.h;
    return (struct heed_rect){layout->canvas.x, layout->canvas.y, layout->canvas.w,
                              end - layout->canvas.y};
}

static struct heed_rect common(struct heed_rect a, struct heed_rect b)
{
    const float x = fmaxf(a.x, b.x);
    const float y = fmaxf(a.y, b.y);
    return (struct heed_rect){x, y, fminf(a.x + a.w, b.x + b.w) - x,
                              fminf(a.y + a.h, b.y + b.h) - y};
}

static struct heed_rect text_rect(const struct heed_item *item)
{
    const struct heed_item_text *text = &item->as.text;
    const float w = heed_text_width(real_metrics(), text->style, text->text, text->length);
    const float left = text->anchor == HEED_ANCHOR_START    ? 0
                       : text->anchor == HEED_ANCHOR_MIDDLE ? -w / 2
                                                            : -w;
    /* Turned words stand in a comb: a tail may reach between the letters below it. */
    const float height = text->angle == 0 ? 0.94F : 0.76F;
    return (struct heed_rect){text->x + left, text->y - 0.74F * text->style.size, w,
                              height * text->style.size};
}

/* A text that ends in "...", wherever it stands. */
static bool is_cut(const struct heed_item *item)
{
    const char *text = item->as.text.text;
    const size_t length = item->as.text.length;
    return length >= 3 && memcmp(text + length - 3, "\xE2\x80\xA6", 3) == 0;
}

/* A text of the lesson's own of which a clip or the window's edge takes a part: a question's,
 * or one below the picture. Pictures scroll. */
static bool is_clipped(const struct heed_item *item, struct heed_rect clip)
{
    const struct heed_rect rect = text_rect(item), canvas = real.ui->layout.canvas;
    const bool own = real.ui->lesson.asked || rect.y > canvas.y + canvas.h;
    return own && (rect.x < clip.x - 1 || rect.x + rect.w > clip.x + clip.w + 1 ||
                   rect.y < clip.y - 1 || rect.y + rect.h > clip.y + clip.h + 1);
}

/* What is seen of a text in the picture or in what the lesson draws below it; a turned one's
 * rectangle is turned about its anchor. */
struct part {
    struct heed_rect rect;
    float x, y, angle;
    const char *text;
};

static void put_corners(const struct part *part, float slack, float corners[4][2])
{
    const struct heed_rect r = part->rect;
    for (int i = 0; i < 4; i++) {
        const float x = (i == 0 || i == 3 ? r.x + slack : r.x + r.w - slack) - part->x;
        const float y = (i < 2 ? r.y + slack : r.y + r.h - slack) - part->y;
        corners[i][0] = part->x + x * cosf(part->angle) - y * sinf(part->angle);
        corners[i][1] = part->y + x * sinf(part->angle) + y * cosf(part->angle);
    }
}

/* Is there a line along a side's direction beyond which the other lies? */
static bool is_parted(float a[4][2], float b[4][2], float angle)
{
    const float axis[2] = {cosf(angle), sinf(angle)};
    float low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        const float at[2] = {a[i][0] * axis[0] + a[i][1] * axis[1],
                             b[i][0] * axis[0] + b[i][1] * axis[1]};
        for (int k = 0; k < 2; k++) {
            low[k] = fminf(low[k], at[k]);
            high[k] = fmaxf(high[k], at[k]);
        }
    }
    return high[0] <= low[1] || high[1] <= low[0];
}

static bool lie_over(const struct part *a, const struct part *b)
{
    const float slack = 0.3F; /* letters are narrower than their advance */
    const float quarter = 1.57079633F;
    float corners_a[4][2], corners_b[4][2];
    put_corners(a, slack, corners_a);
    put_corners(b, slack, corners_b);
    return !is_parted(corners_a, corners_b, a->angle) &&
           !is_parted(corners_a, corners_b, a->angle + quarter) &&
           !is_parted(corners_a, corners_b, b->angle) &&
           !is_parted(corners_a, corners_b, b->angle + quarter);
}

/* The parts of the texts that the open clips leave; returns how many. */
static int find_parts(const struct screen *screen, struct part *parts, int *n_cut)
{
    struct heed_rect clips[HEED_LIST_MAX_DEPTH + 1] = {{0, 0, screen->width, screen->height}};
    int depth = 0;
    int n = 0;
    for (size_t i = 0; i < real.list->n_items; i++) {
        const struct heed_item *item = &real.list->items[i];
        if (item->kind == HEED_ITEM_CLIP) {
            clips[depth + 1] = common(item->as.clip, clips[depth]);
            depth++;
        } else if (item->kind == HEED_ITEM_UNCLIP) {
            depth--;
        } else if (item->kind == HEED_ITEM_TEXT) {
            const struct heed_item_text *text = &item->as.text;
            const struct heed_rect seen =
                common(common(text_rect(item), clips[depth]), lesson_area());
            const bool is_seen = text->angle == 0
                                     ? seen.w > 0 && seen.h > 0
                                     : heed_rect_has(clips[depth], text->x, text->y) &&
                                           heed_rect_has(lesson_area(), text->x, text->y);
            if (is_seen) {
                parts[n++] = (struct part){text->angle == 0 ? seen : text_rect(item), text->x,
                                           text->y, text->angle, text->text};
                if (is_cut(item) || is_clipped(item, clips[depth])) {
                    print_error("cut: \"%.*s\"\n", (int)text->length, text->text);
                    ++*n_cut;
                }
            }
        }
    }
    return n;
}

static bool is_weight(const struct heed_item_text *text)
{
    return text->length == 5 && strncmp(text->text, "0.", 2) == 0 && text->text[4] >= '0' &&
           text->text[4] <= '9';
}

/* In the hall nothing is below 1/36 of the height; words and weights of the picture, and the
 * headline, not below 1/30. What a formula puts below or above its line is exempt. */
static int check_type(const struct screen *screen, const char *where)
{
    int bad = 0;
    for (size_t i = 0; screen->projector && i < real.list->n_items; i++) {
        const struct heed_item *item = &real.list->items[i];
        const struct heed_item_text *text = &item->as.text;
        const bool word =
            item->target.kind == HEED_TARGET_QUERY || item->target.kind == HEED_TARGET_KEY;
        if (item->kind != HEED_ITEM_TEXT || real.ui->now.state.view == HEED_VIEW_STACK) {
            continue;
        }
        const float least = screen->height / (word || is_weight(text) ? 30 : 36) - 0.01F;
        if (text->style.size < least) {
            print_error("%s, %s: \"%.40s\" is %.1f px, not %.1f\n", where, screen->name, text->text,
                        (double)text->style.size, (double)least);
            bad++;
        }
    }
    return bad;
}

/* Texts that lie over one another, or are cut: told with the step. */
static int check_fits(const struct screen *screen, const char *id, int step, const char *what)
{
    struct part *parts = calloc(real.list->n_items + 1, sizeof(parts[0]));
    int bad = 0;
    assert_non_null(parts);
    const int n = find_parts(screen, parts, &bad);
    if (bad > 0) {
        print_error("%s step %d%s, %s: %d cut\n", id, step + 1, what, screen->name, bad);
    }
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
            if (lie_over(&parts[i], &parts[j])) {
                print_error("%s step %d%s, %s: \"%.30s\" lies over \"%.30s\"\n", id, step + 1, what,
                            screen->name, parts[i].text, parts[j].text);
                bad++;
            }
        }
    }
    free(parts);
    char where[80];
    snprintf(where, sizeof(where), "%s step %d%s", id, step + 1, what);
    return bad + check_type(screen, where);
}

static bool covers(const struct heed_item *item, struct heed_rect rect)
{
    const struct heed_rect over = item->as.rect.rect;
    return item->kind == HEED_ITEM_RECT && over.x <= rect.x + 1 && over.y <= rect.y + 1 &&
           over.x + over.w >= rect.x + rect.w - 1 && over.y + over.h >= rect.y + rect.h - 1;
}

/* In the hall a panel's last line isn't cut by the band. */
static int check_last_line(const struct screen *screen, const char *id, int step)
{
    const struct heed_rect canvas = real.ui->layout.canvas;
    int bad = 0;
    if (!screen->projector || real.ui->now.state.panel == HEED_PANEL_NONE) {
        return 0;
    }
    for (size_t i = 0; i < real.list->n_items; i++) {
        const struct heed_item *item = &real.list->items[i];
        const struct heed_rect rect =
            item->kind == HEED_ITEM_TEXT ? text_rect(item) : (struct heed_rect){0};
        const struct heed_rect seen = common(rect, canvas);
        bool covered = seen.w <= 0 || seen.h <= 0 || seen.h > rect.h - 1;
        for (size_t k = i + 1; k < real.list->n_items && !covered; k++) {
            covered = covers(&real.list->items[k], seen);
        }
        if (!covered) {
            print_error("%s step %d, %s: half of \"%.30s\" is seen\n", id, step + 1, screen->name,
                        item->as.text.text);
            bad++;
        }
    }
    return bad;
}

static struct heed_frame frame_now(void)
{
    struct heed_ui *ui = real.ui;
    return (struct heed_frame){.list = &ui->list,
                               .state = &ui->now.state,
                               .result = ui->result,
                               .tokenizer = ui->tokenizer,
                               .canvas = ui->layout.canvas};
}

/* Everything that the step points at is on screen; projected, there is no head map. */
static int check_points(const struct screen *screen, const char *id, int step)
{
    const struct heed_lesson_step *it = heed_ui_get_step(real.ui);
    const struct heed_frame frame = frame_now();
    const struct heed_rect whole = {0, 0, screen->width, screen->height};
    int bad = 0;
    for (int i = 0; i < it->n_points; i++) {
        struct heed_rect rect;
        const struct heed_lesson_point *point = &it->points[i];
        const bool on_canvas = point->kind == HEED_POINT_TOKEN || point->kind == HEED_POINT_LINK;
        if (!heed_lesson_point_find(&frame, point, on_canvas ? real.ui->layout.canvas : whole,
                                    &rect) &&
            (on_canvas || !screen->projector)) {
            print_error("%s step %d, %s: point %d isn't drawn\n", id, step + 1, screen->name,
                        i + 1);
            bad++;
        }
    }
    return bad;
}

/* No number of a weight: they have three decimals, a share has two or three. */
static int check_veil(const struct screen *screen, const char *id, int step)
{
    int bad = 0;
    for (size_t i = 0; i < real.list->n_items; i++) {
        const struct heed_item *item = &real.list->items[i];
        const struct heed_target target = item->target;
        if (item->kind == HEED_ITEM_HEATMAP || target.kind == HEED_TARGET_HEAD ||
            target.kind == HEED_TARGET_LINK || target.kind == HEED_TARGET_CELL ||
            target.kind == HEED_TARGET_VALUE) {
            print_error("%s step %d, %s: a weight is seen\n", id, step + 1, screen->name);
            return 1;
        }
        bad += item->kind == HEED_ITEM_TEXT &&
               item->as.text.y < real.ui->layout.canvas.y + real.ui->layout.canvas.h &&
               target.kind != HEED_TARGET_COMMAND && item->as.text.text[0] == '0' &&
               item->as.text.text[1] == '.';
    }
    if (bad > 0) {
        print_error("%s step %d, %s: %d numbers are seen\n", id, step + 1, screen->name, bad);
    }
    return bad;
}

static void set_screen(const struct screen *screen)
{
    struct heed_state state;
    heed_ui_resize(real.ui, screen->width, screen->height, 1);
    assert_true(heed_state_copy(&state, heed_ui_get_state(real.ui), NULL));
    state.theme = screen->theme;
    state.projector = screen->projector;
    real_set_state(&state);
    heed_state_finish(&state);
}

/* --- the teacher's page --- */

static const struct heed_rect desks[] = {{0, 0, 1440, 900}, {0, 0, 720, 450}, {0, 0, 1900, 820}};

static int count_texts(const struct heed_list *list, const char *wanted)
{
    int n = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        n += list->items[i].kind == HEED_ITEM_TEXT &&
             strstr(list->items[i].as.text.text, wanted) != NULL;
    }
    return n;
}

/* Every text on the page, beside the wall and beside the others. */
static int check_page(const struct heed_list *list, struct heed_rect page, struct heed_rect wall,
                      const char *where)
{
    int bad = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        if (list->items[i].kind != HEED_ITEM_TEXT) {
            continue;
        }
        const struct heed_rect rect = text_rect(&list->items[i]);
        const struct heed_rect on = common(rect, page), over = common(rect, wall);
        bool is_bad = on.w < rect.w - 0.5F || on.h < rect.h - 0.5F || (over.w > 0 && over.h > 0);
        for (size_t j = 0; j < i; j++) {
            if (list->items[j].kind == HEED_ITEM_TEXT) {
                const struct heed_rect both = common(rect, text_rect(&list->items[j]));
                is_bad = is_bad || (both.w > 0.6F && both.h > 0.6F);
            }
        }
        if (is_bad) {
            print_error("%s: \"%.40s\" has no place of its own\n", where,
                        list->items[i].as.text.text);
            bad++;
        }
    }
    return bad;
}

/* Each step's title is whole; an open question's answer is there, and not in the real. */
static int check_teacher(const char *id, int step)
{
    const struct heed_lesson *lesson = heed_ui_get_running(real.ui);
    struct heed_list list = {0};
    int bad = 0;
    for (size_t i = 0; i < sizeof(desks) / sizeof(desks[0]); i++) {
        const struct heed_teacher_page page = {.width = desks[i].w,
                                               .height = desks[i].h,
                                               .elapsed = 3601,
                                               .hour = 23,
                                               .minute = 59,
                                               .notes = 18};
        struct heed_rect wall;
        bool blank = true;
        char where[120], title[4 * HEED_LESSON_HEADLINE];
        snprintf(where, sizeof(where), "%s step %d, teacher %g", id, step + 1, (double)page.width);
        heed_ui_build_teacher(real.ui, real_metrics(), &page, &list, &wall, &blank);
        assert_false(blank);
        assert_float_equal(wall.w / wall.h, real.list->width / real.list->height, 0.01);
        bad += check_page(&list, desks[i], wall, where);
        for (int k = 0; k < lesson->n_steps; k++) {
            heed_ui_lesson_plain(lesson->steps[k].headline, title, sizeof(title));
            if (count_texts(&list, title) == 0) {
                print_error("%s: \"%s\" isn't whole\n", where, title);
                bad++;
            }
        }
        assert_int_equal(count_texts(&list, "Answer: "), real.ui->lesson.asked);
        assert_int_equal(count_texts(real.list, "Answer: "), 0);
    }
    heed_list_finish(&list);
    return bad;
}

static int check_step(const struct screen *screen, const char *id, int step)
{
    int bad = check_teacher(id, step);
    if (real.ui->lesson.asked) {
        real_press('1', 0);
        real_press('2', 0);
        real_press('2', 0);
        take_picture(screen, id, step, "-asked");
        bad += check_fits(screen, id, step, " (asked)") + check_veil(screen, id, step);
        real_press(HEED_KEY_SPACE, 0);
    }
    assert_false(real.ui->lesson.asked);
    assert_int_equal(real.ui->lesson.step, step);
    bad += check_teacher(id, step);
    if (real.ui->lesson.lost[0] != '\0') {
        print_error("%s step %d: %s\n", id, step + 1, real.ui->lesson.lost);
        bad++;
    }
    take_picture(screen, id, step, "");
    return bad + check_points(screen, id, step) + check_fits(screen, id, step, "") +
           check_last_line(screen, id, step);
}

static int walk(const struct screen *screen, int index)
{
    const struct heed_lesson *lesson = &real.lessons.items[index];
    int bad = 0;
    set_screen(screen);
    real.ui->lesson.reached[index] = 0;
    heed_ui_start_lesson(real.ui, index + 1);
    real_answer();
    real_build();
    for (int step = 0; step < lesson->n_steps; step++) {
        bad += check_step(screen, lesson->id, step);
        real_press(HEED_KEY_PAGE_DOWN, 0);
    }
    assert_int_equal(real.ui->lesson.reached[index], lesson->n_steps);
    real_press(HEED_KEY_ESCAPE, 0);
    assert_null(heed_ui_get_lesson(real.ui));
    return bad;
}

static void every_step_of_every_lesson(void **context)
{
    const char *only = getenv("HEED_LESSON_ONLY");
    const char *screen = getenv("HEED_LESSON_SCREEN");
    int bad = 0;
    (void)context;
    for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
        if ((screen != NULL && strstr(screens[i].name, screen) == NULL) ||
            (getenv("HEED_TEST_QUICK") != NULL && i % 3 != 0)) {
            continue;
        }
        for (int j = 0; j < real.lessons.n; j++) {
            if (only == NULL || strcmp(only, real.lessons.items[j].id) == 0) {
                bad += walk(&screens[i], j);
            }
        }
    }
    assert_int_equal(bad, 0);
}

/* The widest words that a lesson may have as choices, as question and as answer. */
static void long_choices_are_whole(void **context)
{
    static const char *const words[][HEED_LESSON_CHOICES] = {
        {"commonwealths", "Massachusetts", "responsibilities", "communication"},
        {"commandment commonwealth", "as much as \xE2\x80\x9Cit\xE2\x80\x9D: 0.03",
         "communication bandwidths", "none of the other tokens"},
    };
    int bad = 0;
    (void)context;
    for (size_t set = 0; set < HEED_COUNT(words); set++) {
        for (int i = 0; i < real.lessons.n; i++) {
            for (int step = 0; step < real.lessons.items[i].n_steps; step++) {
                struct heed_lesson_ask *ask = &real.lessons.items[i].steps[step].ask;
                for (int k = 0; k < ask->n; k++) {
                    ask->choices[k] = words[set][k];
                }
            }
        }
        for (size_t i = 0; i < HEED_COUNT(screens); i++) {
            for (int j = 0; screens[i].theme == HEED_THEME_LIGHT && j < real.lessons.n; j++) {
                const bool four = strcmp(real.lessons.items[j].id, "softmax") == 0;
                const bool three = strcmp(real.lessons.items[j].id, "query") == 0;
                bad += four || three ? walk(&screens[i], j) : 0;
            }
        }
    }
    assert_int_equal(bad, 0);
}

/* What lies over the picture is read from the last row, too. */
static void pages_are_large_in_the_hall(void **context)
{
    static const struct {
        const char *name;
        int key, mods;
    } pages[] = {{"lessons", HEED_KEY_F1 + 3, 0},
                 {"examples", HEED_KEY_F1 + 1, 0},
                 {"keys", HEED_KEY_F1, 0},
                 {"glossary", HEED_KEY_F1, HEED_MOD_CTRL},
                 {"about", HEED_KEY_F1, HEED_MOD_SHIFT},
                 {"models", 'O', HEED_MOD_CTRL | HEED_MOD_SHIFT},
                 {"commands", 'K', HEED_MOD_CTRL},
                 {"open", 'O', HEED_MOD_CTRL}};
    int bad = 0;
    (void)context;
    for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
        set_screen(&screens[i]);
        for (size_t k = 0; screens[i].projector && k < sizeof(pages) / sizeof(pages[0]); k++) {
            real_press(pages[k].key, pages[k].mods);
            bad += check_type(&screens[i], pages[k].name);
            real_press(HEED_KEY_ESCAPE, 0);
        }
    }
    assert_int_equal(bad, 0);
}

/* The ring about the card in hand is whole: nothing of it is cut off. */
static void assert_ring_is_seen(void)
{
    const struct heed_rect canvas = real.ui->layout.canvas, card = real.ui->focus.rect;
    const float ring = 6 * heed_ui_scale(real.ui);
    assert_true(card.w > 0);
    assert_true(card.y - ring >= canvas.y && card.y + card.h + ring <= canvas.y + canvas.h);
}

static void arrows_go_from_card_to_card(void **context)
{
    const struct screen *screen = &screens[4];
    (void)context;
    set_screen(screen);
    real_press(HEED_KEY_F1 + 3, 0);
    assert_true(real.ui->lesson.page);
    for (int i = 0; i < real.lessons.n + 2; i++) {
        real_press(HEED_KEY_RIGHT, 0);
        assert_ring_is_seen();
    }
    assert_int_equal(real.ui->focus.target.b, real.lessons.n);
    real_press(HEED_KEY_LEFT, 0);
    assert_ring_is_seen();
    assert_int_equal(real.ui->focus.target.b, real.lessons.n - 1);
    real_press(HEED_KEY_ENTER, 0);
    assert_int_equal(real.ui->lesson.at, real.lessons.n - 2);
    real_press(HEED_KEY_ESCAPE, 0);
}

/* However little room there is: what the page offers is seen, and nothing lies over it. */
static void the_page_has_all_its_buttons(void **context)
{
    static const struct screen small[] = {{"desk-640", 640, 480, HEED_THEME_LIGHT, false},
                                          {"desk-1000", 1000, 700, HEED_THEME_LIGHT, false},
                                          {"hall-1024", 1024, 768, HEED_THEME_LIGHT, true},
                                          {"hall-1280", 1280, 720, HEED_THEME_LIGHT, true},
                                          {"hall-1920", 1920, 1080, HEED_THEME_LIGHT, true}};
    static const struct heed_target offers[] = {
        {.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_LESSON_ADD, .b = 0},
        {.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_LESSON_ADD, .b = 1},
        {.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_OPEN, .b = 0},
        {.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_LESSONS, .b = 0},
        {.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_EXAMPLES, .b = 0}};
    (void)context;
    for (size_t i = 0; i < HEED_COUNT(small); i++) {
        set_screen(&small[i]);
        real_press(HEED_KEY_F1 + 3, 0);
        const struct heed_rect page = real.ui->layout.page;
        for (size_t k = 0; k < HEED_COUNT(offers); k++) {
            bool found = false;
            for (size_t item = 0; item < real.list->n_items; item++) {
                const struct heed_rect rect = heed_item_bounds(&real.list->items[item]);
                const bool is_it =
                    memcmp(&real.list->items[item].target, &offers[k], sizeof(offers[k])) == 0;
                found = found || (is_it && rect.w > 0 && rect.y > page.y && rect.x >= 0 &&
                                  rect.x + rect.w <= small[i].width);
            }
            if (!found) {
                fail_msg("%s: command %d isn't offered", small[i].name, (int)offers[k].a);
            }
        }
        assert_int_equal(check_fits(&small[i], "page", 0, ""), 0);
        real_press(HEED_KEY_ESCAPE, 0);
    }
}

/* In the hall Compare's maps are a page of their own, and a step may begin there. */
static void down_goes_to_the_maps(void **context)
{
    (void)context;
    set_screen(&screens[4]);
    real.ui->lesson.reached[0] = 0;
    heed_ui_start_lesson(real.ui, 1);
    real_answer();
    real_build();
    assert_false(real.ui->second_page);
    real_press(HEED_KEY_DOWN, 0);
    assert_true(real.ui->second_page);
    assert_int_equal(real.ui->lesson.step, 0);
    real_press(HEED_KEY_UP, 0);
    assert_false(real.ui->second_page);
    real_press(HEED_KEY_RIGHT, 0);
    assert_int_equal(real.ui->lesson.step, 1);
    assert_true(real.ui->second_page);
    real_press(HEED_KEY_ESCAPE, 0);
    assert_false(real.ui->second_page);
}

/* The pair alone is within a step: Esc goes back to its picture, and the next step is whole. */
static void z_is_left_before_the_lesson(void **context)
{
    (void)context;
    set_screen(&screens[4]);
    for (int i = 0; i < real.lessons.n; i++) {
        if (strcmp(real.lessons.items[i].id, "it") == 0) {
            real.ui->lesson.reached[i] = 0;
            heed_ui_start_lesson(real.ui, i + 1);
        }
    }
    real_answer();
    real_build();
    real_press('Z', 0);
    assert_true(real.ui->pair_large);
    real_press(HEED_KEY_ESCAPE, 0);
    assert_false(real.ui->pair_large);
    assert_non_null(heed_ui_get_lesson(real.ui));
    real_press('Z', 0);
    real_press(HEED_KEY_PAGE_DOWN, 0);
    assert_false(real.ui->pair_large);
    assert_int_equal(real.ui->lesson.step, 1);
    real_press(HEED_KEY_PAGE_DOWN, 0); /* a question hides its weights: Z shows none */
    assert_true(real.ui->lesson.asked);
    real_press('Z', 0);
    assert_false(real.ui->pair_large);
    real_press(HEED_KEY_ESCAPE, 0);
    assert_null(heed_ui_get_lesson(real.ui));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_of_every_lesson),
        cmocka_unit_test(pages_are_large_in_the_hall),
        cmocka_unit_test(arrows_go_from_card_to_card),
        cmocka_unit_test(the_page_has_all_its_buttons),
        cmocka_unit_test(down_goes_to_the_maps),
        cmocka_unit_test(z_is_left_before_the_lesson),
        cmocka_unit_test(long_choices_are_whole), /* the last: it changes the lessons */
    };
    const char *model = getenv("HEED_TEST_MODEL");
    if (model == NULL || model[0] == '\0') {
        return 77;
    }
    return cmocka_run_group_tests_name("ui lessons_model", tests, real_open, real_close);
}
