/* The question for a path, and the list of the folder below it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "rig/window_rig.h"
#include "ui/popover/paths.h"
#include "ui/ui.h"

static struct heed_folder_entry entries[] = {{(char *)"papers", true},
                                             {(char *)"Plots", true},
                                             {(char *)"a.heed", false},
                                             {(char *)"plan.txt", false}};

/* What app/ answers. */
static void list(struct window *window)
{
    const struct heed_folder folder = {entries, sizeof(entries) / sizeof(entries[0])};
    assert_non_null(heed_popover_get_unlisted(window->ui));
    heed_popover_list(window->ui, &folder, NULL);
    assert_null(heed_popover_get_unlisted(window->ui));
    window_build(window);
}

static const struct heed_event enter = {.kind = HEED_EVENT_KEY, .key = HEED_KEY_ENTER};

static void the_folder_is_listed_and_narrowed_by_what_is_typed(void **context)
{
    struct window *window = *context;
    window_press(window, 'O', CTRL);
    list(window);
    assert_true(window_says(window, "papers/") && window_says(window, "a.heed"));
    window_type(window, "pl");
    list(window);
    assert_true(window_says(window, "Plots/") && window_says(window, "plan.txt"));
    assert_false(window_says(window, "papers/"));
    window_press(window, HEED_KEY_TAB, 0);
    assert_string_equal(heed_popover_get_unlisted(window->ui), "Plots/");
}

static void recent_files_stand_above_until_something_is_typed(void **context)
{
    struct window *window = *context;
    struct heed_folder_entry last = {(char *)"~/papers/b.heed", false};
    const struct heed_folder folder = {entries, sizeof(entries) / sizeof(entries[0])};
    const struct heed_folder recent = {&last, 1};
    window_press(window, 'O', CTRL);
    heed_popover_list(window->ui, &folder, &recent);
    window_build(window);
    assert_true(window_says(window, "Recent") && window_says(window, "~/papers/b.heed"));
    assert_true(window_says(window, "This folder") && window_says(window, "Plots/"));
    window_type(window, "p");
    heed_popover_list(window->ui, &folder, &recent);
    window_build(window);
    assert_false(window_says(window, "Recent"));
    window_press(window, HEED_KEY_BACKSPACE, 0);
    heed_popover_list(window->ui, &folder, &recent);
    window_press(window, HEED_KEY_DOWN, 0);
    heed_popover_relist(window->ui); /* not below a hand that is there */
    assert_null(heed_popover_get_unlisted(window->ui));
    window_send(window, enter);
    assert_string_equal(window->effects.open_path, "~/papers/b.heed");
    heed_ui_set_message(window->ui, "", false);
    heed_popover_ask_which(window->ui, &recent); /* a list of its own stays */
    heed_popover_relist(window->ui);
    assert_null(heed_popover_get_unlisted(window->ui));
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, 'S', CTRL);
    heed_popover_list(window->ui, &folder, &recent);
    window_build(window);
    assert_false(window_says(window, "Recent"));
}

static void an_arrow_and_enter_take_a_row(void **context)
{
    struct window *window = *context;
    window_press(window, 'O', CTRL);
    list(window);
    window_press(window, HEED_KEY_DOWN, 0);
    window_send(window, enter); /* a folder is gone into */
    assert_null(window->effects.open_path);
    assert_string_equal(heed_popover_get_unlisted(window->ui), "papers/");
    list(window);
    for (int i = 0; i < 3; i++) {
        window_press(window, HEED_KEY_DOWN, 0);
    }
    window_send(window, enter);
    assert_string_equal(window->effects.open_path, "papers/a.heed");
}

static void what_is_typed_is_taken_as_long_as_no_row_is(void **context)
{
    struct window *window = *context;
    window_press(window, 'O', CTRL);
    list(window);
    window_type(window, "p");
    list(window);
    window_send(window, enter);
    assert_string_equal(window->effects.open_path, "p");
}

static void saving_asks_for_a_session_s_name_and_comes_back_with_an_error(void **context)
{
    struct window *window = *context;
    window_press(window, 'S', CTRL);
    list(window);
    assert_true(window_says(window, "session.heed") && window_says(window, "papers/"));
    window_press(window, 'A', CTRL);
    window_type(window, "notes.txt");
    window_send(window, enter);
    assert_null(window->effects.save_path);
    assert_true(window_says(window, "must end in .heed"));
    window_press(window, 'A', CTRL);
    window_type(window, "notes.heed");
    window_send(window, enter);
    assert_string_equal(window->effects.save_path, "notes.heed");
    heed_ui_set_message(window->ui, "no room on the disk", true);
    window_build(window);
    assert_true(window_says(window, "no room on the disk"));
    assert_true(window_says(window, "Save the session"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(the_folder_is_listed_and_narrowed_by_what_is_typed),
        IN_WINDOW(recent_files_stand_above_until_something_is_typed),
        IN_WINDOW(an_arrow_and_enter_take_a_row),
        IN_WINDOW(what_is_typed_is_taken_as_long_as_no_row_is),
        IN_WINDOW(saving_asks_for_a_session_s_name_and_comes_back_with_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
