/* The window without a window: events in, state, list and effects out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "draw/theme.h"
#include "fake_result.h"
#include "render/record/record.h"
#include "scene/chrome/chrome.h"
#include "scene/widgets/widgets.h"
#include "ui/commands.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "window_rig.h"

/* --- text and history --- */

static void typing_changes_the_text_and_asks_for_a_run(void **context)
{
    struct window *window = *context;
    assert_true(window->built.text_input);
    window_type(window, "x");
    assert_true(window->effects.encode);
    assert_true(window->effects.redraw);
    assert_non_null(strstr(window_state(window)->text, "tired.x"));
}

static void undo_goes_back_word_by_word(void **context)
{
    struct window *window = *context;
    window_press(window, 'A', CTRL);
    window_type(window, "red green blue");
    assert_string_equal(window_state(window)->text, "red green blue");
    window_press(window, 'Z', CTRL);
    assert_string_equal(window_state(window)->text, "red green ");
    window_press(window, 'Z', CTRL);
    assert_string_equal(window_state(window)->text, "red ");
    window_press(window, 'Z', CTRL | SHIFT);
    assert_string_equal(window_state(window)->text, "red green ");
    window_type(window, "x");
    window_press(window, 'Y', CTRL);
    assert_string_equal(window_state(window)->text, "red green x");
}

static void undo_covers_every_change_and_ends_where_it_began(void **context)
{
    struct window *window = *context;
    struct heed_state first;
    assert_true(heed_state_copy(&first, window_state(window), NULL));
    window_leave_field(window);
    window_press(window, 'S', 0);
    window_press(window, '3', 0);
    window_press(window, 'T', 0);
    window_press(window, HEED_KEY_PAGE_DOWN, 0);
    window_press(window, '+', CTRL);
    window_click(window, head_target(3, 1), 1, 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    for (int i = 0; i < 7; i++) {
        assert_false(heed_state_equal(&first, window_state(window)));
        window_press(window, 'Z', CTRL);
    }
    assert_true(heed_state_equal(&first, window_state(window)));
    heed_state_finish(&first);
}

static void hover_and_focus_are_not_in_the_history(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_move_to(window, 800, 500);
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    const int n_shown = window_state(window)->n_shown;
    window_press(window, 'Z', CTRL);
    assert_false(window->effects.encode);
    assert_int_equal(window_state(window)->n_shown, n_shown);
}

static void the_clipboard_is_asked_for_and_given(void **context)
{
    struct window *window = *context;
    window_press(window, HEED_KEY_LEFT, CTRL | SHIFT);
    window_press(window, HEED_KEY_LEFT, CTRL | SHIFT);
    assert_non_null(window->effects.set_primary);
    assert_string_equal(window->effects.set_primary, "tired.");
    window_press(window, 'X', CTRL);
    assert_string_equal(window->effects.set_clipboard, "tired.");
    window_press(window, 'V', CTRL);
    assert_true(window->effects.want_clipboard);
    window_paste(window, "wide\nopen", 9);
    assert_non_null(strstr(window_state(window)->text, "was too wide open"));
    window_press(window, 'Z', CTRL);
    assert_null(strstr(window_state(window)->text, "wide"));
    window_press(window, 'Z', CTRL);
    assert_non_null(strstr(window_state(window)->text, "too tired."));
}

static void a_model_that_cant_be_opened_isnt_being_opened(void **context)
{
    struct heed_ui *ui = NULL;
    assert_true(heed_ui_create(&ui, NULL));
    heed_ui_resize(ui, 640, 480, 1);
    struct window window = {.ui = ui, .time = 100};
    struct heed_result failed = {.generation = 1};
    heed_error_set(&failed.error, HEED_ERROR_FILE, "no model at 'x'");
    window_build(&window);
    assert_true(window_says(&window, "The model is being opened"));
    heed_ui_set_result(ui, &failed);
    window_build(&window);
    assert_true(window_says(&window, "no model at 'x'"));
    assert_true(window_says(&window, "No model"));
    assert_false(window_says(&window, "being opened"));
    window_click(&window, command_target(HEED_COMMAND_CLOSE_MESSAGE, 0), 1, 0);
    assert_false(window_says(&window, "no model at 'x'"));
    assert_true(window_says(&window, "No model is open."));
    assert_true(window_says(&window, "apt install heed-model-minilm"));
    assert_false(window_says(&window, "being opened"));
    heed_ui_destroy(ui);
}

static void bad_pastes_are_repaired_or_refused_with_a_message(void **context)
{
    struct window *window = *context;
    window_press(window, 'A', CTRL);
    window_paste(window, "a\xFF\xFE b", 5);
    assert_true(
        heed_utf8_valid(window_state(window)->text, strlen(window_state(window)->text), NULL));
    const size_t size = (1 << 20) + 1;
    char *text = malloc(size);
    memset(text, 'x', size);
    window_paste(window, text, size);
    assert_true(strlen(window_state(window)->text) < 20);
    assert_true(window_says(window, "1 MiB"));
    window_press(window, 'A', CTRL);
    window_paste(window, text, size - 1);
    assert_int_equal(strlen(window_state(window)->text), size - 1);
    window_type(window, "y");
    assert_int_equal(strlen(window_state(window)->text), size - 1);
    window_press(window, HEED_KEY_BACKSPACE, 0);
    window_type(window, "y");
    window_press(window, HEED_KEY_HOME, 0);
    assert_int_equal(window_state(window)->text[size - 2], 'y');
    free(text);
}

static void a_second_text_is_added_typed_and_removed(void **context)
{
    struct window *window = *context;
    window_press(window, 'P', CTRL);
    assert_non_null(window_state(window)->pair);
    window_type(window, "So what?");
    assert_string_equal(window_state(window)->pair, "So what?");
    window_press(window, 'P', CTRL);
    assert_null(window_state(window)->pair);
    window_press(window, 'Z', CTRL);
    assert_string_equal(window_state(window)->pair, "So what?");
}

static void a_composition_is_drawn_and_not_in_the_state(void **context)
{
    struct window *window = *context;
    window_send(window, (struct heed_event){
                            .kind = HEED_EVENT_COMPOSE, .text = "zq", .length = 2, .cursor = 2});
    assert_true(window_says(window, "zq"));
    assert_null(strstr(window_state(window)->text, "zq"));
    assert_true(window->effects.text_input);
}

/* --- pins --- */

static void a_click_pins_and_a_second_click_on_a_key_pins_the_pair(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    assert_int_equal(window_state(window)->key.count, 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    assert_int_equal(window_state(window)->query.first, 5);
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    assert_int_equal(window_state(window)->key.first, 2);
    assert_int_equal(window_state(window)->key.count, 1);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->key.count, 0);
    assert_int_equal(window_state(window)->query.count, 1);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->query.count, 0);
}

