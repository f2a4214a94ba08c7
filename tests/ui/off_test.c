/* Cutting links and scaling heads by keys, menus and the strip. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_result.h"
#include "scene/widgets/widgets.h"
#include "state/interventions.h"
#include "ui/ui.h"
#include "window_rig.h"

static struct heed_target popover_row(enum heed_command command, int argument)
{
    struct heed_target row = command_target(command, argument);
    row.flags = 0x100;
    return row;
}

static int head_argument(int layer, int head)
{
    return (layer << 16 | head) + 1;
}

static void start(struct window *window, const char *text)
{
    window_press(window, 'A', CTRL);
    window_type(window, text);
    window_leave_field(window);
}

static void the_pinned_link_is_cut_in_the_shown_heads_and_put_back(void **context)
{
    struct window *window = *context;
    start(window, "a dog saw it");
    window_pin_pair(window, 4, 2);
    const uint64_t before = window->generation;
    window_press(window, 'X', CTRL);
    const struct heed_state *state = window_state(window);
    assert_int_equal(state->n_cuts, 3); /* L0H0 to L0H2 are shown */
    assert_int_equal(state->cuts[1].head.head, 1);
    assert_int_equal(state->cuts[1].query.first, 4);
    assert_int_equal(state->cuts[1].key.first, 2);
    assert_true(window->generation > before);
    const struct heed_job job = heed_ui_get_job(window->ui, 1000);
    assert_int_equal(job.n_cuts, 3);
    assert_null(job.cuts_of);
    assert_true(window_says(window, "it \xE2\x86\x92 dog cut in 3 heads"));
    assert_true(window_says(window, "the rest of its row is renormalised"));
    window_press(window, 'X', CTRL);
    assert_int_equal(window_state(window)->n_cuts, 0);
    assert_false(window_says(window, "Not as trained"));
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_cuts, 3);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_cuts, 0);
    window_press(window, 'Y', CTRL);
    assert_int_equal(window_state(window)->n_cuts, 3);
}

static void matrix_cuts_in_its_one_head(void **context)
{
    struct window *window = *context;
    start(window, "a dog saw it");
    window_pin_pair(window, 4, 2);
    window_press(window, '3', 0);
    window_press(window, '.', 0);
    window_press(window, 'X', CTRL);
    const struct heed_state *state = window_state(window);
    assert_int_equal(state->n_cuts, 1);
    assert_int_equal(state->cuts[0].head.head, state->matrix_head.head);
    window_press(window, 'X', CTRL | SHIFT);
    state = window_state(window);
    assert_int_equal(state->n_cuts, 1); /* that takes the other's place */
    assert_true(heed_cut_is_everywhere(&state->cuts[0]));
    window_press(window, 'X', CTRL);
    assert_true(window_says(window, "is cut in every head"));
    assert_int_equal(window_state(window)->n_cuts, 1);
}

static void a_links_menu_says_where_it_cuts(void **context)
{
    struct window *window = *context;
    start(window, "a dog saw it");
    window_pin_pair(window, 4, 2);
    window_press(window, HEED_KEY_MENU, 0);
    assert_true(window_says(window, "Cut it in the 3 shown heads"));
    assert_true(window_says(window, "Cut it in every head"));
    window_click(window, popover_row(HEED_COMMAND_CUT, HEED_CUT_EVERY), 1, 0);
    assert_int_equal(window_state(window)->n_cuts, 1);
    window_move_to(window, 5, 5);
    window_press(window, HEED_KEY_MENU, 0);
    assert_false(window_says(window, "Cut it in"));
    window_click(window, popover_row(HEED_COMMAND_CUT, HEED_CUT_EVERY), 1, 0);
    assert_int_equal(window_state(window)->n_cuts, 0);
    window_move_to(window, 5, 5);
    window_press(window, '3', 0);
    window_press(window, HEED_KEY_MENU, 0);
    assert_true(window_says(window, "Cut it in L0H0"));
}

static void a_row_keeps_its_last_link(void **context)
{
    struct window *window = *context;
    start(window, "it");
    for (int key = 0; key < 2; key++) {
        window_pin_pair(window, 1, key);
        window_press(window, 'X', CTRL | SHIFT);
    }
    window_pin_pair(window, 1, 2);
    window_press(window, 'X', CTRL);
    assert_int_equal(window_state(window)->n_cuts, 2);
    assert_true(window_says(window, "nothing left to attend to"));
    window_press(window, 'X', CTRL | SHIFT);
    assert_int_equal(window_state(window)->n_cuts, 2);
}

static void cuts_need_a_pair(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'X', CTRL);
    assert_true(window_says(window, "pin or point at a pair"));
    assert_int_equal(window_state(window)->n_cuts, 0);
}

