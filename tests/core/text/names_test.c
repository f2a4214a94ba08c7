/* Names: the grammar, row by row; and that what is written is found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "core/text/names.h"
#include "token_golden.h"

#define MIXED "The cat didn't the [MASK]:"

static struct heed_tokenizer *open_tiny(int max_positions)
{
    return open_tokenizer(test_path("data", "tiny-vocab"), max_positions);
}

/* The text that was meant, or the template's piece, with the count of occurrences
 * where the name says none. */
static void print_named(char *out, size_t size, const struct heed_tokenizer *tokenizer,
                        const struct heed_encoding *encoding, const struct heed_named *named)
{
    const char *text = named->segment == 0 ? encoding->text : encoding->pair;
    const size_t length = named->segment == 0 ? encoding->text_length : encoding->pair_length;
    char run[128];
    if (named->end == 0) {
        snprintf(run, sizeof run, "%s",
                 heed_tokenizer_get_piece(tokenizer, encoding->tokens[named->first].id));
    } else {
        const size_t from = heed_utf8_offset(text, length, (size_t)named->start);
        const size_t to = heed_utf8_offset(text, length, (size_t)named->end);
        snprintf(run, sizeof run, "%.*s", (int)(to - from), text + from);
    }
    snprintf(out, size, "%s at %d, tokens %d+%d%s%s%s", run, (int)named->start, named->first,
             named->count,
             named->is_chosen || named->n_occurrences == 1 ? "" : ", first of several",
             named->is_beyond ? ", beyond" : "", named->is_without_case ? ", any case" : "");
}