static void a_pinned_query_is_unpinned_by_another_click(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    assert_int_equal(window_state(window)->query.count, 0);
}

static void a_pin_stays_with_its_word(void **context)
{
    struct window *window = *context;
    /* [CLS] The animal didn ' t ...: "animal" is token 2 */
    window_click(window, token_target(HEED_TARGET_QUERY, 2), 1, 0);
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_HOME, 0);
    window_type(window, "Well, ");
    assert_int_equal(window_state(window)->query.first, 4);
    window_press(window, HEED_KEY_END, 0);
    window_type(window, "Yes");
    assert_int_equal(window_state(window)->query.first, 4);
    window_press(window, 'Z', CTRL);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->query.first, 2);
    window_press(window, 'Z', CTRL | SHIFT);
    assert_int_equal(window_state(window)->query.first, 4);
}

static void a_pin_goes_with_its_word_and_says_so(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 2), 1, 0);
    window_press(window, 'L', CTRL);
    window_press(window, 'A', CTRL);
    window_paste(window, "Nothing of it", 13);
    assert_int_equal(window_state(window)->query.count, 0);
    assert_true(window_says(window, "animal"));
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->query.first, 2);
    assert_int_equal(window_state(window)->query.count, 1);
}

static void a_cell_of_the_matrix_pins_its_pair(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '3', 0);
    const struct heed_target cell = {.kind = HEED_TARGET_CELL};
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind != HEED_ITEM_HEATMAP || !heed_target_equal(item->target, cell)) {
            continue;
        }
        const struct heed_rect r = item->as.heatmap.rect;
        const float pitch = r.w / (float)item->as.heatmap.columns;
        window_move_to(window, r.x + 2.5F * pitch, r.y + 5.5F * pitch);
        window_click_at(window, r.x + 2.5F * pitch, r.y + 5.5F * pitch, 1, 0);
        assert_int_equal(window_state(window)->query.first, 5);
        assert_int_equal(window_state(window)->key.first, 2);
        return;
    }
    fail_msg("no heatmap");
}

