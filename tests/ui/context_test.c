/* The menu of a token, a head, a cell, by the right button and by a key; what
 * its rows do. And the rows of the shown heads. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/display_list.h"
#include "fake_result.h"
#include "scene/widgets/widgets.h"
#include "state/commands.h"
#include "state/event.h"
#include "state/state.h"
#include "window_rig.h"

static struct heed_target row(enum heed_command command, int argument)
{
    struct heed_target target = command_target(command, argument);
    target.flags = 0x100;
    return target;
}

static int argument_of(int layer, int head)
{
    return (layer << 16 | head) + 1;
}

static struct heed_target shown_row(int layer, int head)
{
    struct heed_target target = head_target(layer, head);
    target.flags = 1;
    return target;
}

/* Not the picture's switch that does the same. */
static void click_in_rail(struct window *window, struct heed_target target)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_rect r = window_item_rect(&window->list->items[i]);
        if (heed_target_equal(window->list->items[i].target, target) && r.w > 0 && r.x < 300) {
            window_move_to(window, r.x + r.w / 2, r.y + r.h / 2);
            window_click_at(window, r.x + r.w / 2, r.y + r.h / 2, 1, 0);
            return;
        }
    }
    fail();
}

static void in_matrix_a_row_chooses_the_map_and_its_cross_hides_it(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '3', 0);
    click_in_rail(window, shown_row(0, 1));
    assert_int_equal(window_state(window)->matrix_head.head, 1);
    assert_int_equal(window_state(window)->n_shown, 3);
    window_click(window, command_target(HEED_COMMAND_TOGGLE_HEAD, argument_of(0, 1)), 1, 0);
    assert_false(window_shows(window, 0, 1));
    assert_int_equal(window_state(window)->n_shown, 2);
}

static void delete_hides_the_focused_head(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '3', 0);
    click_in_rail(window, shown_row(0, 2));
    window_press(window, HEED_KEY_DELETE, 0);
    assert_false(window_shows(window, 0, 2));
}

static void a_query_is_pinned_and_unpinned_by_its_menu(void **context)
{
    struct window *window = *context;
    window_right_click(window, token_target(HEED_TARGET_QUERY, 3));
    assert_true(window_says(window, "as a query"));
    window_click(window, row(HEED_COMMAND_PIN, 0), 1, 0);
    assert_int_equal(window_state(window)->query.first, 3);
    window_right_click(window, token_target(HEED_TARGET_QUERY, 3));
    assert_true(window_says(window, "Unpin this query"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->query.count, 0);
}

static void a_heads_menu_isolates_it_and_shows_its_layer(void **context)
{
    struct window *window = *context;
    window_right_click(window, head_target(3, 1));
    assert_true(window_says(window, "Show L3H1 too"));
    window_click(window, row(HEED_COMMAND_ISOLATE, argument_of(3, 1)), 1, 0);
    assert_int_equal(window_state(window)->n_shown, 1);
    assert_true(window_shows(window, 3, 1));
    window_right_click(window, head_target(4, 2));
    window_click(window, row(HEED_COMMAND_SHOW_ALL, 5), 1, 0);
    assert_int_equal(window_state(window)->n_shown, FAKE_HEADS);
    assert_true(window_shows(window, 4, 11));
    window_right_click(window, head_target(2, 5));
    window_click(window, row(HEED_COMMAND_OPEN_HEAD, 0), 1, 0);
    assert_int_equal(window_state(window)->view, HEED_VIEW_MATRIX);
    assert_int_equal(window_state(window)->matrix_head.head, 5);
}

static void ranking_colours_the_map_by_the_link_and_shows_the_strongest(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '3', 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    window_press(window, 'T', 0);
    window_press(window, 'D', 0);
    const struct heed_state *state = window_state(window);
    assert_int_equal(state->color_by, HEED_COLOR_BY_LINK);
    assert_true(heed_state_shows(state, state->matrix_head, NULL));
    assert_true(window_says(window, "is strongest in"));
    assert_int_equal(state->query.first, 5);
    assert_int_equal(state->key.first, 2);
}

static void a_row_is_copied_as_csv_with_a_column_a_head(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'C', CTRL | SHIFT);
    assert_null(window->effects.set_clipboard);
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    window_move_to(window, 800, 990);
    struct heed_event event = {
        .kind = HEED_EVENT_KEY, .key = (enum heed_key)'C', .mods = CTRL | SHIFT};
    window_send(window, event);
    const char *csv = window->effects.set_clipboard;
    assert_non_null(csv);
    assert_memory_equal(csv, "query,key,L0H0,L0H1,L0H2\n\"didn", 30);
    int lines = 0;
    for (; *csv != '\0'; csv++) {
        lines += *csv == '\n';
    }
    assert_true(lines > 10);
}

static void the_menu_key_opens_the_focused_things_menu(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_MENU, 0);
    assert_true(window_says(window, "as a query"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->query.count, 1);
    window_press(window, HEED_KEY_F1 + 9, SHIFT);
    assert_true(window_says(window, "Unpin this query"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, "Unpin this query"));
}

static void the_empty_canvas_still_offers_the_export(void **context)
{
    struct window *window = *context;
    struct heed_event event = {
        .kind = HEED_EVENT_POINTER_DOWN, .x = 330, .y = 950, .button = 3, .clicks = 1};
    window_send(window, event);
    assert_true(window_says(window, "Export this view"));
}

static void a_fields_menu_cuts_copies_pastes_and_selects(void **context)
{
    struct window *window = *context;
    const struct heed_target field = {.kind = HEED_TARGET_TEXT_FIELD};
    char text[400];
    snprintf(text, sizeof(text), "%s", window_state(window)->text);
    window_right_click(window, field);
    assert_true(window_says(window, "Select all"));
    float x = 0, y = 0;
    assert_false(window_find(window, row(HEED_COMMAND_FIELD, HEED_FIELD_CUT), &x, &y));
    window_click(window, row(HEED_COMMAND_FIELD, HEED_FIELD_ALL), 1, 0);
    window_right_click(window, field); /* over the selection: it stays */
    window_click(window, row(HEED_COMMAND_FIELD, HEED_FIELD_CUT), 1, 0);
    assert_string_equal(window->effects.set_clipboard, text);
    assert_string_equal(window_state(window)->text, "");
    window_press(window, HEED_KEY_MENU, 0); /* by the key */
    window_click(window, row(HEED_COMMAND_FIELD, HEED_FIELD_PASTE), 1, 0);
    assert_true(window->effects.want_clipboard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_fields_menu_cuts_copies_pastes_and_selects),
        IN_WINDOW(in_matrix_a_row_chooses_the_map_and_its_cross_hides_it),
        IN_WINDOW(delete_hides_the_focused_head),
        IN_WINDOW(a_query_is_pinned_and_unpinned_by_its_menu),
        IN_WINDOW(a_heads_menu_isolates_it_and_shows_its_layer),
        IN_WINDOW(ranking_colours_the_map_by_the_link_and_shows_the_strongest),
        IN_WINDOW(a_row_is_copied_as_csv_with_a_column_a_head),
        IN_WINDOW(the_menu_key_opens_the_focused_things_menu),
        IN_WINDOW(the_empty_canvas_still_offers_the_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
