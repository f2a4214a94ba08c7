/* The table of commands: keys mean one thing, and are written as people do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "state/commands.h"
#include "state/event.h"
#include "ui/commands.h"

static const struct heed_command_info *press_in(const struct heed_state *state, int key, int mods,
                                                bool in_field)
{
    const struct heed_event event = {
        .kind = HEED_EVENT_KEY, .key = (enum heed_key)key, .mods = (uint8_t)mods};
    return heed_commands_find(&heed_ui_commands, state, &event, in_field);
}

static const struct heed_command_info *press(int key, int mods, bool in_field)
{
    const struct heed_state links = {.view = HEED_VIEW_LINKS};
    return press_in(&links, key, mods, in_field);
}

/* The states in which a key may mean something of its own. */
static const struct heed_state states[] = {{.view = HEED_VIEW_LINKS},
                                           {.view = HEED_VIEW_NEURON},
                                           {.view = HEED_VIEW_LINKS, .projector = true}};

static void no_key_means_two_things(void **context)
{
    (void)context;
    const struct heed_command_info *table = heed_ui_commands.rows;
    for (int i = 0; i < heed_ui_commands.n; i++) {
        for (int k = 0; k < HEED_COMMAND_KEYS; k++) {
            const struct heed_command_key key = table[i].keys[k];
            int own = 0;
            for (size_t s = 0; key.key != HEED_KEY_NONE && s < HEED_COUNT(states); s++) {
                const struct heed_command_info *found =
                    press_in(&states[s], (int)key.key, key.mods, false);
                const bool only = table[i].only != NULL && table[i].only(&states[s]);
                assert_true(found == &table[i] ||
                            (!only && (table[i].only != NULL || found->only != NULL)));
                own += found == &table[i];
            }
            assert_true(own > 0 || key.key == HEED_KEY_NONE);
        }
    }
}

static void n_steps_on_in_neuron_and_hides_heads_elsewhere(void **context)
{
    (void)context;
    assert_int_equal(press('N', 0, false)->command, HEED_COMMAND_SHOW_NONE);
    assert_null(press('N', HEED_MOD_SHIFT, false));
    assert_int_equal(press_in(&states[1], 'N', 0, false)->command, HEED_COMMAND_NEURON_NEXT);
    assert_int_equal(press_in(&states[1], 'N', HEED_MOD_SHIFT, false)->command,
                     HEED_COMMAND_NEURON_BACK);
}

static void every_command_has_a_name_and_a_group(void **context)
{
    (void)context;
    bool offered[HEED_N_COMMANDS] = {false};
    const struct heed_command_info *table = heed_ui_commands.rows;
    const int n = heed_ui_commands.n;
    for (int i = 0; i < n; i++) {
        assert_true(strlen(table[i].name) > 0 && strlen(table[i].group) > 0);
        assert_ptr_equal(
            heed_commands_get_info(&heed_ui_commands, table[i].command, table[i].argument),
            &table[i]);
        offered[table[i].command] = true;
    }
    for (int i = 0; i < heed_ui_commands.n_unlisted; i++) {
        assert_false(offered[heed_ui_commands.unlisted[i].command]);
        offered[heed_ui_commands.unlisted[i].command] = true;
    }
    for (int i = HEED_COMMAND_NONE + 1; i < HEED_N_COMMANDS; i++) {
        assert_true(offered[i]);
    }
}

static void bare_keys_are_letters_in_a_text_field(void **context)
{
    (void)context;
    assert_int_equal(press('S', 0, false)->command, HEED_COMMAND_HIDE_SPECIAL);
    assert_null(press('S', 0, true));
    assert_null(press('1', 0, true));
    assert_int_equal(press('1', HEED_MOD_ALT, true)->command, HEED_COMMAND_VIEW);
    assert_int_equal(press(HEED_KEY_PAGE_DOWN, 0, true)->command, HEED_COMMAND_LAYER_DOWN);
}

static void signs_count_on_a_shifted_key_too(void **context)
{
    (void)context;
    assert_int_equal(press('+', HEED_MOD_SHIFT | HEED_MOD_CTRL, true)->command,
                     HEED_COMMAND_SCALE_UP);
    assert_int_equal(press('/', HEED_MOD_SHIFT, false)->command, HEED_COMMAND_HELP);
    assert_int_equal(press('/', 0, false)->command, HEED_COMMAND_FOCUS_TEXT);
    assert_null(press('S', HEED_MOD_SHIFT, false));
}

static void keys_are_written_for_people(void **context)
{
    (void)context;
    char text[40];
    heed_command_key_text(heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_REDO, 0), text,
                          sizeof(text));
    assert_string_equal(text, "Ctrl+Shift+Z");
    heed_command_key_text(heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_HELP, 0), text,
                          sizeof(text));
    assert_string_equal(text, "F1");
    heed_command_key_text(heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_UNPIN, 0), text,
                          sizeof(text));
    assert_string_equal(text, "Esc");
    heed_command_key_text(heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_SEGMENTS, 0), text,
                          sizeof(text));
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(n_steps_on_in_neuron_and_hides_heads_elsewhere),
        cmocka_unit_test(every_command_has_a_name_and_a_group),
        cmocka_unit_test(bare_keys_are_letters_in_a_text_field),
        cmocka_unit_test(signs_count_on_a_shifted_key_too),
        cmocka_unit_test(keys_are_written_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