/* --- heads --- */

static void a_click_on_a_head_toggles_it(void **context)
{
    struct window *window = *context;
    window_click(window, head_target(3, 1), 1, 0);
    assert_true(window_shows(window, 3, 1));
    assert_int_equal(window_state(window)->matrix_head.layer, 3);
    window_click(window, head_target(3, 1), 1, 0);
    assert_false(window_shows(window, 3, 1));
}

static void a_double_click_isolates_from_before_the_first(void **context)
{
    struct window *window = *context;
    window_click(window, head_target(0, 1), 1, 0);
    assert_false(window_shows(window, 0, 1));
    window_click(window, head_target(0, 1), 2, 0);
    assert_int_equal(window_state(window)->n_shown, 1);
    assert_true(window_shows(window, 0, 1));
    assert_int_equal(window_state(window)->shown[0].color, 1);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_shown, 3);
}

static void shift_click_shows_a_range(void **context)
{
    struct window *window = *context;
    window_click(window, head_target(2, 3), 1, 0);
    window_click(window, head_target(3, 5), 1, SHIFT);
    assert_int_equal(window_state(window)->n_shown, 3 + 6);
    assert_true(window_shows(window, 2, 5) && window_shows(window, 3, 3));
}

static void labels_show_a_layer_or_a_head_everywhere(void **context)
{
    struct window *window = *context;
    window_click(window, (struct heed_target){.kind = HEED_TARGET_LAYER_LABEL, .a = 4}, 1, 0);
    assert_int_equal(window_state(window)->n_shown, FAKE_HEADS);
    assert_true(window_shows(window, 4, 0) && window_shows(window, 4, 11));
    assert_int_equal(window_state(window)->shown[7].color, 7);
    window_click(window, (struct heed_target){.kind = HEED_TARGET_HEAD_LABEL, .a = 7}, 1, 0);
    assert_int_equal(window_state(window)->n_shown, FAKE_LAYERS);
    assert_true(window_shows(window, 0, 7) && window_shows(window, 5, 7));
}

static void page_keys_step_the_layer_and_stop_at_the_ends(void **context)
{
    struct window *window = *context;
    for (int i = 0; i < 9; i++) {
        window_press(window, HEED_KEY_PAGE_DOWN, 0);
    }
    assert_true(window_shows(window, 5, 0) && window_shows(window, 5, 2));
    assert_int_equal(window_state(window)->n_shown, 3);
    assert_int_equal(window_state(window)->matrix_head.layer, 5);
    window_press(window, HEED_KEY_PAGE_UP, 0);
    assert_true(window_shows(window, 4, 1));
}

static void the_matrix_steps_through_the_shown_heads(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '3', 0);
    window_press(window, '.', 0);
    assert_int_equal(window_state(window)->matrix_head.head, 1);
    window_press(window, ',', 0);
    window_press(window, ',', 0);
    assert_int_equal(window_state(window)->matrix_head.head, 2);
    assert_int_equal(window_state(window)->n_shown, 3);
}

/* --- filters --- */

static void filters_are_toggled_and_reset(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'S', 0);
    assert_true(window_state(window)->filter.hide_special);
    assert_true(window->effects.encode);
    window_press(window, ']', 0);
    assert_float_equal(window_state(window)->filter.threshold, 0.011, 1e-6);
    assert_false(window->effects.encode);
    window_press(window, '[', SHIFT);
    assert_float_equal(window_state(window)->filter.top_p, 0.95, 1e-6);
    window_press(window, 'X', 0);
    assert_false(window_state(window)->filter.hide_special);
    assert_float_equal(window_state(window)->filter.threshold, 0.01, 1e-6);
}

