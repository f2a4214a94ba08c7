/* Steps of the history: what comes back is what was kept, bit by bit, and takes little. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/record/record.h"
#include "ui/ui.h"
#include "ui/window/pins.h"
#include "ui/window/step.h"
#include "window_rig.h"

static int below(uint32_t *seed, int n)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (int)((*seed >> 8) % (uint32_t)n);
}

/* Of ten bytes that many are set; the texts stay. */
static void scatter(struct heed_moment *moment, uint32_t *seed, int of_ten)
{
    char *const texts[] = {moment->state.text,  moment->state.pair, moment->state.compare,
                           moment->state.probe, moment->state.file, moment->state.sentences};
    unsigned char *bytes = (unsigned char *)moment;
    for (size_t i = 0; i < sizeof(*moment); i++) {
        bytes[i] = below(seed, 10) < of_ten ? (unsigned char)(1 + below(seed, 255)) : 0;
    }
    moment->state.text = texts[0];
    moment->state.pair = texts[1];
    moment->state.compare = texts[2];
    moment->state.probe = texts[3];
    moment->state.file = texts[4];
    moment->state.sentences = texts[5];
}

static void assert_comes_back(const struct heed_moment *moment)
{
    struct heed_step *step = heed_step_of(moment);
    struct heed_moment back;
    assert_non_null(step);
    memset(&back, 0xA5, sizeof(back));
    heed_step_read(step, &back);
    assert_memory_equal(&back, moment, sizeof(back));
    assert_int_equal(step->text_version, moment->text_version);
    assert_int_equal(step->pin_version, moment->pin_version);
    free(step);
}

static void any_moment_comes_back(void **context)
{
    (void)context;
    uint32_t seed = 20261130;
    struct heed_moment moment = {.text_version = 3, .pin_version = 2};
    assert_true(heed_state_init(&moment.state, NULL));
    assert_comes_back(&moment);
    for (int i = 0; i <= 300; i++) {
        scatter(&moment, &seed, i % 3 == 0 ? 0 : i % 11);
        assert_comes_back(&moment);
    }
    /* Each second word: the most that packing can take. */
    uint64_t words[sizeof(moment) / sizeof(uint64_t)];
    memcpy(words, &moment, sizeof(moment));
    for (size_t i = sizeof(struct heed_state) / 16; i < sizeof(words) / sizeof(words[0]); i++) {
        words[i] = i % 2;
    }
    memcpy(&moment, words, sizeof(moment));
    assert_comes_back(&moment);
    heed_state_finish(&moment.state);
}

static void a_step_of_a_small_state_is_small(void **context)
{
    (void)context;
    struct heed_moment moment = {.text_version = 1};
    assert_true(heed_state_init(&moment.state, NULL));
    struct heed_step *step = heed_step_create(&moment);
    assert_non_null(step);
    assert_in_range(sizeof(*step) + step->n_words * sizeof(step->words[0]), 1, 500);
    heed_step_destroy(step);
    heed_state_finish(&moment.state);
}

static void a_step_has_texts_of_its_own(void **context)
{
    (void)context;
    struct heed_moment moment = {0}, back;
    assert_true(heed_state_init(&moment.state, NULL));
    assert_true(heed_state_set_text(&moment.state, "one", 3, NULL));
    assert_true(heed_state_set_pair(&moment.state, "second", 6, NULL));
    assert_true(heed_state_set_compare(&moment.state, "twin", 4, NULL));
    struct heed_step *step = heed_step_create(&moment);
    assert_non_null(step);
    assert_int_equal(step->text_bytes, 3 + 6 + 4);
    assert_true(heed_state_set_text(&moment.state, "two", 3, NULL));
    heed_step_read(step, &back);
    assert_string_equal(back.state.text, "one");
    assert_string_equal(back.state.pair, "second");
    heed_step_destroy(step);
    heed_state_finish(&moment.state);
    heed_step_destroy(NULL);
}