static const struct row {
    const char *text, *pair, *name;
    const char *found; /* or what the error says */
} rows[] = {
    /* As spelt, else without case. */
    {MIXED, "The", "the", "the at 15, tokens 7+1"},
    {MIXED, "The", "The", "The at 0, tokens 1+1, first of several"},
    {MIXED, "The", "THE", "The at 0, tokens 1+1, first of several"},
    {MIXED, "The", "The:2", "The at 0, tokens 11+1"},
    {MIXED, "The", "the:1", "the at 15, tokens 7+1"},
    {MIXED, "The", "the:2", "the at 15, tokens 7+1, any case"},
    {MIXED, "The", "THE:3", "The at 0, tokens 11+1"},
    {MIXED, "The", "the:4", "!'the' occurs 3 times, so there is no 'the:4'"},
    {MIXED, "The", "the:0", "!from 1"},
    {MIXED, "The", "the:99999999999999999999999", "!occurs 3 times"},
    /* Boundaries: blanks, both sides of a sign, a CJK character. */
    {MIXED, NULL, "didn't", "didn't at 8, tokens 3+4"},
    {MIXED, NULL, "didn", "didn at 8, tokens 3+2"},
    {MIXED, NULL, "t", "t at 13, tokens 6+1"},
    {MIXED, NULL, "didn't the", "didn't the at 8, tokens 3+5"},
    {MIXED, NULL, ":", ": at 25, tokens 9+1"},
    {MIXED, NULL, "::1", ": at 25, tokens 9+1"},
    {MIXED, NULL, "he", "!no 'he' as a word of its own; it is a part of 'The'"},
    {MIXED, NULL, "did", "!part of 'didn'"},
    {MIXED, NULL, "cta", "!the text has no 'cta'"},
    {"the animal", NULL, "animol", "!near it is 'animal'"},
    {"the dog", NULL, "dgo", "!near it is 'dog'"},
    {MIXED, NULL, "dog", "!the text has no 'dog'"},
    {"it's it", NULL, "it", "it at 0, tokens 1+1, first of several"},
    {"it's it", NULL, "it:2", "it at 5, tokens 4+1"},
    {"it's it", NULL, "it's", "it's at 0, tokens 1+3"},
    {"a 10.50 b", NULL, "10.50", "10.50 at 2, tokens 2+"},
    {"the U.S. cat", NULL, "U.S.", "U.S. at 4, tokens 2+4"},
    {"the e-mail cat", NULL, "e-mail", "e-mail at 4, tokens 2+"},
    {"qu'il a", NULL, "il", "il at 3, tokens "},
    {"the\xE5\xB0\x8F\xE7\xBA\xA2 cat", NULL, "\xE5\xB0\x8F\xE7\xBA\xA2",
     "\xE5\xB0\x8F\xE7\xBA\xA2 at 3, tokens 2+2"},
    {"the cat", NULL, "", "!empty"},
    {"the cat", NULL, "  ", "!empty"},
    {"the cat", NULL, ":2", "!no ':2'"},
    /* Blanks, apostrophes, composed and decomposed forms. */
    {"the   cat", NULL, " the cat ", "the   cat at 0, tokens 1+2"},
    {"the cat", NULL, "the \t cat", "the cat at 0, tokens 1+2"},
    {"it\xE2\x80\x99s", NULL, "it's", "it\xE2\x80\x99s at 0, tokens 1+"},
    {"it's", NULL, "it\xE2\x80\x99s", "it's at 0, tokens 1+3"},
    {"a caf\xC3\xA9", NULL, "cafe\xCC\x81", "caf\xC3\xA9 at 2, tokens 2+"},
    {"a cafe\xCC\x81", NULL, "CAF\xC3\x89", "cafe\xCC\x81 at 2, tokens 2+"},
    {"a cafe\xCC\x81", NULL, "cafe", "!part of 'cafe\xCC\x81'"},
    {"wa\xC2\xADlk", NULL, "walk", "wa\xC2\xADlk at 0, tokens 1+"},
    /* A name that stands there wins; escapes. */
    {"at 10:30 the 10", NULL, "10:30", "10:30 at 3, tokens "},
    {"at 10:30 the 10", NULL, "10:2", "10 at 13, tokens "},
    {"the a|b;c@d \\", NULL, "a\\|b", "a|b at 4, tokens "},
    {"the a|b;c@d \\", NULL, "b\\;c\\@d", "b;c@d at 6, tokens "},
    {"the the:2", NULL, "the:2", "the:2 at 4, tokens 2+3"},
    {"the the:2", NULL, "the\\:2", "the:2 at 4, tokens 2+3"},
    {"the cat the", NULL, "the\\:2", "!no 'the:2'"},
    {"the cat \\", NULL, "\\\\", "\\ at 8, tokens "},
    /* Places. */
    {"the cat the", NULL, "@8-11", "the at 8, tokens 3+1"},
    {"the cat the", NULL, "the@8-11", "the at 8, tokens 3+1"},
    {"the cat the", NULL, "THE@8-11", "the at 8, tokens 3+1"},
    {"the cat the", NULL, "cat@8-11", "!at 8-11 stands 'the', not 'cat'"},
    {"the cat the", NULL, "@5-6", "a at 5, tokens 2+1, beyond"},
    {"the cat the", NULL, "@3-4", "!no token of its own"},
    {"the cat the", NULL, "@8-12", "!no place in a text of 11 characters"},
    {"the cat the", NULL, "@4-4", "!no place"},
    {"the @8-9 a", NULL, "@8-9", "@8-9 at 4, tokens "},
    {"the cat", NULL, "@8", "!no '@8'"},
    /* The template's tokens and typed special ones. */
    {"the cat", "cat", "[CLS]", "[CLS] at 0, tokens 0+1"},
    {"the cat", "cat", "[SEP]", "[SEP] at 0, tokens 3+1, first of several"},
    {"the cat", "cat", "[SEP]:2", "[SEP] at 0, tokens 5+1"},
    {"the cat", NULL, "[SEP]:2", "!occurs 1 time"},
    {"the [SEP] cat", NULL, "[SEP]:1", "[SEP] at 4, tokens 2+1"},
    {"the [SEP] cat", NULL, "[SEP]:2", "[SEP] at 0, tokens 4+1"},
    {MIXED, NULL, "[MASK]", "[MASK] at 19, tokens 8+1"},
};

static void every_name_leads_to_its_run(void **state)
{
    (void)state;
    struct heed_tokenizer *tokenizer = open_tiny(512);
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct heed_encoding *encoding = encode_text(tokenizer, row->text, row->pair);
        struct heed_named named = {0};
        struct heed_error err = {0};
        char found[600];
        if (heed_names_find(tokenizer, encoding, row->name, &named, &err)) {
            print_named(found, sizeof found, tokenizer, encoding, &named);
        } else {
            assert_int_equal(err.code, HEED_ERROR_INPUT);
            snprintf(found, sizeof found, "!%s", err.text);
        }
        const bool fails = row->found[0] == '!';
        if (fails != (found[0] == '!') || strstr(found, row->found + fails) == NULL) {
            fail_msg("'%s' in '%s': %s, not %s", row->name, row->text, found, row->found);
        }
        heed_encoding_destroy(encoding);
    }
    heed_tokenizer_destroy(tokenizer);
}

