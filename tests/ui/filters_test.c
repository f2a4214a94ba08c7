/* What is applied is said in words, and each of it is undone by one click or
 * key. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scene/chrome/chrome.h"
#include "scene/widgets/target.h"
#include "ui/ui.h"
#include "window_rig.h"

static struct heed_target undo(enum heed_command command, int argument)
{
    struct heed_target target = command_target(command, argument);
    target.flags = HEED_TARGET_FLAG_UNDO;
    return target;
}

static const struct heed_filter *filter_of(const struct window *window)
{
    return &window_state(window)->filter;
}

static void apply_all(struct window *window)
{
    window_leave_field(window);
    window_press(window, 'S', 0);
    window_press(window, 'P', 0);
    window_press(window, 'R', 0);
    window_press(window, 'W', 0);
    window_press(window, ',', SHIFT);
    window_press(window, '[', SHIFT);
}

static void every_filter_is_said_and_undone_by_a_click(void **context)
{
    struct window *window = *context;
    heed_ui_resize(window->ui, 2600, 1000, 1);
    apply_all(window);
    assert_int_equal(filter_of(window)->top_k, HEED_MOST_TOP_K);
    assert_true(window_says(window, "20 largest of each row"));
    assert_true(window_says(window, "top 95 % of each row"));
    window_click(window, undo(HEED_COMMAND_HIDE_SPECIAL, 0), 1, 0);
    assert_false(filter_of(window)->hide_special);
    window_click(window, undo(HEED_COMMAND_HIDE_PUNCTUATION, 0), 1, 0);
    assert_false(filter_of(window)->hide_punctuation);
    window_click(window, undo(HEED_COMMAND_RENORMALISE, 0), 1, 0);
    assert_false(filter_of(window)->renormalise);
    window_click(window, undo(HEED_COMMAND_WORDS, 0), 1, 0);
    assert_false(filter_of(window)->words);
    window_click(window, undo(HEED_COMMAND_TOP_K, 0), 1, 0);
    assert_int_equal(filter_of(window)->top_k, 0);
    window_click(window, undo(HEED_COMMAND_KEEP_ALL, 0), 1, 0);
    assert_float_equal(filter_of(window)->top_p, 1, 0);
    window_click(window, undo(HEED_COMMAND_NO_THRESHOLD, 0), 1, 0);
    assert_float_equal(filter_of(window)->threshold, 0, 0);
    assert_true(window_says(window, "Nothing hidden"));
}

static void what_does_not_fit_is_counted_and_lies_in_a_menu(void **context)
{
    struct window *window = *context;
    heed_ui_resize(window->ui, 640, 480, 1);
    apply_all(window);
    assert_true(window_says(window, " more"));
    window_click(window, command_target(HEED_COMMAND_PROVISOS, 0), 1, 0);
    assert_true(window_says(window, "word pieces merged"));
    struct heed_target row = command_target(HEED_COMMAND_WORDS, 0);
    row.flags = 0x100;
    window_click(window, row, 1, 0);
    assert_false(filter_of(window)->words);
}

static void the_keyboard_undoes_one_filter_by_its_menu(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'S', 0);
    window_press(window, 'U', 0);
    assert_true(window_says(window, "Applied now"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_false(filter_of(window)->hide_special);
}

static void the_keyboard_reaches_the_words_themselves(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'S', 0);
    /* From the text the other way round the status bar comes first. */
    window_press(window, '/', 0);
    window_press(window, HEED_KEY_TAB, SHIFT);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_false(filter_of(window)->hide_special);
}

static void fewer_and_more_links_of_each_row(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '.', SHIFT);
    assert_int_equal(filter_of(window)->top_k, 0);
    window_press(window, ',', SHIFT);
    assert_int_equal(filter_of(window)->top_k, 20);
    window_press(window, ',', SHIFT);
    assert_int_equal(filter_of(window)->top_k, 19);
    for (int i = 0; i < 30; i++) {
        window_press(window, ',', SHIFT);
    }
    assert_int_equal(filter_of(window)->top_k, 1);
    for (int i = 0; i < 30; i++) {
        window_press(window, '.', SHIFT);
    }
    assert_int_equal(filter_of(window)->top_k, 0);
}

static void a_slider_says_what_it_is_for(void **context)
{
    struct window *window = *context;
    float x = 0;
    float y = 0;
    const struct heed_target slider = {.kind = HEED_TARGET_SLIDER, .a = HEED_SLIDER_TOP_K};
    assert_true(window_find(window, slider, &x, &y));
    window_move_to(window, x, y);
    window->time += 1;
    window_build(window);
    assert_true(window_says(window, "So many of the largest weights of each row"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(every_filter_is_said_and_undone_by_a_click),
        IN_WINDOW(what_does_not_fit_is_counted_and_lies_in_a_menu),
        IN_WINDOW(the_keyboard_undoes_one_filter_by_its_menu),
        IN_WINDOW(the_keyboard_reaches_the_words_themselves),
        IN_WINDOW(fewer_and_more_links_of_each_row),
        IN_WINDOW(a_slider_says_what_it_is_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