/* Some change of the state, by a key, or of its text. */
static void change(struct window *window, uint32_t *seed)
{
    static const int keys[] = {'S', '1', '2', '3', '4', '5', 'T', HEED_KEY_PAGE_DOWN};
    const struct heed_target head = head_target(below(seed, 6), below(seed, 12));
    float x, y;
    switch (below(seed, 5)) {
    case 0:
        if (window_find(window, head, &x, &y)) {
            window_click(window, head, 1, 0);
        }
        break;
    case 1:
        heed_ui_pin_pair(window->ui, (struct heed_pin){below(seed, 9), 1},
                         (struct heed_pin){below(seed, 9), 1});
        window_build(window);
        break;
    case 2:
        window_press(window, 'L', CTRL);
        window_type(window, below(seed, 2) ? " " : "x");
        window_leave_field(window);
        break;
    default:
        window_press(window, keys[below(seed, (int)(sizeof(keys) / sizeof(keys[0])))], 0);
    }
}

enum { MOST = HEED_HISTORY_STEPS };

/* The state of each number of steps. */
static void assert_is(struct window *window, struct heed_state *states)
{
    const int n = window->ui->history.n_undo;
    assert_true(heed_state_equal(window_state(window), &states[n]));
}

static void undo_and_redo_give_every_state_again(void **context)
{
    struct window *window = *context;
    struct heed_state *states = calloc(MOST + 1, sizeof(*states));
    const struct heed_history *history = &window->ui->history;
    uint32_t seed = 7;
    assert_non_null(states);
    window_leave_field(window);
    assert_true(heed_state_copy(&states[0], window_state(window), NULL));
    while (history->n_undo < 120) {
        change(window, &seed);
        heed_state_finish(&states[history->n_undo]);
        assert_true(heed_state_copy(&states[history->n_undo], window_state(window), NULL));
    }
    const int n = history->n_undo;
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < n; i++) {
            window_press(window, 'Z', CTRL);
            assert_int_equal(history->n_undo, n - 1 - i);
            assert_is(window, states);
        }
        for (int i = 0; i < n; i++) {
            window_press(window, 'Y', CTRL);
            assert_is(window, states);
        }
        assert_int_equal(history->n_redo, 0);
    }
    for (int i = 0; i <= MOST; i++) {
        heed_state_finish(&states[i]);
    }
    free(states);
}

static void handle(struct window *window, struct heed_event event)
{
    event.time = window->time += 0.05;
    heed_ui_handle(window->ui, &event, heed_record_get_metrics(), &window->effects);
}

/* What was done between a keystroke and its run has the pins of the text before: they go
 * with their words when the run comes, also those of steps. */
static void pins_of_steps_follow_a_late_run(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 2), 1, 0);
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_HOME, 0);
    handle(window, (struct heed_event){.kind = HEED_EVENT_TEXT, .text = "Well ", .length = 5});
    handle(window, (struct heed_event){.kind = HEED_EVENT_KEY, .key = '+', .mods = CTRL});
    handle(window, (struct heed_event){.kind = HEED_EVENT_KEY, .key = '+', .mods = CTRL});
    handle(window, (struct heed_event){.kind = HEED_EVENT_KEY, .key = 'Z', .mods = CTRL});
    assert_int_equal(window_state(window)->query.first, 2);
    window_answer(window);
    assert_int_equal(window_state(window)->query.first, 3);
    handle(window, (struct heed_event){.kind = HEED_EVENT_KEY, .key = 'Z', .mods = CTRL});
    assert_int_equal(window_state(window)->query.first, 3);
    handle(window, (struct heed_event){.kind = HEED_EVENT_KEY, .key = 'Y', .mods = CTRL});
    handle(window, (struct heed_event){.kind = HEED_EVENT_KEY, .key = 'Y', .mods = CTRL});
    assert_int_equal(window_state(window)->query.first, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_moment_comes_back),
        cmocka_unit_test(a_step_of_a_small_state_is_small),
        cmocka_unit_test(a_step_has_texts_of_its_own),
        IN_WINDOW(undo_and_redo_give_every_state_again),
        IN_WINDOW(pins_of_steps_follow_a_late_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
