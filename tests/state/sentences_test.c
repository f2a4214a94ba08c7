/* The list of a session's sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "state/sentences.h"

static struct heed_state state;

static void begin(const char *lines)
{
    assert_true(heed_state_init(&state, NULL));
    assert_true(heed_sentences_set(&state, lines, strlen(lines), NULL));
}

/* All of them, and the shown one's place. */
static void expect(const char *lines, int shown)
{
    assert_string_equal(state.sentences != NULL ? state.sentences : "", lines);
    assert_int_equal(state.sentence, shown);
    heed_state_finish(&state);
}

static void lines_of_a_file_are_taken_but_blank_ones(void **context)
{
    (void)context;
    begin("one\r\n\n  \ntwo\nthree");
    assert_int_equal(heed_sentences_count(&state), 3);
    expect("one\ntwo\nthree", 1);
    begin("");
    assert_int_equal(heed_sentences_count(&state), 0);
    expect("", 0);
}

static void one_is_shown_by_its_place(void **context)
{
    (void)context;
    begin("one\ntwo\nthree");
    assert_true(heed_sentences_show(&state, 1, NULL));
    assert_string_equal(state.text, "two");
    expect("one\ntwo\nthree", 2);
}

static void a_text_is_added_and_put_in_place(void **context)
{
    (void)context;
    begin("one\ntwo");
    assert_true(heed_state_set_text(&state, "new", 3, NULL));
    assert_true(heed_sentences_replace(&state, NULL));
    assert_string_equal(state.sentences, "new\ntwo");
    assert_true(heed_state_set_text(&state, "last", 4, NULL));
    assert_true(heed_sentences_add(&state, NULL));
    expect("new\ntwo\nlast", 3);
}

static void a_name_stays_with_its_sentence(void **context)
{
    (void)context;
    size_t length = 0;
    begin("one\nsecond\ttwo\nthree");
    assert_memory_equal(heed_sentences_get(&state, 1, &length), "two", 3);
    assert_int_equal(length, 3);
    assert_true(heed_sentences_name(&state, "a\tfirst", NULL));
    assert_string_equal(state.sentences, "a first\tone\nsecond\ttwo\nthree");
    assert_true(heed_sentences_move(&state, 1, NULL));
    assert_true(heed_state_set_text(&state, "new\t1", 5, NULL));
    assert_true(heed_sentences_replace(&state, NULL));
    assert_string_equal(state.sentences, "second\ttwo\na first\tnew 1\nthree");
    assert_true(heed_sentences_name(&state, "", NULL));
    assert_true(heed_sentences_show(&state, 0, NULL));
    assert_string_equal(state.text, "two");
    char name[HEED_MAX_SENTENCE_NAME + 2];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct heed_error err = {0};
    assert_false(heed_sentences_name(&state, name, &err));
    assert_non_null(strstr(err.text, "80 bytes"));
    expect("second\ttwo\nnew 1\nthree", 1);
}

static void one_is_moved_and_stays_the_shown_one(void **context)
{
    (void)context;
    begin("one\ntwo\nthree");
    assert_true(heed_sentences_move(&state, 1, NULL));
    assert_string_equal(state.sentences, "two\none\nthree");
    assert_true(heed_sentences_move(&state, 1, NULL));
    assert_string_equal(state.sentences, "two\nthree\none");
    assert_true(heed_sentences_move(&state, -1, NULL));
    expect("two\none\nthree", 2);
}

static void after_a_removed_one_its_neighbour_is_shown(void **context)
{
    (void)context;
    begin("one\ntwo\nthree");
    assert_true(heed_sentences_show(&state, 1, NULL));
    assert_true(heed_sentences_remove(&state, NULL));
    assert_string_equal(state.text, "three");
    assert_true(heed_sentences_remove(&state, NULL));
    assert_string_equal(state.text, "one");
    assert_true(heed_sentences_remove(&state, NULL));
    expect("", 0);
}

static void too_many_are_refused_and_change_nothing(void **context)
{
    (void)context;
    struct heed_error err = {0};
    char lines[2 * (HEED_MAX_SENTENCES + 1)];
    for (size_t i = 0; i < sizeof lines; i++) {
        lines[i] = i % 2 == 0 ? 'a' : '\n';
    }
    begin("one");
    assert_false(heed_sentences_set(&state, lines, sizeof lines, &err));
    assert_non_null(strstr(err.text, "at most 1000"));
    expect("one", 1);
}

static void they_are_part_of_what_undo_compares(void **context)
{
    (void)context;
    struct heed_state other;
    begin("one\ntwo");
    assert_true(heed_state_copy(&other, &state, NULL));
    assert_true(heed_state_equal(&other, &state));
    assert_true(heed_sentences_move(&other, 1, NULL));
    assert_false(heed_state_equal(&other, &state));
    heed_state_finish(&other);
    heed_state_finish(&state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_file_are_taken_but_blank_ones),
        cmocka_unit_test(one_is_shown_by_its_place),
        cmocka_unit_test(a_text_is_added_and_put_in_place),
        cmocka_unit_test(a_name_stays_with_its_sentence),
        cmocka_unit_test(one_is_moved_and_stays_the_shown_one),
        cmocka_unit_test(after_a_removed_one_its_neighbour_is_shown),
        cmocka_unit_test(too_many_are_refused_and_change_nothing),
        cmocka_unit_test(they_are_part_of_what_undo_compares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
