/* Words of a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "core/text/words.h"
#include "token_golden.h"

static struct heed_tokenizer *open_tiny(int max_positions)
{
    return open_tokenizer(test_path("data", "tiny-vocab"), max_positions);
}

/* The words, each with its number of tokens, joined by '|'. */
static void print_words(char *out, size_t size, const struct heed_encoding *encoding)
{
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    struct heed_error err = {0};
    int n_words = 0;
    size_t used = 0;
    assert_true(heed_words_find(encoding, &arena, &words, &n_words, &err));
    out[0] = '\0';
    for (int i = 0; i < n_words; i++) {
        const bool is_pair = words[i].segment == 1;
        const char *text = is_pair ? encoding->pair : encoding->text;
        const size_t length = is_pair ? encoding->pair_length : encoding->text_length;
        const size_t start = heed_utf8_offset(text, length, (size_t)words[i].start);
        const size_t end = heed_utf8_offset(text, length, (size_t)words[i].end);
        used += (size_t)snprintf(out + used, size - used, "%.*s=%d|", (int)(end - start),
                                 text + start, words[i].count);
    }
    heed_arena_finish(&arena);
}

static void words_are_runs_of_letters_and_every_sign_by_itself(void **state)
{
    static const struct {
        const char *text, *pair, *words;
    } cases[] = {
        {"", NULL, ""},
        {" \t\n", NULL, ""},
        {"the cat.", NULL, "the=1|cat=1|.=1|"},
        {"it didn't", NULL, "it=1|didn't=4|"},
        {"'a' b' 'c", NULL, "'=1|a=1|'=1|b=1|'=1|'=1|c=1|"},
        {"a\xE2\x80\x99"
         "b",
         NULL,
         "a\xE2\x80\x99"
         "b=3|"},
        {"1,2", NULL, "1=1|,=1|2=1|"},
        {"the\xE4\xB8\xAD\xE6\x96\x87", NULL, "the=1|\xE4\xB8\xAD=1|\xE6\x96\x87=1|"},
        {"e\xCC\x81 cafe\xCC\x81", NULL, "e\xCC\x81=1|cafe\xCC\x81=2|"},
        {"wa\xC2\xADlk", NULL, "wa\xC2\xADlk=1|"},
        {"[MASK] [mask]", NULL, "[MASK]=1|[=1|mask=1|]=1|"},
        {"the", "[SEP] cat", "the=1|[SEP]=1|cat=1|"},
    };
    struct heed_tokenizer *tokenizer = open_tiny(512);
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char found[256];
        struct heed_encoding *encoding = encode_text(tokenizer, cases[i].text, cases[i].pair);
        print_words(found, sizeof found, encoding);
        assert_string_equal(found, cases[i].words);
        heed_encoding_destroy(encoding);
    }
    heed_tokenizer_destroy(tokenizer);
}

static void every_token_lies_in_at_most_one_word(void **state)
{
    struct heed_tokenizer *tokenizer = open_tiny(512);
    struct heed_encoding *encoding = encode_text(tokenizer,
                                                 "the cats' \xE2\x82\xAC"
                                                 "12 \xF0\x9F\x91\xA9",
                                                 "a[MASK]b");
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    struct heed_error err = {0};
    int n_words = 0;
    int next = 1;
    assert_true(heed_words_find(encoding, &arena, &words, &n_words, &err));
    for (int i = 0; i < n_words; i++) {
        if (words[i].count > 0) {
            assert_true(words[i].first >= next);
            next = words[i].first + words[i].count;
        }
    }
    assert_true(next <= encoding->n_tokens - 1);
    heed_arena_finish(&arena);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_runs_of_letters_and_every_sign_by_itself),
        cmocka_unit_test(every_token_lies_in_at_most_one_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
