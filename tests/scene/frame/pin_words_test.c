/* What a pinned run is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene/frame/shown.h"

/* "▁" and "sat" of "the sat" begin at the same letter; lists show the first as a space. */
static void a_piece_that_is_only_a_space_is_called_as_in_lists(void **state)
{
    char text[] = "the sat", words[16];
    struct heed_token tokens[] = {
        {.start = 0, .end = 3}, {.start = 4, .end = 5, .blank = true}, {.start = 4, .end = 7}};
    struct heed_encoding encoding = {
        .text = text, .text_length = sizeof(text) - 1, .tokens = tokens, .n_tokens = 3};
    const struct heed_result result = {.ok = true, .encoding = &encoding};
    (void)state;
    heed_pin_words(&result, (struct heed_pin){.first = 1, .count = 1}, words, sizeof(words));
    assert_string_equal(words, HEED_BLANK_LABEL);
    heed_pin_words(&result, (struct heed_pin){.first = 1, .count = 2}, words, sizeof(words));
    assert_string_equal(words, "sat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_piece_that_is_only_a_space_is_called_as_in_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