static void a_slider_drag_is_one_step(void **context)
{
    struct window *window = *context;
    float x = 0;
    float y = 0;
    const struct heed_target slider = {.kind = HEED_TARGET_SLIDER, .a = HEED_SLIDER_THRESHOLD};
    assert_true(window_find(window, slider, &x, &y));
    window_send(window,
                (struct heed_event){
                    .kind = HEED_EVENT_POINTER_DOWN, .x = x, .y = y, .button = 1, .clicks = 1});
    for (int i = 0; i < 20; i++) {
        window_move_to(window, x + (float)i, y + 100);
    }
    window_send(window,
                (struct heed_event){.kind = HEED_EVENT_POINTER_UP, .x = x, .y = y, .button = 1});
    assert_true(window_state(window)->filter.threshold > 0.05F);
    window_press(window, 'Z', CTRL);
    assert_float_equal(window_state(window)->filter.threshold, 0.01, 1e-6);
}

/* --- results --- */

static void stale_results_are_dropped_and_bad_ones_keep_the_picture(void **context)
{
    struct window *window = *context;
    window_press(window, 'A', CTRL);
    window_type(window, "zebra");
    const struct heed_job job = heed_ui_get_job(window->ui, 1);
    struct heed_job old = job;
    old.text = "older";
    old.text_length = 5;
    const struct heed_result *stale = fake_result_create(&old);
    heed_ui_set_result(window->ui, stale);
    heed_result_release(stale);
    window_build(window);
    assert_true(window_says(window, "zebra"));
    assert_false(window_says(window, "older"));
    const struct heed_result *bad = fake_result_fail(window->generation + 1, "the model is gone");
    heed_ui_set_result(window->ui, bad);
    heed_result_release(bad);
    window_build(window);
    assert_true(window_says(window, "the model is gone"));
    window_press(window, HEED_KEY_HOME, 0);
    assert_true(window_says(window, "the model is gone"));
    window_type(window, "a");
    assert_false(window_says(window, "the model is gone"));
}

/* Another text that ends in the same sign, too. */
static void another_document_has_the_caret_at_its_end(void **context)
{
    struct window *window = *context;
    static const char other[] = "Time flies like an arrow.";
    struct heed_state state;
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    assert_true(heed_state_set_text(&state, other, strlen(other), NULL));
    assert_true(heed_ui_set_state(window->ui, &state, false, NULL));
    heed_state_finish(&state);
    window_type(window, "X");
    assert_string_equal(window_state(window)->text, "Time flies like an arrow.X");
}

static void the_caret_blinks_and_rests_after_ten_seconds(void **context)
{
    struct window *window = *context;
    window_press(window, HEED_KEY_HOME, 0);
    assert_true(window->built.wake_in > 0 && window->built.wake_in <= 0.53);
    window->time += 0.54;
    window_build(window);
    assert_true(window->built.wake_in > 0);
    window->time += 10;
    window_build(window);
    assert_true(window->built.wake_in < 0);
}

/* --- keyboard --- */

static struct heed_target focus_of(struct window *window)
{
    /* What the keyboard would act on is what Enter acts on: the ring is drawn
     * in the accent colour. */
    const struct heed_color accent = heed_theme_get(HEED_THEME_LIGHT)->accent;
    for (size_t i = window->list->n_items; i-- > 0;) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_RECT && item->as.rect.stroke.width > 0 &&
            memcmp(&item->as.rect.stroke.color, &accent, sizeof(accent)) == 0) {
            return (struct heed_target){.kind = HEED_TARGET_BLOCK,
                                        .a = (int32_t)item->as.rect.rect.x,
                                        .b = (int32_t)item->as.rect.rect.y};
        }
    }
    return (struct heed_target){0};
}

static void tab_goes_through_all_groups_and_back(void **context)
{
    struct window *window = *context;
    struct heed_target seen[40];
    int n = 0;
    const struct heed_target first = focus_of(window);
    for (; n < 40; n++) {
        window_press(window, HEED_KEY_TAB, 0);
        seen[n] = focus_of(window);
        if (window->effects.text_input) {
            break;
        }
        assert_int_not_equal(seen[n].kind, HEED_TARGET_NONE);
    }
    assert_true(n >= 8 && n < 40);
    assert_true(heed_target_equal(seen[n], first));
    for (int i = n - 1; i >= 0; i--) {
        window_press(window, HEED_KEY_TAB, SHIFT);
        assert_true(heed_target_equal(focus_of(window), seen[i]));
    }
}

