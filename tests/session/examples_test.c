/* The examples that come with the program, and files that aren't ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "session/examples.h"
#include "state/state.h"

static void every_example_is_read_and_has_its_words(void **context)
{
    (void)context;
    struct heed_examples examples = {0};
    struct heed_error err = {0};
    if (!heed_examples_load(&examples, &err)) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(examples.n, 23);
    for (int i = 0; i < examples.n; i++) {
        const struct heed_example *it = &examples.items[i];
        assert_true(strlen(it->title) > 3 && strlen(it->title) < 50);
        assert_true(strlen(it->group) > 3);
        assert_true(strlen(it->look) > 60 && strlen(it->look) < 320);
        assert_true(strlen(it->state.text) > 0);
        assert_true(it->state.n_shown > 0);
        assert_int_equal(it->state.view == HEED_VIEW_COMPARE, it->state.compare != NULL);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(it->title, examples.items[j].title);
        }
    }
    heed_examples_finish(&examples);
    assert_int_equal(examples.n, 0);
}

static void a_session_within_is_read_as_any_session_is(void **context)
{
    (void)context;
    static const char json[] =
        "{\"version\": 1, \"examples\": [{\"title\": \"t\", \"group\": \"g\", \"look\": \"l\","
        " \"session\": {\"version\": 1, \"text\": \"a b\", \"view\": \"arcs\","
        " \"shown\": [\"L1H2\"], \"query\": {\"first\": 1, \"count\": 1}}}]}";
    struct heed_examples examples = {0};
    struct heed_error err = {0};
    assert_true(heed_examples_parse(&examples, json, strlen(json), "x", &err));
    assert_int_equal(examples.n, 1);
    const struct heed_state *state = &examples.items[0].state;
    assert_string_equal(state->text, "a b");
    assert_int_equal(state->view, HEED_VIEW_ARCS);
    assert_true(heed_state_shows(state, (struct heed_head_id){1, 2}, NULL));
    assert_int_equal(state->query.first, 1);
    heed_examples_finish(&examples);
}

static void assert_refused(const char *json, const char *word)
{
    struct heed_examples examples = {0};
    struct heed_error err = {0};
    assert_false(heed_examples_parse(&examples, json, strlen(json), "x.json", &err));
    assert_non_null(strstr(err.text, word));
    assert_null(examples.items);
}

static void a_broken_file_is_refused_and_says_where(void **context)
{
    (void)context;
    assert_refused("{\"version\": 1}", "examples");
    assert_refused("{\"version\": 9, \"examples\": []}", "version");
    assert_refused("{\"version\": 1, \"examples\": [{}]}", "title");
    assert_refused("{\"version\": 1, \"examples\": [{\"title\": \"t\", \"look\": \"l\"}]}",
                   "group");
    assert_refused("{\"version\": 1, \"examples\": [{\"title\": \"t\", \"group\": \"g\","
                   " \"look\": 3}]}",
                   "look");
    assert_refused("{\"version\": 1, \"examples\": [{\"title\": \"t\", \"group\": \"g\","
                   " \"look\": \"l\"}]}",
                   "session");
    assert_refused("{\"version\": 1, \"examples\": [{\"title\": \"t\", \"group\": \"g\","
                   " \"look\": \"l\", \"session\": {\"version\": 1,"
                   " \"view\": \"none\"}}]}",
                   "view");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_read_and_has_its_words),
        cmocka_unit_test(a_session_within_is_read_as_any_session_is),
        cmocka_unit_test(a_broken_file_is_refused_and_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
