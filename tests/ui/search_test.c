/* Finding a token by its text, and going along the links by keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/result.h"
#include "draw/theme.h"
#include "fake_result.h"
#include "window_rig.h"

static int underlines(const struct window *window)
{
    int n = 0;
    const struct heed_color accent = heed_theme_get(window_state(window)->theme)->accent;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        n += item->kind == HEED_ITEM_LINE &&
             memcmp(&item->as.line.stroke.color, &accent, sizeof(accent)) == 0;
    }
    return n;
}

static void a_token_is_found_counted_and_marked(void **context)
{
    struct window *window = *context;
    window_press(window, 'F', CTRL);
    assert_true(window->effects.text_input);
    window_type(window, "THE");
    assert_true(window_says(window, "1 of 2"));
    assert_true(underlines(window) >= 4); /* as queries and as keys */
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_says(window, "2 of 2"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_says(window, "1 of 2"));
    window_press(window, HEED_KEY_ENTER, SHIFT);
    assert_true(window_says(window, "2 of 2"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(underlines(window), 0);
    /* The focus stays on the match: Enter pins it. */
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_state(window)->query.count > 0);
    assert_true(window_state(window)->query.first > 3);
}

/* Its numbers are there before anything is pinned. */
static void the_match_is_shown_as_if_it_were_hovered(void **context)
{
    struct window *window = *context;
    assert_true(window_says(window, "Nothing pinned"));
    window_press(window, 'F', CTRL);
    window_type(window, "street");
    assert_false(window_says(window, "Nothing pinned"));
    assert_int_equal(window_state(window)->query.count, 0);
    window_type(window, "s");
    assert_true(window_says(window, "none"));
    assert_true(window_says(window, "Nothing pinned"));
}

static void what_is_not_there_is_said(void **context)
{
    struct window *window = *context;
    window_press(window, 'F', CTRL);
    window_type(window, "zebra");
    assert_true(window_says(window, "none"));
    window_press(window, HEED_KEY_ENTER, 0);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->query.count, 0);
}

static void words_of_several_tokens_and_special_tokens_are_found(void **context)
{
    struct window *window = *context;
    window_press(window, 'F', CTRL);
    window_type(window, "the street bec");
    assert_true(window_says(window, "1 of 1"));
    window_press(window, 'A', CTRL);
    window_type(window, "[sep");
    assert_true(window_says(window, "1 of 1"));
}

static void a_match_far_down_is_scrolled_to(void **context)
{
    struct window *window = *context;
    char text[4096] = "";
    for (int i = 0; i < 180; i++) {
        strcat(text, "word ");
    }
    strcat(text, "needle");
    window_press(window, 'A', CTRL);
    window_paste(window, text, strlen(text));
    assert_false(window_says(window, "needle "));
    const struct heed_target target = token_target(HEED_TARGET_QUERY, 181);
    float x = 0;
    float y = 0;
    assert_false(window_find(window, target, &x, &y));
    window_press(window, 'F', CTRL);
    window_type(window, "needle");
    assert_true(window_says(window, "1 of 1"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_true(window_find(window, target, &x, &y));
}

static void keys_go_along_the_links_of_the_query(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'J', 0);
    assert_int_equal(window_state(window)->key.count, 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    window_move_to(window, 800, 990);
    window_press(window, 'J', 0);
    const struct heed_pin first = window_state(window)->key;
    assert_int_equal(window_state(window)->query.first, 5);
    assert_int_equal(first.count, 1);
    assert_true(window_says(window, "link 1 of"));
    window_press(window, 'J', 0);
    assert_true(window_says(window, "link 2 of"));
    assert_int_not_equal(window_state(window)->key.first, first.first);
    window_press(window, 'J', SHIFT);
    assert_int_equal(window_state(window)->key.first, first.first);
    window_press(window, 'Q', 0);
    assert_int_equal(window_state(window)->key.first, first.first);
    assert_true(window_state(window)->query.count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_token_is_found_counted_and_marked),
        IN_WINDOW(the_match_is_shown_as_if_it_were_hovered),
        IN_WINDOW(what_is_not_there_is_said),
        IN_WINDOW(words_of_several_tokens_and_special_tokens_are_found),
        IN_WINDOW(a_match_far_down_is_scrolled_to),
        IN_WINDOW(keys_go_along_the_links_of_the_query),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