/* Tab until what has the focus says this of itself. */
static void tab_to(struct window *window, const char *tooltip)
{
    for (int i = 0; i < 40; i++) {
        window_press(window, HEED_KEY_TAB, 0);
        window->time += 0.5;
        window_build(window);
        if (window_says(window, tooltip)) {
            return;
        }
    }
    fail_msg("Tab doesn't reach %s", tooltip);
}

static void a_head_is_toggled_with_the_keyboard_alone(void **context)
{
    struct window *window = *context;
    tab_to(window, "L0H0 \xC2\xB7");
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_SPACE, 0);
    assert_true(window_shows(window, 1, 3));
    window_press(window, 'O', 0);
    assert_int_equal(window_state(window)->n_shown, 1);
    assert_true(window_shows(window, 1, 3));
}

static void a_pair_is_pinned_with_the_keyboard_alone(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->query.first, 2);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_UP, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->key.first, 1);
}

static void a_cell_is_pinned_with_the_keyboard_alone(void **context)
{
    struct window *window = *context;
    window_press(window, '3', HEED_MOD_ALT);
    tab_to(window, "in L0H0");
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->query.first, 2);
    assert_int_equal(window_state(window)->key.first, 1);
    window_press(window, '.', 0);
    assert_true(window_says(window, "in L0H1"));
}

static void every_command_is_reached_through_the_command_list(void **context)
{
    struct window *window = *context;
    const struct heed_command_info *table = heed_ui_commands.rows;
    const int n = heed_ui_commands.n;
    for (int i = 0; i < n; i++) {
        if (table[i].command == HEED_COMMAND_FIND) {
            continue;
        }
        window_press(window, 'K', CTRL);
        assert_true(window->effects.text_input);
        window_type(window, table[i].name);
        assert_true(window_says(window, table[i].name));
        window_press(window, HEED_KEY_ENTER, 0);
        if (table[i].command == HEED_COMMAND_QUIT) {
            assert_true(window->effects.quit);
        }
        window_press(window, HEED_KEY_ESCAPE, 0);
        window_press(window, HEED_KEY_ESCAPE, 0);
    }
}

static void bare_keys_write_while_the_field_has_the_focus(void **context)
{
    struct window *window = *context;
    window_press(window, '3', 0);
    window_press(window, 'S', 0);
    assert_int_equal(window_state(window)->view, HEED_VIEW_LINKS);
    assert_false(window_state(window)->filter.hide_special);
    window_press(window, '3', HEED_MOD_ALT);
    assert_int_equal(window_state(window)->view, HEED_VIEW_MATRIX);
}

static void the_key_that_goes_to_the_text_is_not_written(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_type(window, "/");
    assert_true(window->effects.text_input);
    assert_null(strchr(window_state(window)->text, '/'));
    window_type(window, "/");
    assert_non_null(strchr(window_state(window)->text, '/'));
}

static void a_slow_result_makes_the_window_busy(void **context)
{
    struct window *window = *context;
    heed_ui_get_job(window->ui, ++window->generation);
    window_build(window);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_true(window->built.wake_in > 0 && window->built.wake_in <= 0.3);
    window->time += 0.31;
    window_build(window);
    assert_true(window->built.wake_in < 0);
    window_answer(window);
    window_build(window);
    assert_true(window->built.wake_in < 0);
}

/* --- popovers --- */

static void the_select_opens_a_menu_and_a_click_outside_closes_it(void **context)
{
    struct window *window = *context;
    window_click(window, command_target(HEED_COMMAND_COLOR_BY, 0), 1, 0);
    assert_true(window_says(window, "To punctuation"));
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->color_by, HEED_COLOR_BY_ENTROPY);
    assert_false(window_says(window, "To punctuation"));
    window_click(window, command_target(HEED_COMMAND_COLOR_BY, 0), 1, 0);
    window_click_at(window, 1000, 600, 1, 0);
    assert_false(window_says(window, "To punctuation"));
    assert_int_equal(window_state(window)->query.count, 0);
}

static void the_help_sheet_fits_the_smallest_window(void **context)
{
    struct window *window = *context;
    heed_ui_resize(window->ui, 640, 480, 1);
    window_press(window, HEED_KEY_F1, 0);
    assert_true(window_says(window, "Ctrl+Z"));
    for (int i = 0; i < 10; i++) {
        window_press(window, HEED_KEY_PAGE_DOWN, 0);
    }
    assert_true(window_says(window, "Ctrl+Q"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, "Ctrl+Q"));
}

