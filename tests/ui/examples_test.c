/* The list of examples: found by keys alone, taken over in one step, and a
 * note that stays until a text changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/theme.h"
#include "state/commands.h"
#include "state/event.h"
#include "state/examples.h"
#include "state/state.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"
#include "window_rig.h"

enum { N_EXAMPLES = 2 };

struct rig {
    struct window *window;
    struct heed_example examples[N_EXAMPLES];
};

static char cats[] = "Two cats", cats_look[] = "Look at the cats.";
static char animals[] = "Animals";
static char dogs[] = "One dog and an owl", dogs_look[] = "Look at the dog.";

static void make_state(struct heed_state *state, const char *text, const char *compare)
{
    assert_true(heed_state_init(state, NULL));
    assert_true(heed_state_set_text(state, text, strlen(text), NULL));
    state->query = (struct heed_pin){2, 1};
    state->theme = HEED_THEME_PAPER;
    heed_state_show_only(state, &(struct heed_head_id){3, 1}, 1);
    if (compare != NULL) {
        assert_true(heed_state_set_compare(state, compare, strlen(compare), NULL));
        state->view = HEED_VIEW_COMPARE;
    }
}

static int open_rig(void **context)
{
    struct rig *rig = calloc(1, sizeof(*rig));
    void *window = NULL;
    assert_non_null(rig);
    window_open(&window);
    rig->window = window;
    rig->examples[0].title = cats;
    rig->examples[0].group = animals;
    rig->examples[0].look = cats_look;
    make_state(&rig->examples[0].state, "The cats sat down.", NULL);
    rig->examples[1].title = dogs;
    rig->examples[1].group = animals;
    rig->examples[1].look = dogs_look;
    make_state(&rig->examples[1].state, "The dog ran.", NULL);
    heed_ui_set_examples(rig->window->ui, rig->examples, N_EXAMPLES);
    *context = rig;
    return 0;
}

static int close_rig(void **context)
{
    struct rig *rig = *context;
    void *window = rig->window;
    window_close(&window);
    for (int i = 0; i < N_EXAMPLES; i++) {
        heed_state_finish(&rig->examples[i].state);
    }
    free(rig);
    return 0;
}

static void an_example_is_found_and_taken_by_keys_alone(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, HEED_KEY_F1 + 1, 0);
    assert_true(window_says(window, cats));
    assert_true(window_says(window, dogs));
    window_type(window, "owl");
    assert_false(window_says(window, cats));
    window_press(window, HEED_KEY_ENTER, 0);
    const struct heed_state *state = window_state(window);
    assert_string_equal(state->text, "The dog ran.");
    assert_true(window_shows(window, 3, 1));
    assert_int_equal(state->n_shown, 1);
    assert_int_equal(state->query.first, 2);
    assert_int_equal(state->query.count, 1);
    assert_true(window_says(window, dogs_look));
}

static void the_list_is_searched_in_the_texts_too(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, HEED_KEY_F1 + 1, 0);
    window_type(window, "sat");
    assert_true(window_says(window, cats));
    assert_false(window_says(window, dogs));
    window_type(window, "urn");
    assert_true(window_says(window, "No example has this in its title or text."));
    window_press(window, HEED_KEY_ENTER, 0);
    window_press(window, HEED_KEY_F1 + 1, 0);
    assert_false(window_says(window, "No example has this"));
}

static void find_a_command_leads_there(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, 'K', CTRL);
    window_type(window, "examples");
    window_press(window, HEED_KEY_ENTER, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_string_equal(window_state(window)->text, "The dog ran.");
}

static void a_choice_is_one_step_and_leaves_the_looks_alone(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    struct heed_state before;
    assert_true(heed_state_copy(&before, window_state(window), NULL));
    window_press(window, HEED_KEY_F1 + 1, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_string_equal(window_state(window)->text, "The cats sat down.");
    assert_int_equal(window_state(window)->theme, before.theme);
    window_press(window, 'Z', CTRL);
    assert_true(heed_state_equal(&before, window_state(window)));
    assert_false(window_says(window, cats_look));
    heed_state_finish(&before);
}

static void the_note_stays_until_the_text_changes(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, HEED_KEY_F1 + 1, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    window_leave_field(window);
    window_press(window, '2', 0);
    window_press(window, 'S', 0);
    assert_int_equal(window_state(window)->view, HEED_VIEW_ARCS);
    assert_true(window_says(window, cats_look));
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_END, 0);
    window_type(window, "x");
    assert_false(window_says(window, cats_look));
}

/* It speaks of heads that are shown, in the encoder as it was. */
static void the_note_goes_when_it_is_no_longer_so(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, HEED_KEY_F1 + 1, 0);
    assert_true(window_says(window, "Animals"));
    window_press(window, HEED_KEY_ENTER, 0);
    window_leave_field(window);
    assert_true(window_says(window, cats_look));
    window_press(window, HEED_KEY_PAGE_UP, 0); /* another layer's heads */
    assert_false(window_says(window, cats_look));
    window_press(window, 'Z', CTRL);
    assert_true(window_says(window, cats_look));
    window_press(window, 'M', CTRL);
    assert_false(window_says(window, cats_look));
}

