/* The Heads view by pointer and by keyboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene/widgets/target.h"
#include "window_rig.h"

static struct heed_target thumbnail(int layer, int head)
{
    struct heed_target target = head_target(layer, head);
    target.flags = HEED_TARGET_FLAG_THUMBNAIL;
    return target;
}

static struct window *open_heads(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '4', 0);
    assert_int_equal(window_state(window)->view, HEED_VIEW_HEADS);
    return window;
}

static void a_click_shows_a_head_and_another_hides_it(void **context)
{
    struct window *window = open_heads(context);
    assert_false(window_shows(window, 3, 1));
    window_click(window, thumbnail(3, 1), 1, 0);
    assert_true(window_shows(window, 3, 1));
    assert_int_equal(window_state(window)->view, HEED_VIEW_HEADS);
    window_click(window, thumbnail(3, 1), 1, 0);
    assert_false(window_shows(window, 3, 1));
}

static void a_double_click_opens_a_head_and_one_undo_closes_it(void **context)
{
    struct window *window = open_heads(context);
    const int before = window_state(window)->n_shown;
    window_click(window, thumbnail(2, 5), 1, 0);
    window_click(window, thumbnail(2, 5), 2, 0);
    const struct heed_state *state = window_state(window);
    assert_int_equal(state->view, HEED_VIEW_MATRIX);
    assert_int_equal(state->n_shown, 1);
    assert_true(window_shows(window, 2, 5));
    assert_int_equal(state->matrix_head.layer, 2);
    assert_int_equal(state->matrix_head.head, 5);
    window_press(window, 'Z', CTRL);
    state = window_state(window);
    assert_int_equal(state->view, HEED_VIEW_HEADS);
    assert_int_equal(state->n_shown, before);
    assert_false(window_shows(window, 2, 5));
}

static void a_shown_head_that_is_opened_keeps_its_color(void **context)
{
    struct window *window = open_heads(context);
    window_click(window, thumbnail(0, 2), 1, 0);
    window_click(window, thumbnail(0, 2), 2, 0);
    const struct heed_state *state = window_state(window);
    assert_int_equal(state->n_shown, 1);
    assert_int_equal(state->shown[0].color, 2);
}

static void arrows_go_over_the_heads_and_enter_toggles(void **context)
{
    struct window *window = open_heads(context);
    for (int i = 0; i < 4; i++) {
        window_press(window, HEED_KEY_DOWN, 0);
    }
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    const struct heed_state *state = window_state(window);
    assert_int_equal(state->n_shown, 4);
    const struct heed_head_id id = state->matrix_head;
    assert_true(id.layer >= 3 && id.head == 1);
    assert_true(window_shows(window, id.layer, id.head));
    window_press(window, 'E', 0);
    state = window_state(window);
    assert_int_equal(state->view, HEED_VIEW_MATRIX);
    assert_int_equal(state->n_shown, 1);
    assert_true(window_shows(window, id.layer, id.head));
}

static void every_head_can_be_reached_however_large(void **context)
{
    struct window *window = open_heads(context);
    for (int i = 0; i < 8; i++) {
        window_press(window, '+', 0);
    }
    for (int i = 0; i < 40; i++) {
        window_press(window, i < 20 ? HEED_KEY_DOWN : HEED_KEY_RIGHT, 0);
    }
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_shows(window, 5, 11));
    float x = 0, y = 0;
    assert_true(window_find(window, thumbnail(5, 11), &x, &y));
}

static void keys_and_menu_choose_look_and_order(void **context)
{
    struct window *window = open_heads(context);
    window_press(window, 'L', 0);
    assert_int_equal(window_state(window)->heads_mode, HEED_HEADS_LINKS);
    window_press(window, 'G', 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->heads_order, HEED_ORDER_LABEL);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->heads_order, HEED_ORDER_GRID);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->heads_mode, HEED_HEADS_HEATMAPS);
}

static void its_keys_do_nothing_in_another_view(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '1', 0);
    window_press(window, 'L', 0);
    window_press(window, 'G', 0);
    assert_int_equal(window_state(window)->heads_mode, HEED_HEADS_HEATMAPS);
    assert_int_equal(window_state(window)->heads_order, HEED_ORDER_GRID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_click_shows_a_head_and_another_hides_it),
        IN_WINDOW(a_double_click_opens_a_head_and_one_undo_closes_it),
        IN_WINDOW(a_shown_head_that_is_opened_keeps_its_color),
        IN_WINDOW(arrows_go_over_the_heads_and_enter_toggles),
        IN_WINDOW(every_head_can_be_reached_however_large),
        IN_WINDOW(keys_and_menu_choose_look_and_order),
        IN_WINDOW(its_keys_do_nothing_in_another_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
