/* The page of settings: reached by a key and a control, its rows set the state at once, the
 * page stays, and each change is undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ui/ui.h"
#include "window_rig.h"

static struct heed_target row(enum heed_command command, int argument)
{
    struct heed_target target = command_target(command, argument);
    target.flags = 0x100;
    return target;
}

static void the_page_stays_while_its_rows_are_set(void **context)
{
    struct window *window = *context;
    window_press(window, ',', HEED_MOD_CTRL);
    assert_true(window_says(window, "Settings"));
    window_click(window, row(HEED_COMMAND_THEME, HEED_THEME_DARK + 1), 1, 0);
    assert_int_equal(window_state(window)->theme, HEED_THEME_DARK);
    window_click(window, row(HEED_COMMAND_PALETTE, HEED_PALETTE_INK + 1), 1, 0);
    assert_int_equal(window_state(window)->palette, HEED_PALETTE_INK);
    window_click(window, row(HEED_COMMAND_MOTION, 2), 1, 0);
    assert_true(window_state(window)->reduced_motion);
    window_click(window, row(HEED_COMMAND_SCALE_DOWN, 0), 1, 0);
    assert_true(window_state(window)->ui_scale < 1);
    assert_true(window_says(window, "Settings"));
    for (int i = 0; i < 4; i++) {
        window_press(window, 'Z', HEED_MOD_CTRL);
    }
    assert_int_equal(window_state(window)->theme, HEED_THEME_LIGHT);
    assert_false(window_state(window)->reduced_motion);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, "Kept for the next time"));
}

static void its_control_and_its_keys_do_the_same(void **context)
{
    struct window *window = *context;
    window_click(window, command_target(HEED_COMMAND_SETTINGS, 0), 1, 0);
    assert_true(window_says(window, "Kept for the next time"));
    /* The close button, the theme, then the next of it. */
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    const struct heed_state *state = window_state(window);
    assert_true(state->theme != HEED_THEME_LIGHT || state->palette != HEED_PALETTE_TIDE);
    window_press(window, ',', HEED_MOD_CTRL);
    assert_false(window_says(window, "Kept for the next time"));
}

static void the_model_row_opens_the_chooser(void **context)
{
    struct window *window = *context;
    window_press(window, ',', HEED_MOD_CTRL);
    window_click(window, row(HEED_COMMAND_MODELS, 0), 1, 0);
    assert_true(window_says(window, "Open model"));
}

/* By the desktop's wish, or by one's own. */
static void the_page_says_what_the_desktop_asks_for(void **context)
{
    struct window *window = *context;
    assert_true(heed_ui_set_stillness(window->ui, true));
    assert_false(heed_ui_set_stillness(window->ui, true));
    window_press(window, ',', HEED_MOD_CTRL);
    assert_true(window_says(window, "The desktop asks for none."));
}

/* What follows the hand or other words is there at once; nothing moves by itself. */
static void each_kind_of_change_has_its_time(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_build(window);
    window_build(window);
    assert_true(window->built.fade < 0);
    window_press(window, '2', 0);
    assert_float_equal(window->built.fade, 0.12, 0);
    window_press(window, '1', 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    assert_float_equal(window->built.fade, 0.14, 0);
    window_press(window, 'S', 0);
    assert_float_equal(window->built.fade, 0.14, 0);
    float x = 0, y = 0;
    assert_true(window_find(window, token_target(HEED_TARGET_QUERY, 5), &x, &y));
    window_move_to(window, x, y);
    assert_float_equal(window->built.fade, 0.08, 0);
    window_type(window, "x");
    window_press(window, '/', 0);
    window_type(window, "x");
    assert_float_equal(window->built.fade, 0, 0);
    window_leave_field(window);
    window_press(window, '2', 0);
    assert_true(window->built.fade > 0);
    assert_true(heed_ui_set_stillness(window->ui, true));
    window_press(window, '1', 0);
    assert_float_equal(window->built.fade, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(the_page_stays_while_its_rows_are_set),
        IN_WINDOW(its_control_and_its_keys_do_the_same),
        IN_WINDOW(the_model_row_opens_the_chooser),
        IN_WINDOW(each_kind_of_change_has_its_time),
        IN_WINDOW(the_page_says_what_the_desktop_asks_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
