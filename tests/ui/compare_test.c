/* Compare's second text, and muted heads, by keys and clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_result.h"
#include "scene/widgets/target.h"
#include "state/interventions.h"
#include "ui/ui.h"
#include "window_rig.h"

static const char tired[] = "The animal didn't cross the street because it was too tired.";
static const char wide[] = "The animal didn't cross the street because it was too wide.";

static void open_compare(struct window *window)
{
    window_leave_field(window);
    window_press(window, '7', 0);
}

static void opening_compare_asks_for_the_other_text(void **context)
{
    struct window *window = *context;
    const uint64_t before = window->generation;
    open_compare(window);
    assert_int_equal(window_state(window)->view, HEED_VIEW_COMPARE);
    assert_string_equal(window_state(window)->compare, wide);
    assert_null(window_state(window)->pair);
    assert_true(window->generation > before);
    const struct heed_job job = heed_ui_get_job(window->ui, 1000);
    assert_string_equal(job.compare, wide);
    window_press(window, '1', 0);
    assert_null(heed_ui_get_job(window->ui, 1001).compare);
}

static void the_second_field_is_b_and_a_pair_stays_a_pair(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'P', CTRL);
    window_type(window, "a pair");
    open_compare(window);
    const struct heed_target field = {.kind = HEED_TARGET_TEXT_FIELD, .a = 1};
    window_click(window, field, 1, 0);
    window_press(window, 'A', CTRL);
    window_type(window, "B it is");
    assert_string_equal(window_state(window)->compare, "B it is");
    assert_non_null(strstr(window_state(window)->pair, "pair"));
    assert_string_equal(window_state(window)->text, tired);
    window_leave_field(window);
    window_press(window, 'P', CTRL); /* has no place here */
    assert_non_null(strstr(window_state(window)->pair, "pair"));
    window_press(window, '1', 0);
    window_click(window, field, 1, 0);
    window_type(window, "!");
    assert_string_equal(window_state(window)->compare, "B it is");
    assert_non_null(strchr(window_state(window)->pair, '!'));
}

static void texts_are_swapped_and_copied_in_one_step(void **context)
{
    struct window *window = *context;
    open_compare(window);
    window_click(window, command_target(HEED_COMMAND_SWAP, 0), 1, 0);
    assert_string_equal(window_state(window)->text, wide);
    assert_string_equal(window_state(window)->compare, tired);
    window_click(window, command_target(HEED_COMMAND_COPY_A, 0), 1, 0);
    assert_string_equal(window_state(window)->compare, wide);
    window_press(window, 'Z', CTRL);
    window_press(window, 'Z', CTRL);
    assert_string_equal(window_state(window)->text, tired);
    assert_string_equal(window_state(window)->compare, wide);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->view, HEED_VIEW_LINKS);
    assert_null(window_state(window)->compare);
}

static void a_muted_head_is_run_without_and_listed(void **context)
{
    struct window *window = *context;
    const struct heed_head_id id = {3, 1};
    float x = 0, y = 0;
    window_leave_field(window);
    assert_true(window_find(window, head_target(3, 1), &x, &y));
    window_move_to(window, x, y);
    const uint64_t before = window->generation;
    window_press(window, 'M', CTRL);
    assert_true(heed_state_mutes(window_state(window), id));
    assert_true(window->generation > before);
    const struct heed_job job = heed_ui_get_job(window->ui, 1000);
    assert_int_equal(job.n_muted, 1);
    assert_int_equal(job.muted[0].layer, 3);
    assert_true(window_says(window, "L3H1 muted"));
    window_press(window, 'Z', CTRL);
    assert_false(heed_state_mutes(window_state(window), id));
    window_press(window, 'Y', CTRL);
    struct heed_target chip = command_target(HEED_COMMAND_PUT_BACK, 1);
    chip.flags = HEED_TARGET_FLAG_UNDO;
    window_click(window, chip, 1, 0);
    assert_int_equal(window_state(window)->n_muted, 0);
}

static void a_heads_menu_mutes_it(void **context)
{
    struct window *window = *context;
    struct heed_target row = command_target(HEED_COMMAND_MUTE, (4 << 16 | 2) + 1);
    row.flags = 0x100;
    window_right_click(window, head_target(4, 2));
    assert_true(window_says(window, "Mute L4H2: its output is zero"));
    window_click(window, row, 1, 0);
    assert_int_equal(window_state(window)->n_muted, 1);
    window_right_click(window, head_target(4, 2));
    assert_true(window_says(window, "Switch L4H2 on again"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(opening_compare_asks_for_the_other_text),
        IN_WINDOW(the_second_field_is_b_and_a_pair_stays_a_pair),
        IN_WINDOW(texts_are_swapped_and_copied_in_one_step),
        IN_WINDOW(a_muted_head_is_run_without_and_listed),
        IN_WINDOW(a_heads_menu_mutes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