static void a_cut_follows_its_tokens_while_typing(void **context)
{
    struct window *window = *context;
    start(window, "a dog saw it");
    window_pin_pair(window, 4, 2);
    window_press(window, 'X', CTRL | SHIFT);
    window_press(window, '/', 0);
    window_press(window, HEED_KEY_HOME, 0);
    window_type(window, "So ");
    const struct heed_state *state = window_state(window);
    assert_string_equal(state->text, "So a dog saw it");
    assert_int_equal(state->n_cuts, 1);
    assert_int_equal(state->cuts[0].query.first, 5);
    assert_int_equal(state->cuts[0].key.first, 3);
    window_press(window, HEED_KEY_END, 0);
    window_press(window, HEED_KEY_BACKSPACE, 0);
    assert_int_equal(window_state(window)->n_cuts, 0);
    assert_true(window_says(window, "it \xE2\x86\x92 dog is no longer cut"));
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_cuts, 1);
}

/* Until the new text's run is there the cuts speak of the shown one. */
static void a_job_says_whose_tokens_its_cuts_are_of(void **context)
{
    struct window *window = *context;
    start(window, "a dog saw it");
    window_pin_pair(window, 4, 2);
    window_press(window, 'X', CTRL | SHIFT);
    window_press(window, '/', 0);
    window_press(window, HEED_KEY_HOME, 0);
    window->time += 1;
    const struct heed_event event = {
        .kind = HEED_EVENT_TEXT, .text = "s", .length = 1, .time = window->time};
    heed_ui_handle(window->ui, &event, NULL, &window->effects);
    assert_true(window->effects.encode);
    const struct heed_job job = heed_ui_get_job(window->ui, 1000);
    assert_int_equal(job.n_cuts, 1);
    assert_non_null(job.cuts_of);
    assert_int_equal(job.cuts_of->encoding->text_length, strlen("a dog saw it"));
}

static void a_head_is_scaled_by_menu_and_by_steps(void **context)
{
    struct window *window = *context;
    const struct heed_head_id id = {3, 1};
    window_leave_field(window);
    window_right_click(window, head_target(3, 1));
    assert_true(window_says(window, "Scale L3H1"));
    window_click(window, popover_row(HEED_COMMAND_SCALE_HEAD, head_argument(3, 1)), 1, 0);
    assert_true(window_says(window, "Output of L3H1, times"));
    window_click(window, popover_row(HEED_COMMAND_FACTOR, 3), 1, 0);
    assert_float_equal(heed_state_factor(window_state(window), id), 0.5, 0);
    const struct heed_job job = heed_ui_get_job(window->ui, 1000);
    assert_int_equal(job.n_scaled, 1);
    assert_true(window_says(window, "L3H1 \xC3\x97 0.5"));
    float x = 0, y = 0;
    assert_true(window_find(window, head_target(3, 1), &x, &y));
    window_move_to(window, x, y);
    window_press(window, ']', CTRL);
    window_press(window, ']', CTRL);
    assert_float_equal(heed_state_factor(window_state(window), id), 1, 0);
    assert_int_equal(window_state(window)->n_scaled, 0);
    window_press(window, ']', CTRL);
    assert_float_equal(heed_state_factor(window_state(window), id), 1.5, 0);
    window_press(window, 'M', CTRL); /* muted: it has no other factor */
    assert_float_equal(heed_state_factor(window_state(window), id), 0, 0);
    window_press(window, '[', CTRL); /* there is no less than nothing */
    assert_float_equal(heed_state_factor(window_state(window), id), 0, 0);
    window_press(window, 'M', CTRL);
    assert_float_equal(heed_state_factor(window_state(window), id), 1, 0);
}

static void a_shown_heads_row_opens_its_factors(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    struct heed_target button = command_target(HEED_COMMAND_SCALE_HEAD, head_argument(0, 1));
    float x = 0, y = 0;
    assert_false(window_find(window, button, &x, &y));
    struct heed_target hide = command_target(HEED_COMMAND_TOGGLE_HEAD, head_argument(0, 1));
    window_press(window, '3', 0);
    struct heed_target row = head_target(0, 1);
    row.flags = 1;
    assert_true(window_find(window, row, &x, &y));
    window_move_to(window, x, y);
    assert_true(window_find(window, hide, &x, &y));
    window_click(window, button, 1, 0);
    window_click(window, popover_row(HEED_COMMAND_FACTOR, 7), 1, 0);
    const struct heed_head_id id = {0, 1};
    assert_float_equal(heed_state_factor(window_state(window), id), 2, 0);
    window_move_to(window, 5, 5); /* it stays in sight */
    assert_true(window_find(window, button, &x, &y));
}

