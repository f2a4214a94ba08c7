/* Minimaps of long texts, and what is pinned coming into view. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scene/chrome/layout.h"
#include "scene/parts/minimap.h"
#include "window_rig.h"

/* 180 words, [CLS] and [SEP]. */
static void paste_long_text(struct window *window)
{
    char text[4096] = "";
    for (int i = 0; i < 180; i++) {
        strcat(text, "word ");
    }
    window_press(window, 'A', CTRL);
    window_paste(window, text, strlen(text));
    window_leave_field(window);
}

/* Where the minimap is; w 0: there is none. */
static struct heed_rect find_grip(const struct window *window)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && item->target.kind == HEED_TARGET_SCROLL &&
            (item->target.flags & HEED_MINIMAP_DOWN) != 0) {
            return item->as.hotspot;
        }
    }
    return (struct heed_rect){0};
}

static void press_grip(struct window *window, float x, float y)
{
    const struct heed_rect grip = find_grip(window);
    assert_true(grip.w > 0 && grip.h > 0);
    x = grip.x + x * grip.w;
    y = grip.y + y * grip.h;
    window_move_to(window, x, y);
    window_click_at(window, x, y, 1, 0);
}

/* The canvas holds the middle of what stands for a token. */
static bool sees(const struct window *window, enum heed_target_kind kind, int token)
{
    const struct heed_layout layout =
        heed_layout_compute(&(struct heed_layout_input){.width = 1600, .height = 1000, .scale = 1});
    const struct heed_rect canvas = layout.canvas;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const struct heed_rect r = window_item_rect(item);
        if (item->target.kind == kind && item->target.a == token && r.w > 0 &&
            r.x + r.w / 2 > canvas.x && r.x + r.w / 2 < canvas.x + canvas.w &&
            r.y + r.h / 2 > canvas.y && r.y + r.h / 2 < canvas.y + canvas.h) {
            return true;
        }
    }
    return false;
}

static void a_short_text_has_none(void **context)
{
    struct window *window = *context;
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        window_press(window, '1' + view, HEED_MOD_ALT);
        assert_true(find_grip(window).w == 0);
    }
}

static void long_texts_are_gone_through_by_it(void **context)
{
    struct window *window = *context;
    paste_long_text(window);
    for (int view = HEED_VIEW_LINKS; view <= HEED_VIEW_ARCS; view++) {
        window_press(window, '1' + view, 0);
        assert_false(sees(window, HEED_TARGET_QUERY, 170));
        press_grip(window, 0.5F, 0.97F);
        assert_true(sees(window, HEED_TARGET_QUERY, 170));
        press_grip(window, 0.5F, 0.03F);
        assert_false(sees(window, HEED_TARGET_QUERY, 170));
        assert_true(sees(window, HEED_TARGET_QUERY, 3));
    }
}

static void a_part_of_the_matrix_is_moved_both_ways(void **context)
{
    struct window *window = *context;
    paste_long_text(window);
    window_press(window, '3', 0);
    assert_true(find_grip(window).w == 0); /* all of it is seen */
    for (int i = 0; i < 8; i++) {
        window_press(window, '+', 0);
    }
    press_grip(window, 0.02F, 0.98F);
    assert_true(sees(window, HEED_TARGET_QUERY, 178));
    assert_true(sees(window, HEED_TARGET_KEY, 3));
    assert_false(sees(window, HEED_TARGET_QUERY, 3));
    assert_false(sees(window, HEED_TARGET_KEY, 178));
    press_grip(window, 0.98F, 0.02F);
    assert_true(sees(window, HEED_TARGET_QUERY, 3));
    assert_true(sees(window, HEED_TARGET_KEY, 178));
}

static void what_is_pinned_is_in_view_whatever_the_view(void **context)
{
    struct window *window = *context;
    paste_long_text(window);
    press_grip(window, 0.5F, 0.8F);
    window_click(window, token_target(HEED_TARGET_QUERY, 145), 1, 0);
    window_press(window, '2', 0);
    assert_true(sees(window, HEED_TARGET_QUERY, 145));
    window_press(window, '3', 0);
    for (int i = 0; i < 8; i++) {
        window_press(window, '+', 0);
    }
    assert_true(sees(window, HEED_TARGET_QUERY, 145));
    window_press(window, '1', 0);
    assert_true(sees(window, HEED_TARGET_QUERY, 145));
}

static void undo_comes_back_to_what_was_pinned(void **context)
{
    struct window *window = *context;
    paste_long_text(window);
    press_grip(window, 0.5F, 0.8F);
    window_click(window, token_target(HEED_TARGET_QUERY, 145), 1, 0);
    press_grip(window, 0.5F, 0.02F);
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    assert_false(sees(window, HEED_TARGET_QUERY, 145));
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->query.first, 145);
    assert_true(sees(window, HEED_TARGET_QUERY, 145));
}

static void a_link_is_gone_to_at_both_its_ends(void **context)
{
    struct window *window = *context;
    paste_long_text(window);
    press_grip(window, 0.5F, 0.8F);
    window_click(window, token_target(HEED_TARGET_QUERY, 145), 1, 0);
    window_press(window, '3', 0);
    for (int i = 0; i < 8; i++) {
        window_press(window, '+', 0);
    }
    for (int i = 0; i < 6; i++) {
        window_press(window, 'J', 0);
        const struct heed_pin key = window_state(window)->key;
        assert_int_equal(key.count, 1);
        assert_true(sees(window, HEED_TARGET_QUERY, 145));
        assert_true(sees(window, HEED_TARGET_KEY, key.first));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_short_text_has_none),
        IN_WINDOW(long_texts_are_gone_through_by_it),
        IN_WINDOW(a_part_of_the_matrix_is_moved_both_ways),
        IN_WINDOW(what_is_pinned_is_in_view_whatever_the_view),
        IN_WINDOW(undo_comes_back_to_what_was_pinned),
        IN_WINDOW(a_link_is_gone_to_at_both_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