static void a_tooltip_says_what_a_token_is(void **context)
{
    struct window *window = *context;
    float x = 0;
    float y = 0;
    assert_true(window_find(window, token_target(HEED_TARGET_QUERY, 2), &x, &y));
    window_move_to(window, x, y);
    assert_false(window_says(window, "characters 4 to 8"));
    assert_true(window->built.wake_in > 0);
    window->time += 0.5;
    window_build(window);
    assert_true(window_says(window, "characters 4 to"));
}

/* --- sizes --- */

static void every_size_from_640x480_to_4k_is_drawn(void **context)
{
    struct window *window = *context;
    static const float sizes[][3] = {{640, 480, 1},   {800, 600, 1},   {1024, 700, 1},
                                     {1280, 720, 1},  {1600, 1000, 1}, {1920, 1080, 1},
                                     {3840, 2160, 2}, {3840, 2160, 1}, {1, 1, 1}};
    window_leave_field(window);
    for (int view = 0; view < 2; view++) {
        window_press(window, view == 0 ? '1' : '3', 0);
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            heed_ui_resize(window->ui, sizes[i][0], sizes[i][1], sizes[i][2]);
            window_build(window);
            assert_true(window->list->n_items > 10);
            assert_float_equal(window->list->width, sizes[i][0], 0);
        }
    }
}

static void the_scale_leaves_640_by_480_logical_px(void **context)
{
    struct window *window = *context;
    heed_ui_resize(window->ui, 1280, 960, 1);
    for (int i = 0; i < 20; i++) {
        window_press(window, '+', CTRL);
    }
    assert_float_equal(window_state(window)->ui_scale, 2, 1e-4);
    window_press(window, '0', CTRL);
    assert_float_equal(window_state(window)->ui_scale, 1, 1e-4);
}

static void a_zoomed_picture_is_moved_by_a_drag_not_clicked(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '3', 0);
    for (int i = 0; i < 4; i++) {
        window_send(window,
                    (struct heed_event){
                        .kind = HEED_EVENT_WHEEL, .x = 800, .y = 500, .wheel_y = 1, .mods = CTRL});
    }
    window_send(window,
                (struct heed_event){
                    .kind = HEED_EVENT_POINTER_DOWN, .x = 800, .y = 500, .button = 1, .clicks = 1});
    window_move_to(window, 770, 460);
    window_send(window, (struct heed_event){
                            .kind = HEED_EVENT_POINTER_UP, .x = 770, .y = 460, .button = 1});
    assert_int_equal(window_state(window)->query.count, 0);
}