static void a_run_that_was_cut_off_says_so(void **state)
{
    static const struct {
        const char *name, *says;
    } cases[] = {
        {"tired", "'tired' was cut off:"},
        {"cat tired", "'cat tired' was cut off in part"},
    };
    (void)state;
    struct heed_tokenizer *tokenizer = open_tiny(4);
    struct heed_encoding *encoding = encode_text(tokenizer, "the cat tired", NULL);
    struct heed_named named = {0};
    assert_true(heed_names_find(tokenizer, encoding, "cat", &named, NULL));
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        struct heed_error err = {0};
        assert_false(heed_names_find(tokenizer, encoding, cases[i].name, &named, &err));
        assert_non_null(strstr(err.text, cases[i].says));
    }
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static const struct {
    int first, count;
    const char *name;
} names[] = {
    {1, 1, "The:1"},    {7, 1, "the"},      {11, 1, "The:2"}, {3, 4, "didn't"}, {2, 1, "cat"},
    {3, 1, "did@8-11"}, {8, 1, "[MASK]"},   {9, 1, ":"},      {0, 1, "[CLS]"},  {1, 2, "The cat"},
    {10, 1, "[SEP]:1"}, {12, 1, "[SEP]:2"}, {3, 2, "didn"},
};

static void what_is_written_is_found_again(void **state)
{
    (void)state;
    struct heed_tokenizer *tokenizer = open_tiny(512);
    struct heed_encoding *encoding = encode_text(tokenizer, MIXED, "The");
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        char *name = NULL;
        struct heed_named named = {0};
        assert_true(
            heed_names_write(&name, tokenizer, encoding, names[i].first, names[i].count, NULL));
        assert_string_equal(name, names[i].name);
        assert_true(heed_names_find(tokenizer, encoding, name, &named, NULL));
        assert_int_equal(named.first, names[i].first);
        assert_int_equal(named.count, names[i].count);
        free(name);
    }
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

/* Removed within a word, whose letters no string holds. */
static void a_word_with_nul_bytes_is_named_by_its_place(void **state)
{
    static const char text[] = "the c\0\0at";
    struct heed_tokenizer *tokenizer = open_tiny(512);
    struct heed_encoding *encoding = NULL;
    struct heed_named named = {0};
    char *name = NULL;
    (void)state;
    assert_true(heed_tokenize(&encoding, tokenizer, text, sizeof text - 1, NULL, 0,
                              (struct heed_tokenize_options){0}, NULL));
    assert_true(heed_names_write(&name, tokenizer, encoding, 2, 1, NULL));
    assert_string_equal(name, "@4-9");
    assert_true(heed_names_find(tokenizer, encoding, name, &named, NULL));
    assert_int_equal(named.first, 2);
    assert_int_equal(named.count, 1);
    free(name);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

/* They don't swallow the sign that is written behind them. */
static void backslashes_are_named(void **state)
{
    static const char *const wanted[] = {"a:1", "\\\\:1", "a:2", "\\\\:2", "\\\\:"};
    struct heed_tokenizer *tokenizer = open_tiny(512);
    struct heed_encoding *encoding = encode_text(tokenizer, "a \\ a \\:", NULL);
    (void)state;
    for (int i = 0; i < (int)HEED_COUNT(wanted); i++) {
        const int first = i < 4 ? i + 1 : 4, count = i < 4 ? 1 : 2;
        struct heed_named named = {0};
        char *name = NULL;
        assert_true(heed_names_write(&name, tokenizer, encoding, first, count, NULL));
        assert_string_equal(name, wanted[i]);
        assert_true(heed_names_find(tokenizer, encoding, name, &named, NULL));
        assert_int_equal(named.first, first);
        assert_int_equal(named.count, count);
        free(name);
    }
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static void a_list_is_split_at_signs_that_nothing_escapes(void **state)
{
    (void)state;
    assert_string_equal(heed_names_next("a\\|b|c", '|'), "|c");
    assert_null(heed_names_next("a\\|b", '|'));
    assert_string_equal(heed_names_next("a\\\\|b", '|'), "|b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_leads_to_its_run),
        cmocka_unit_test(a_run_that_was_cut_off_says_so),
        cmocka_unit_test(what_is_written_is_found_again),
        cmocka_unit_test(a_word_with_nul_bytes_is_named_by_its_place),
        cmocka_unit_test(backslashes_are_named),
        cmocka_unit_test(a_list_is_split_at_signs_that_nothing_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
