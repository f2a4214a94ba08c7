/* What a screen reader is told: a tree of what was drawn last. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "rig/window_rig.h"
#include "ui/input/spoken.h"
#include "ui/ui.h"

static struct heed_spoken_tree tree;

static void speak(struct window *window)
{
    window_build(window);
    assert_true(heed_ui_speak(window->ui, &tree));
}

static const struct heed_spoken *find(enum heed_spoken_role role, const char *name)
{
    for (int i = tree.n_groups; i < tree.n; i++) {
        if (tree.items[i].role == role && strcmp(tree.items[i].name, name) == 0) {
            return &tree.items[i];
        }
    }
    return NULL;
}

static int count(enum heed_spoken_role role)
{
    int n = 0;
    for (int i = tree.n_groups; i < tree.n; i++) {
        n += tree.items[i].role == role;
    }
    return n;
}

static void every_item_is_in_one_group_and_has_a_name(void **context)
{
    struct window *window = *context;
    speak(window);
    int next = tree.n_groups;
    for (int g = 0; g < tree.n_groups; g++) {
        assert_int_equal(tree.items[g].role, HEED_SPOKEN_GROUP);
        assert_true(tree.items[g].name[0] != '\0');
        assert_int_equal(tree.items[g].first, next);
        next = tree.items[g].last;
    }
    assert_int_equal(next, tree.n);
    for (int i = tree.n_groups; i < tree.n; i++) {
        assert_true(tree.items[i].name[0] != '\0');
    }
}

static void heads_tell_whether_they_are_shown(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    speak(window);
    assert_true(find(HEED_SPOKEN_HEAD, "L0H0")->checked);
    window_press(window, 'N', 0);
    speak(window);
    assert_false(find(HEED_SPOKEN_HEAD, "L0H0")->checked);
}

/* One of several is checked, and another when that is chosen. */
static void choices_tell_which_is_on(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    speak(window);
    assert_true(find(HEED_SPOKEN_CHOICE, "Weight")->checked);
    assert_false(find(HEED_SPOKEN_CHOICE, "Rollout")->checked);
    window_click(window, command_target(HEED_COMMAND_MEASURE, HEED_MEASURE_ROLLOUT), 1, 0);
    speak(window);
    assert_false(find(HEED_SPOKEN_CHOICE, "Weight")->checked);
    assert_true(find(HEED_SPOKEN_CHOICE, "Rollout")->checked);
    assert_non_null(find(HEED_SPOKEN_BUTTON, "Layer 0")); /* not only "L0" and "0" */
    assert_non_null(find(HEED_SPOKEN_BUTTON, "Head 0"));
}

static void the_row_in_hand_has_a_line_for_each_key(void **context)
{
    struct window *window = *context;
    speak(window);
    assert_int_equal(count(HEED_SPOKEN_WEIGHT), 0);
    window_click(window, token_target(HEED_TARGET_QUERY, 2), 1, 0);
    speak(window);
    assert_int_equal(count(HEED_SPOKEN_WEIGHT), window->ui->result->maps->n);
}

static void one_thing_has_the_focus(void **context)
{
    struct window *window = *context;
    for (int i = 0; i < 8; i++) {
        int n = 0;
        window_press(window, HEED_KEY_TAB, 0);
        speak(window);
        for (int item = tree.n_groups; item < tree.n; item++) {
            n += tree.items[item].focused;
        }
        assert_int_equal(n, 1);
    }
}

static void a_menu_is_all_that_can_be_used(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'K', 0);
    speak(window);
    assert_int_equal(count(HEED_SPOKEN_HEAD), 0);
    assert_non_null(find(HEED_SPOKEN_ITEM, "viridis"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, HEED_KEY_F1, 0);
    speak(window);
    assert_non_null(find(HEED_SPOKEN_LABEL, "Quit"));
}

static int close_all(void **context)
{
    heed_spoken_finish(&tree);
    return window_close(context);
}

#define SPOKEN(test) cmocka_unit_test_setup_teardown(test, window_open, close_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SPOKEN(every_item_is_in_one_group_and_has_a_name),
        SPOKEN(heads_tell_whether_they_are_shown),
        SPOKEN(choices_tell_which_is_on),
        SPOKEN(the_row_in_hand_has_a_line_for_each_key),
        SPOKEN(one_thing_has_the_focus),
        SPOKEN(a_menu_is_all_that_can_be_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
