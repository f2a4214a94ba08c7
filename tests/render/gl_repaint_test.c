/* What is repainted in parts is what is painted whole, to the pixel, whatever
 * a person does; and no more is painted or sent to OpenGL than has changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/theme.h"
#include "pictures.h"
#include "render/gl/gl_offscreen.h"
#include "render/gl/gl_painter.h"
#include "render/record/record.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "window_rig.h"

enum { WIDTH = 1100, HEIGHT = 800, STEPS = 400 };

struct fixture {
    struct window *window;
    struct heed_gl_offscreen *offscreen;
    struct heed_gl_painter *kept;  /* repaints */
    struct heed_gl_painter *fresh; /* paints the same anew */
    int width, height;
    uint64_t random;
    uint8_t parts[HEIGHT][WIDTH][4], whole[HEIGHT][WIDTH][4];
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct heed_error err = {0};
    void *window = NULL;
    fixture = (struct fixture){.width = WIDTH, .height = HEIGHT, .random = 2026};
    *state = &fixture;
    if (!heed_gl_offscreen_create(&fixture.offscreen, WIDTH, HEIGHT, &err) ||
        !heed_gl_painter_create(&fixture.kept, &err) ||
        !heed_gl_painter_create(&fixture.fresh, &err) || window_open(&window) != 0) {
        fprintf(stderr, "%s\n", err.text);
        return -1;
    }
    fixture.window = window;
    heed_ui_resize(fixture.window->ui, WIDTH, HEIGHT, 1);
    window_build(fixture.window);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    void *window = fixture->window;
    heed_gl_painter_destroy(fixture->kept);
    heed_gl_painter_destroy(fixture->fresh);
    heed_gl_offscreen_destroy(fixture->offscreen);
    return window_close(&window);
}

static uint32_t roll(struct fixture *fixture, uint32_t n)
{
    fixture->random =
        fixture->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(fixture->random >> 33) % n;
}

static void repaint(struct fixture *fixture, const struct heed_list *list)
{
    struct heed_error err = {0};
    if (!heed_gl_painter_repaint(fixture->kept, list, fixture->width, fixture->height, &err)) {
        fail_msg("%s", err.text);
    }
}

/* By more than rounding: turned letters lie elsewhere in the other painter's
 * atlas, and their texels are interpolated from there. */
static bool differ(const uint8_t a[4], const uint8_t b[4])
{
    bool any = false;
    for (int c = 0; c < 4; c++) {
        any = any || abs(a[c] - b[c]) > 1;
    }
    return any;
}

/* Repaints, then paints anew, and compares; the framebuffer holds it then. */
static void check(struct fixture *fixture, const struct heed_list *list, int step, const char *what)
{
    struct heed_error err = {0};
    repaint(fixture, list);
    assert_true(heed_gl_offscreen_read(fixture->offscreen, &fixture->parts[0][0][0], &err));
    if (!heed_gl_painter_paint(fixture->fresh, list, fixture->width, fixture->height, &err)) {
        fail_msg("%s", err.text);
    }
    assert_true(heed_gl_offscreen_read(fixture->offscreen, &fixture->whole[0][0][0], &err));
    if (memcmp(fixture->parts, fixture->whole, sizeof fixture->parts) == 0) {
        return;
    }
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            const uint8_t *a = fixture->parts[y][x], *b = fixture->whole[y][x];
            if (differ(a, b)) {
                fail_msg("step %d (%s): pixel %d, %d is %d %d %d, painted "
                         "anew %d %d %d",
                         step, what, x, y, a[0], a[1], a[2], b[0], b[1], b[2]);
            }
        }
    }
}

static void resize(struct fixture *fixture)
{
    static const struct {
        int width, height;
        float ratio;
    } sizes[] = {{WIDTH, HEIGHT, 1}, {900, 700, 1}, {WIDTH, 780, 1.5f}, {640, 480, 1}};
    const uint32_t i = roll(fixture, HEED_COUNT(sizes));
    fixture->width = sizes[i].width;
    fixture->height = sizes[i].height;
    heed_ui_resize(fixture->window->ui, (float)fixture->width, (float)fixture->height,
                   sizes[i].ratio);
    window_build(fixture->window);
}