static void the_strip_puts_one_back_or_all(void **context)
{
    struct window *window = *context;
    float x = 0, y = 0;
    start(window, "a dog saw it");
    window_move_to(window, 5, 5);
    assert_true(window_find(window, head_target(2, 2), &x, &y));
    window_move_to(window, x, y);
    window_press(window, 'M', CTRL);
    assert_true(window_find(window, head_target(4, 4), &x, &y));
    window_move_to(window, x, y);
    window_press(window, '[', CTRL);
    window_pin_pair(window, 4, 2);
    window_move_to(window, 5, 5);
    window_press(window, 'X', CTRL | SHIFT);
    assert_int_equal(heed_state_count_off(window_state(window)), 3);
    assert_true(window_says(window, "L4H4 \xC3\x97 0.75"));
    window_click(window, chip_target(1), 1, 0);
    assert_int_equal(window_state(window)->n_scaled, 0);
    window_click(window, chip_target(1), 1, 0); /* what followed took its place */
    assert_int_equal(window_state(window)->n_cuts, 0);
    assert_int_equal(window_state(window)->n_muted, 1);
    window_press(window, 'Z', CTRL);
    window_press(window, 'R', CTRL);
    assert_int_equal(heed_state_count_off(window_state(window)), 0);
    assert_false(window_find(window, chip_target(0), &x, &y));
    window_press(window, 'Z', CTRL);
    assert_int_equal(heed_state_count_off(window_state(window)), 2);
    window_press(window, 'U', CTRL);
    assert_true(window_says(window, "Choose what to put back"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->n_muted, 0);
}

static void the_strip_is_reached_by_tab(void **context)
{
    struct window *window = *context;
    float x = 0, y = 0;
    window_leave_field(window);
    assert_true(window_find(window, head_target(2, 2), &x, &y));
    window_move_to(window, x, y);
    window_press(window, 'M', CTRL);
    assert_int_equal(window_state(window)->n_muted, 1);
    window_press(window, HEED_KEY_TAB, SHIFT); /* the model's name in the status bar */
    window_press(window, HEED_KEY_TAB, SHIFT);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->n_muted, 0);
}

static struct heed_rect rect_of(const struct window *window, struct heed_target target)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const struct heed_rect rect = window_item_rect(item);
        if (heed_target_equal(item->target, target) && rect.w > 0) {
            return rect;
        }
    }
    return (struct heed_rect){0};
}

static void what_has_no_room_in_the_strip_folds(void **context)
{
    struct window *window = *context;
    float x = 0, y = 0;
    window_leave_field(window);
    heed_ui_resize(window->ui, 1024, 700, 1);
    window_build(window);
    for (int i = 0; i < 12; i++) {
        assert_true(window_find(window, head_target(2, i), &x, &y));
        window_move_to(window, x, y);
        window_press(window, 'M', CTRL);
    }
    const struct heed_target more = command_target(HEED_COMMAND_OFF, 0);
    assert_true(window_find(window, chip_target(0), &x, &y));
    assert_true(window_find(window, more, &x, &y));
    assert_true(window_find(window, command_target(HEED_COMMAND_UNMUTE, 0), &x, &y));
    assert_false(window_find(window, chip_target(11), &x, &y));
    for (int width = 700; width < 1500; width += 16) { /* whatever the room */
        heed_ui_resize(window->ui, (float)width, 700, 1);
        window_build(window);
        const struct heed_rect all = rect_of(window, command_target(HEED_COMMAND_UNMUTE, 0));
        const struct heed_rect fold = rect_of(window, more);
        const struct heed_rect last = rect_of(window, chip_target(11));
        assert_true(fold.w > 0 || last.w > 0);
        assert_true(fold.x + fold.w <= all.x && last.x + last.w <= all.x);
    }
    heed_ui_resize(window->ui, 1024, 700, 1);
    window_build(window);
    window_click(window, more, 1, 0);
    window_click(window, popover_row(HEED_COMMAND_PUT_BACK, 12), 1, 0);
    assert_int_equal(window_state(window)->n_muted, 11);
    const struct heed_head_id last = {2, 11};
    assert_false(heed_state_mutes(window_state(window), last));
}

static void the_head_map_marks_what_is_off(void **context)
{
    struct window *window = *context;
    float x = 0, y = 0;
    start(window, "a dog saw it");
    assert_true(window_says(window, "3 of 72 shown"));
    assert_true(window_find(window, head_target(4, 4), &x, &y));
    window_move_to(window, x, y);
    window_press(window, '[', CTRL);
    window_pin_pair(window, 4, 2);
    window_move_to(window, 5, 5);
    window_press(window, 'X', CTRL);
    assert_true(window_says(window, "4 changed, 3 shown"));
    assert_true(window_says(window, "scaled"));
    assert_true(window_says(window, "link cut"));
    assert_true(window_find(window, head_target(4, 4), &x, &y));
    window_move_to(window, x, y);
    window->time += 2;
    window_build(window);
    assert_true(window_says(window, "output \xC3\x97 0.75"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(the_pinned_link_is_cut_in_the_shown_heads_and_put_back),
        IN_WINDOW(matrix_cuts_in_its_one_head),
        IN_WINDOW(a_links_menu_says_where_it_cuts),
        IN_WINDOW(a_row_keeps_its_last_link),
        IN_WINDOW(cuts_need_a_pair),
        IN_WINDOW(a_cut_follows_its_tokens_while_typing),
        IN_WINDOW(a_job_says_whose_tokens_its_cuts_are_of),
        IN_WINDOW(a_head_is_scaled_by_menu_and_by_steps),
        IN_WINDOW(a_shown_heads_row_opens_its_factors),
        IN_WINDOW(the_strip_puts_one_back_or_all),
        IN_WINDOW(the_strip_is_reached_by_tab),
        IN_WINDOW(what_has_no_room_in_the_strip_folds),
        IN_WINDOW(the_head_map_marks_what_is_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