/* --- anything at all --- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static void random_event(struct window *window, uint32_t *seed)
{
    static const int keys[] = {'1',
                               '3',
                               'S',
                               'P',
                               'R',
                               'W',
                               'A',
                               'T',
                               'I',
                               'F',
                               'B',
                               'M',
                               'C',
                               'K',
                               'H',
                               'N',
                               'O',
                               'X',
                               'Z',
                               'Y',
                               'E',
                               'L',
                               '[',
                               ']',
                               '+',
                               '-',
                               '0',
                               '/',
                               ',',
                               '.',
                               HEED_KEY_LEFT,
                               HEED_KEY_RIGHT,
                               HEED_KEY_UP,
                               HEED_KEY_DOWN,
                               HEED_KEY_HOME,
                               HEED_KEY_END,
                               HEED_KEY_PAGE_UP,
                               HEED_KEY_PAGE_DOWN,
                               HEED_KEY_BACKSPACE,
                               HEED_KEY_DELETE,
                               HEED_KEY_ENTER,
                               HEED_KEY_TAB,
                               HEED_KEY_ESCAPE,
                               HEED_KEY_SPACE,
                               HEED_KEY_F1,
                               HEED_KEY_INSERT};
    static const char *const texts[] = {
        "a",         "it ", "\xC3\xA9", "\xF0\x9F\x91\xA8\xE2\x80\x8D", ".", "\xD7\xA9\xD7\x9C ",
        "unhappily", "\xFF"};
    const uint32_t r = next_random(seed);
    struct heed_event event = {.x = (float)(next_random(seed) % 1300) - 10,
                               .y = (float)(next_random(seed) % 820) - 10};
    switch (r % 8) {
    case 0:
    case 1:
        event.kind = HEED_EVENT_KEY;
        event.key = (enum heed_key)keys[r / 8 % (sizeof(keys) / sizeof(keys[0]))];
        event.mods = r / 1024 % 3 == 0 ? (uint8_t)(r / 4096 % 8) : 0;
        break;
    case 2:
        event.kind = r % 5 == 0 ? HEED_EVENT_PASTE : HEED_EVENT_TEXT;
        event.kind = r % 11 == 0 ? HEED_EVENT_COMPOSE : event.kind;
        event.text = texts[r / 8 % 8];
        event.length = strlen(event.text);
        break;
    case 3:
        event.kind = HEED_EVENT_POINTER_DOWN;
        event.button = r / 8 % 7 == 0 ? 2 : 1;
        event.clicks = (int)(r / 64 % 3) + 1;
        event.mods = r / 512 % 8 == 0 ? SHIFT : 0;
        break;
    case 4:
        event.kind = HEED_EVENT_POINTER_UP;
        event.button = 1;
        break;
    case 5:
    case 6:
        event.kind = HEED_EVENT_POINTER_MOVE;
        break;
    default:
        event.kind = r / 8 % 3 == 0 ? HEED_EVENT_POINTER_LEAVE : HEED_EVENT_WHEEL;
        event.wheel_y = (float)(r / 64 % 5) - 2;
        event.mods = r / 512 % 4 == 0 ? CTRL : 0;
        break;
    }
    window->time += (double)(r % 100) / 100;
    event.time = window->time;
    heed_ui_handle(window->ui, &event, heed_record_get_metrics(), &window->effects);
}

static void check_state(const struct window *window, int n_tokens)
{
    const struct heed_state *state = window_state(window);
    assert_true(heed_utf8_valid(state->text, strlen(state->text), NULL));
    assert_true(state->n_shown >= 0 && state->n_shown <= HEED_MAX_SHOWN);
    for (int i = 0; i < state->n_shown; i++) {
        assert_in_range(state->shown[i].id.layer, 0, FAKE_LAYERS - 1);
        assert_in_range(state->shown[i].id.head, 0, FAKE_HEADS - 1);
        for (int k = 0; k < i; k++) {
            assert_int_not_equal(state->shown[i].color, state->shown[k].color);
        }
    }
    if (state->n_shown > 0) {
        assert_true(heed_state_shows(state, state->matrix_head, NULL));
    }
    if (state->key.count > 0) {
        assert_true(state->query.count > 0);
    }
    assert_true(state->query.first + state->query.count <= n_tokens);
    assert_true(state->key.first + state->key.count <= n_tokens);
    assert_true(state->ui_scale >= 0.7F && state->ui_scale <= 3);
    assert_true(state->filter.threshold >= 0 && state->filter.top_p > 0);
    assert_non_null(heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_VIEW, (int)state->view));
}

/* HEED_TEST_EVENTS and HEED_TEST_SEED try more than the suite does. */
static int setting(const char *name, int fallback)
{
    const char *text = getenv(name);
    return text != NULL ? atoi(text) : fallback;
}

static void any_events_leave_a_sound_state(void **context)
{
    struct window *window = *context;
    uint32_t seed = (uint32_t)setting("HEED_TEST_SEED", 20261123);
    const int n_events = setting("HEED_TEST_EVENTS", 20000);
    print_message("seed %u\n", seed);
    heed_ui_resize(window->ui, 1280, 800, 1);
    for (int i = 0; i < n_events; i++) {
        random_event(window, &seed);
        if (strlen(window_state(window)->text) > 120) {
            window_press(window, 'L', CTRL);
            window_press(window, 'A', CTRL);
            window_paste(window, "short again", 11);
        }
        if (window->effects.encode) {
            window_answer(window);
        }
        check_state(window, FAKE_LIMIT + 1);
        if (i % 4 == 0) {
            window_build(window);
        }
        if (i % 997 == 0) {
            heed_ui_resize(window->ui, (float)(640 + i % 1000), (float)(480 + i % 700), 1);
        }
    }
}