static void esc_closes_the_note_before_it_unpins(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, HEED_KEY_F1 + 1, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    window_leave_field(window);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, cats_look));
    assert_int_equal(window_state(window)->query.count, 1);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->query.count, 0);
}

static void enter_leaves_the_field(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    assert_true(window->built.text_input);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_false(window->built.text_input);
    window_press(window, '2', 0);
    assert_int_equal(window_state(window)->view, HEED_VIEW_ARCS);
}

static void commands_are_found_by_other_words_and_heads_by_their_names(void **context)
{
    static const char *const words[][2] = {
        {"dark", "Next theme"},       {"bigger", "Larger interface"},
        {"font", "Larger interface"}, {"screenshot", "Export the picture"},
        {"model", "About heed"},      {"colour", "Palette"}};
    struct window *window = ((struct rig *)*context)->window;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        window_press(window, 'K', CTRL);
        window_type(window, words[i][0]);
        assert_true(window_says(window, words[i][1]));
        window_press(window, HEED_KEY_ESCAPE, 0);
    }
    window_press(window, 'K', CTRL);
    window_type(window, "l0h1");
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->n_shown, 1);
    assert_true(window_shows(window, 0, 1));
}

/* A token's name is searched for: the last of what is found. */
static void a_token_is_found_among_the_commands(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    char word[64];
    snprintf(word, sizeof(word), "%s", window->ui->result->maps->units[2].label);
    window_press(window, 'K', CTRL);
    window_type(window, word);
    assert_true(window_says(window, "in the text"));
    const struct heed_popover *popover = &window->ui->popover;
    assert_int_equal(popover->rows[popover->n_rows - 1].command, HEED_COMMAND_SEARCH);
    while (popover->selected < popover->n_rows - 1) {
        window_press(window, HEED_KEY_DOWN, 0);
    }
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(popover->kind, HEED_POPOVER_SEARCH);
    assert_true(window->ui->search.n > 0);
    assert_string_equal(popover->field.text.data, word);
}

static void the_note_is_closed_by_its_button_and_by_keys(void **context)
{
    struct window *window = ((struct rig *)*context)->window;
    window_press(window, HEED_KEY_F1 + 1, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    window_click(window, command_target(HEED_COMMAND_CLOSE_NOTE, 0), 1, 0);
    assert_false(window_says(window, cats_look));
    window_press(window, HEED_KEY_F1 + 1, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_says(window, cats_look));
    window_press(window, 'K', CTRL);
    window_type(window, "close the note");
    window_press(window, HEED_KEY_ENTER, 0);
    assert_false(window_says(window, cats_look));
}

/* The tokens are the vocabulary's affair, not the example's. */
static void pins_are_found_by_their_words(void **context)
{
    struct rig *rig = *context;
    struct heed_tokenizer *tokenizer = NULL;
    char folder[1024];
    snprintf(folder, sizeof folder, "%s/data/tiny-bert", getenv("HEED_TEST_DATA"));
    assert_true(heed_tokenizer_open(&tokenizer, folder, 64, NULL));
    heed_ui_set_model(rig->window->ui, NULL, tokenizer);
    static char query[] = "the:2", key[] = "##happy", none[] = "owl";
    struct heed_example *example = &rig->examples[0];
    assert_true(heed_state_set_text(&example->state, "unhappy the old, the running", 28, NULL));
    example->state.query = (struct heed_pin){0};
    example->query = query;
    example->key = key;
    window_press(rig->window, HEED_KEY_F1 + 1, 0);
    window_press(rig->window, HEED_KEY_ENTER, 0);
    const struct heed_state *state = window_state(rig->window);
    assert_int_equal(state->query.first, 6);
    assert_int_equal(state->query.count, 1);
    assert_int_equal(state->key.first, 2);
    example->query = none;
    window_press(rig->window, HEED_KEY_F1 + 1, 0);
    window_press(rig->window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(rig->window)->query.count, 0);
    heed_ui_set_model(rig->window->ui, NULL, NULL);
    heed_tokenizer_destroy(tokenizer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_example_is_found_and_taken_by_keys_alone, open_rig,
                                        close_rig),
        cmocka_unit_test_setup_teardown(the_list_is_searched_in_the_texts_too, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(find_a_command_leads_there, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(a_choice_is_one_step_and_leaves_the_looks_alone, open_rig,
                                        close_rig),
        cmocka_unit_test_setup_teardown(the_note_stays_until_the_text_changes, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(the_note_goes_when_it_is_no_longer_so, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(esc_closes_the_note_before_it_unpins, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(commands_are_found_by_other_words_and_heads_by_their_names,
                                        open_rig, close_rig),
        cmocka_unit_test_setup_teardown(a_token_is_found_among_the_commands, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(enter_leaves_the_field, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(pins_are_found_by_their_words, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(the_note_is_closed_by_its_button_and_by_keys, open_rig,
                                        close_rig),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
