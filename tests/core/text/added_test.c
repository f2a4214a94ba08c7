/* Added tokens: leftmost and longest, of one byte too, with their edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/added.h"

static struct heed_added_token token(const char *pattern, int32_t id)
{
    return (struct heed_added_token){
        .content = pattern, .pattern = pattern, .length = strlen(pattern), .id = id};
}

static void expect(const struct heed_added_set *set, const char *text,
                   const struct heed_added_match *wanted, const int32_t *ids, size_t n)
{
    struct heed_added_scan scan = {.set = set, .text = text, .length = strlen(text)};
    struct heed_added_match match;
    for (size_t i = 0; i < n; i++) {
        assert_true(heed_added_next(&scan, &match));
        assert_int_equal(match.token->id, ids[i]);
        assert_int_equal(match.start, wanted[i].start);
        assert_int_equal(match.end, wanted[i].end);
    }
    assert_false(heed_added_next(&scan, &match));
}

static void one_byte_is_a_token_and_nothing_is_not(void **state)
{
    (void)state;
    struct heed_added_set set = {0};
    const struct heed_added_token empty = token("", 1), one = token("#", 2);
    assert_true(heed_added_set_add(&set, &empty));
    assert_int_equal(set.n_tokens, 0);
    assert_true(heed_added_set_add(&set, &one));
    assert_int_equal(set.n_tokens, 1);
    const struct heed_added_match wanted[] = {{.start = 0, .end = 1}, {.start = 3, .end = 4}};
    expect(&set, "#ab#", wanted, (int32_t[]){2, 2}, 2);
    expect(&set, "", NULL, NULL, 0);
    heed_added_set_finish(&set);
}

static void the_leftmost_wins_then_the_longest(void **state)
{
    (void)state;
    struct heed_added_set set = {0};
    const struct heed_added_token tokens[] = {token("ab", 1), token("abc", 2), token("bcd", 3)};
    for (int i = 0; i < 3; i++) {
        assert_true(heed_added_set_add(&set, &tokens[i]));
    }
    const struct heed_added_match wanted[] = {{.start = 1, .end = 4}, {.start = 5, .end = 7}};
    expect(&set, "xabcdab", wanted, (int32_t[]){2, 1}, 2);
    heed_added_set_finish(&set);
}

static void spaces_are_taken_and_words_stay_whole(void **state)
{
    (void)state;
    struct heed_added_set set = {0};
    struct heed_added_token strips = token("<m>", 1), word = token("yes", 2);
    strips.lstrip = strips.rstrip = true;
    word.single_word = true;
    assert_true(heed_added_set_add(&set, &strips));
    assert_true(heed_added_set_add(&set, &word));
    const struct heed_added_match wanted[] = {{.start = 1, .end = 7}, {.start = 13, .end = 16}};
    expect(&set, "a  <m> yeses yes", wanted, (int32_t[]){1, 2}, 2);
    heed_added_set_finish(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_byte_is_a_token_and_nothing_is_not),
        cmocka_unit_test(the_leftmost_wins_then_the_longest),
        cmocka_unit_test(spaces_are_taken_and_words_stay_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