static void expect_query(const struct window *window, int first, int count)
{
    assert_int_equal(window_state(window)->query.first, first);
    assert_int_equal(window_state(window)->query.count, count);
}

static void shift_click_or_a_drag_pins_a_run(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, SHIFT);
    expect_query(window, 3, 3);
    window_click(window, token_target(HEED_TARGET_QUERY, 2), 1, SHIFT);
    expect_query(window, 2, 4);
    struct heed_event event = {.kind = HEED_EVENT_POINTER_DOWN, .button = 1, .clicks = 1};
    assert_true(window_find(window, token_target(HEED_TARGET_QUERY, 6), &event.x, &event.y));
    window_send(window, event);
    assert_true(window_find(window, token_target(HEED_TARGET_QUERY, 4), &event.x, &event.y));
    event.kind = HEED_EVENT_POINTER_MOVE;
    window_send(window, event);
    event.kind = HEED_EVENT_POINTER_UP;
    window_send(window, event);
    expect_query(window, 4, 3);
    window_press(window, 'Z', CTRL);
    expect_query(window, 2, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(typing_changes_the_text_and_asks_for_a_run),
        IN_WINDOW(undo_goes_back_word_by_word),
        IN_WINDOW(shift_click_or_a_drag_pins_a_run),
        IN_WINDOW(undo_covers_every_change_and_ends_where_it_began),
        IN_WINDOW(hover_and_focus_are_not_in_the_history),
        IN_WINDOW(the_clipboard_is_asked_for_and_given),
        IN_WINDOW(bad_pastes_are_repaired_or_refused_with_a_message),
        IN_WINDOW(a_model_that_cant_be_opened_isnt_being_opened),
        IN_WINDOW(a_second_text_is_added_typed_and_removed),
        IN_WINDOW(a_composition_is_drawn_and_not_in_the_state),
        IN_WINDOW(a_click_pins_and_a_second_click_on_a_key_pins_the_pair),
        IN_WINDOW(a_pinned_query_is_unpinned_by_another_click),
        IN_WINDOW(a_pin_stays_with_its_word),
        IN_WINDOW(a_pin_goes_with_its_word_and_says_so),
        IN_WINDOW(a_cell_of_the_matrix_pins_its_pair),
        IN_WINDOW(a_click_on_a_head_toggles_it),
        IN_WINDOW(a_double_click_isolates_from_before_the_first),
        IN_WINDOW(shift_click_shows_a_range),
        IN_WINDOW(labels_show_a_layer_or_a_head_everywhere),
        IN_WINDOW(page_keys_step_the_layer_and_stop_at_the_ends),
        IN_WINDOW(the_matrix_steps_through_the_shown_heads),
        IN_WINDOW(filters_are_toggled_and_reset),
        IN_WINDOW(a_slider_drag_is_one_step),
        IN_WINDOW(stale_results_are_dropped_and_bad_ones_keep_the_picture),
        IN_WINDOW(another_document_has_the_caret_at_its_end),
        IN_WINDOW(the_caret_blinks_and_rests_after_ten_seconds),
        IN_WINDOW(tab_goes_through_all_groups_and_back),
        IN_WINDOW(a_head_is_toggled_with_the_keyboard_alone),
        IN_WINDOW(a_pair_is_pinned_with_the_keyboard_alone),
        IN_WINDOW(a_cell_is_pinned_with_the_keyboard_alone),
        IN_WINDOW(every_command_is_reached_through_the_command_list),
        IN_WINDOW(bare_keys_write_while_the_field_has_the_focus),
        IN_WINDOW(the_key_that_goes_to_the_text_is_not_written),
        IN_WINDOW(a_slow_result_makes_the_window_busy),
        IN_WINDOW(the_select_opens_a_menu_and_a_click_outside_closes_it),
        IN_WINDOW(the_help_sheet_fits_the_smallest_window),
        IN_WINDOW(a_tooltip_says_what_a_token_is),
        IN_WINDOW(every_size_from_640x480_to_4k_is_drawn),
        IN_WINDOW(the_scale_leaves_640_by_480_logical_px),
        IN_WINDOW(a_zoomed_picture_is_moved_by_a_drag_not_clicked),
        IN_WINDOW(any_events_leave_a_sound_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