static void change_state(struct fixture *fixture)
{
    struct heed_state state;
    assert_true(heed_state_copy(&state, window_state(fixture->window), NULL));
    switch (roll(fixture, 4)) {
    case 0:
        state.theme = (enum heed_theme_id)roll(fixture, 3);
        break;
    case 1:
        state.palette = (enum heed_palette_id)roll(fixture, HEED_N_PALETTES);
        break;
    case 2:
        state.filter.threshold = (float)roll(fixture, 30) * 0.01f;
        break;
    default:
        state.ui_scale = 0.75f + (float)roll(fixture, 4) * 0.25f;
        break;
    }
    assert_true(heed_ui_set_state(fixture->window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_answer(fixture->window);
    window_build(fixture->window);
}

static void press_something(struct fixture *fixture)
{
    static const struct {
        int key, mods;
    } keys[] = {{HEED_KEY_ESCAPE, 0},
                {'K', HEED_MOD_CTRL},
                {HEED_KEY_TAB, 0},
                {HEED_KEY_DOWN, 0},
                {HEED_KEY_UP, 0},
                {HEED_KEY_RIGHT, 0},
                {HEED_KEY_ENTER, 0},
                {'Z', HEED_MOD_CTRL},
                {HEED_KEY_F1, 0},
                {'I', 0},
                {HEED_KEY_PAGE_DOWN, 0},
                {HEED_KEY_BACKSPACE, 0},
                {HEED_KEY_HOME, HEED_MOD_SHIFT}};
    const uint32_t i = roll(fixture, HEED_COUNT(keys));
    window_press(fixture->window, keys[i].key, keys[i].mods);
}

static const char *act(struct fixture *fixture)
{
    static const char *const texts[] = {"a", " it", "\xE2\x80\x99s", "\xE4\xBD\xA0",
                                        "\xF0\x9F\x98\x80"};
    struct window *window = fixture->window;
    const float x = (float)roll(fixture, (uint32_t)fixture->width);
    const float y = (float)roll(fixture, (uint32_t)fixture->height);
    struct heed_event event = {.kind = HEED_EVENT_WHEEL, .x = x, .y = y};
    switch (roll(fixture, 13)) {
    case 0:
        window_type(window, texts[roll(fixture, HEED_COUNT(texts))]);
        return "typed";
    case 1:
        window_press(window, '1' + (int)roll(fixture, 7), HEED_MOD_ALT);
        return "view";
    case 2:
        window_click_at(window, x, y, 1, 0);
        return "click";
    case 3:
        event.wheel_y = roll(fixture, 2) ? 2.0f : -2.0f;
        event.mods = roll(fixture, 3) == 0 ? HEED_MOD_CTRL : 0;
        window_send(window, event);
        return "wheel";
    case 4:
        change_state(fixture);
        return "state";
    case 5:
        press_something(fixture);
        return "key";
    case 6:
        event.kind = HEED_EVENT_POINTER_DOWN;
        event.button = 3;
        event.clicks = 1;
        window_send(window, event);
        return "right click";
    case 7:
        window->time += 1.3; /* a tooltip, a blink */
        window_build(window);
        return "time";
    case 8:
        heed_gl_painter_rest(fixture->kept);
        return "rest";
    case 9:
        if (roll(fixture, 4) == 0) {
            resize(fixture);
            return "size";
        }
        break;
    default:
        break;
    }
    window_move_to(window, x, y);
    return "hover";
}

static void repainted_parts_make_the_whole_picture(void **state)
{
    struct fixture *fixture = *state;
    check(fixture, fixture->window->list, -1, "start");
    const uint64_t before = heed_gl_painter_get_work(fixture->kept).pixels;
    uint64_t whole = 0;
    for (int i = 0; i < STEPS; i++) {
        const char *what = act(fixture);
        check(fixture, fixture->window->list, i, what);
        whole += (uint64_t)fixture->width * (uint64_t)fixture->height;
    }
    const uint64_t painted = heed_gl_painter_get_work(fixture->kept).pixels - before;
    assert_in_range(painted, 1, whole / 2);
}

/* Every kind of item, in front of and behind others, in a picture that goes
 * from one of the table's to the next. */
static void pictures_that_follow_each_other_leave_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    size_t n = 0;
    const struct picture *table = pictures_get(&n);
    struct heed_list list = {0};
    for (int i = 0; i < 4 * (int)n; i++) {
        const struct picture *picture = &table[roll(fixture, (uint32_t)n)];
        picture_draw(picture, &list);
        list.background = (struct heed_color){1, 1, 1, 1};
        check(fixture, &list, i, picture->name);
    }
    heed_list_finish(&list);
}

static void shapes_that_change_their_order_are_repainted(void **state)
{
    struct fixture *fixture = *state;
    static const struct heed_item_rect rects[] = {
        {.rect = {10, 10, 50, 50}, .fill = {1, 0, 0, 1}},
        {.rect = {30, 30, 50, 50}, .fill = {0, 0, 1, 0.5f}},
        {.rect = {200, 30, 50, 50}, .fill = {0, 1, 0, 1}}};
    struct heed_list list = {.width = WIDTH, .height = HEIGHT, .background = {1, 1, 1, 1}};
    for (int i = 0; i < 9; i++) {
        heed_list_clear(&list);
        heed_list_rect(&list, rects[i % 3]);
        heed_list_rect(&list, rects[(i * i) % 3]);
        heed_list_rect(&list, rects[(i + 1) % 3]);
        check(fixture, &list, i, "order");
    }
    heed_list_finish(&list);
}

/* Settles on the window's picture; returns what has been done so far. */
static struct heed_gl_work settle(struct fixture *fixture, enum heed_view view)
{
    window_press(fixture->window, '1' + (int)view, HEED_MOD_ALT);
    window_move_to(fixture->window, 1, 1);
    repaint(fixture, fixture->window->list);
    return heed_gl_painter_get_work(fixture->kept);
}

static void nothing_changed_nothing_painted(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_gl_work before = settle(fixture, HEED_VIEW_LINKS);
    window_build(fixture->window);
    repaint(fixture, fixture->window->list);
    const struct heed_gl_work after = heed_gl_painter_get_work(fixture->kept);
    assert_memory_equal(&before, &after, sizeof before);
}

static void caret_s_blink_paints_the_caret(void **state)
{
    struct fixture *fixture = *state;
    settle(fixture, HEED_VIEW_LINKS);
    window_press(fixture->window, HEED_KEY_HOME, 0);
    repaint(fixture, fixture->window->list);
    const struct heed_gl_work before = heed_gl_painter_get_work(fixture->kept);
    fixture->window->time += 0.6;
    window_build(fixture->window);
    repaint(fixture, fixture->window->list);
    const uint64_t pixels = heed_gl_painter_get_work(fixture->kept).pixels - before.pixels;
    assert_in_range(pixels, 1, 1000);
}

/* Hovers all over the canvas, twice: what the first time showed is kept. */
static void hover_sends_nothing(void **state)
{
    static const enum heed_view views[] = {HEED_VIEW_LINKS, HEED_VIEW_ARCS, HEED_VIEW_MATRIX};
    struct fixture *fixture = *state;
    for (size_t v = 0; v < HEED_COUNT(views); v++) {
        struct heed_gl_work before = settle(fixture, views[v]);
        for (int i = 0; i < 40; i++) {
            window_move_to(fixture->window, 270.0f + (float)(i % 20) * 40.0f,
                           180.0f + (float)(i % 13) * 40.0f);
            repaint(fixture, fixture->window->list);
            if (i == 19) {
                before = heed_gl_painter_get_work(fixture->kept);
            }
        }
        const struct heed_gl_work after = heed_gl_painter_get_work(fixture->kept);
        assert_int_equal(after.heatmap_bytes, before.heatmap_bytes);
        assert_int_equal(after.group_bytes, before.group_bytes);
    }
}

/* What the framebuffer holds is known after a rest; what is kept beside it isn't. */
static void a_rest_paints_nothing(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_gl_work before = settle(fixture, HEED_VIEW_MATRIX);
    heed_gl_painter_rest(fixture->kept);
    window_build(fixture->window);
    repaint(fixture, fixture->window->list);
    struct heed_gl_work after = heed_gl_painter_get_work(fixture->kept);
    assert_memory_equal(&before, &after, sizeof before);
    heed_gl_painter_forget(fixture->kept);
    repaint(fixture, fixture->window->list);
    after = heed_gl_painter_get_work(fixture->kept);
    assert_true(after.heatmap_bytes > before.heatmap_bytes);
}

/* Groups of long strokes: each is a target that takes a while to be painted. */
static void draw_groups(struct heed_list *list, int n_strokes)
{
    static const struct heed_stroke stroke = {.width = 40, .color = {1, 0, 0, 0.1f}};
    heed_list_clear(list);
    for (int group = 0; group < 12; group++) {
        heed_list_group(list,
                        (struct heed_item_group){.opacity = 0.5f, .bounds = {0, 0, WIDTH, HEIGHT}});
        for (int i = 0; i < n_strokes; i++) {
            const float y = (float)(i * 8);
            heed_list_cubic(list,
                            (struct heed_item_cubic){0, y, 400, 0, 700, HEIGHT, WIDTH, y, stroke});
        }
        heed_list_ungroup(list);
    }
}

/* Bytes in use when this and then nothing was painted. */
static size_t used_after(struct fixture *fixture, struct heed_list *list)
{
    repaint(fixture, list);
    heed_list_clear(list);
    repaint(fixture, list);
    assert_true(heed_gl_offscreen_read(fixture->offscreen, &fixture->parts[0][0][0],
                                       &(struct heed_error){0}));
    heed_gl_painter_rest(fixture->kept);
    return mallinfo2().uordblks;
}

static void many_targets_leave_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list list = {.width = WIDTH, .height = HEIGHT, .background = {1, 1, 1, 1}};
    draw_groups(&list, 1);
    const size_t before = used_after(fixture, &list);
    draw_groups(&list, 100);
    const size_t after = used_after(fixture, &list);
    assert_true(after < before + (4U << 20));
    heed_list_finish(&list);
}

/* Another palette is another colour a cell, of what is seen: no more. */
static void palette_sends_the_colours_of_the_cells(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_gl_work before = settle(fixture, HEED_VIEW_MATRIX);
    struct heed_state changed;
    assert_true(heed_state_copy(&changed, window_state(fixture->window), NULL));
    changed.palette = HEED_PALETTE_VIRIDIS;
    assert_true(heed_ui_set_state(fixture->window->ui, &changed, true, NULL));
    heed_state_finish(&changed);
    window_build(fixture->window);
    uint64_t cells = 0;
    for (size_t i = 0; i < fixture->window->list->n_items; i++) {
        const struct heed_item *item = &fixture->window->list->items[i];
        if (item->kind == HEED_ITEM_HEATMAP) {
            cells += (uint64_t)item->as.heatmap.rows * (uint64_t)item->as.heatmap.columns;
        }
    }
    repaint(fixture, fixture->window->list);
    const struct heed_gl_work after = heed_gl_painter_get_work(fixture->kept);
    assert_in_range(after.heatmap_bytes - before.heatmap_bytes, 1, 4 * cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(repainted_parts_make_the_whole_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_that_follow_each_other_leave_nothing_behind,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(shapes_that_change_their_order_are_repainted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_changed_nothing_painted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(caret_s_blink_paints_the_caret, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hover_sends_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rest_paints_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_targets_leave_nothing_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(palette_sends_the_colours_of_the_cells, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
