/* Any bytes as a text and its pair: refused, or offsets lie in the text and
 * every word can be found. HEED_TEST_DATA must name the tests' folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/text/names.h"
#include "core/text/words.h"
#include "fuzz.h"

static const struct heed_tokenizer *get_tokenizer(void)
{
    static struct heed_tokenizer *tokenizer;
    if (!tokenizer) {
        char path[4096];
        struct heed_error err = {0};
        const char *data = getenv("HEED_TEST_DATA");
        snprintf(path, sizeof path, "%s/data/tiny-json", data ? data : ".");
        if (!heed_tokenizer_open(&tokenizer, path, 32, &err)) {
            fprintf(stderr, "%s\n", err.text);
            abort();
        }
    }
    return tokenizer;
}

static void check_offsets(const struct heed_encoding *encoding)
{
    const int32_t ends[2] = {
        (int32_t)heed_utf8_count(encoding->text, encoding->text_length),
        encoding->pair ? (int32_t)heed_utf8_count(encoding->pair, encoding->pair_length) : 0};
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        if (token->is_template) {
            continue;
        }
        if (token->start < 0 || token->start >= token->end || token->end > ends[token->segment]) {
            abort();
        }
    }
}

static void check_words(const struct heed_encoding *encoding)
{
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    int n_words = 0;
    int next = 1;
    if (!heed_words_find(encoding, &arena, &words, &n_words, NULL)) {
        heed_arena_finish(&arena);
        return;
    }
    for (int i = 0; i < n_words; i++) {
        if (words[i].start >= words[i].end || (words[i].count > 0 && words[i].first < next)) {
            abort();
        }
        next = words[i].count > 0 ? words[i].first + words[i].count : next;
    }
    heed_arena_finish(&arena);
}

/* What is written is found again, but for what only a pair has. */
static void check_names(const struct heed_encoding *encoding)
{
    for (int first = 0; first < encoding->n_tokens && first < 8; first++) {
        struct heed_named named = {0};
        char *name = NULL;
        const struct heed_token *token = &encoding->tokens[first];
        if (!heed_names_write(&name, get_tokenizer(), encoding, first, 1, NULL)) {
            abort();
        }
        if (!token->is_template && token->segment == 0 && token->end > token->start &&
            (!heed_names_find(get_tokenizer(), encoding, name, &named, NULL) ||
             named.first > first || named.first + named.count <= first)) {
            abort();
        }
        free(name);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *tab = size > 0 ? memchr(text, '\t', size) : NULL;
    const size_t length = tab ? (size_t)(tab - text) : size;
    const char *pair = tab ? tab + 1 : NULL;
    struct heed_encoding *encoding = NULL;
    if (heed_tokenize(&encoding, get_tokenizer(), text, length, pair, pair ? size - length - 1 : 0,
                      (struct heed_tokenize_options){.no_truncate = size % 2 == 1}, NULL)) {
        struct heed_named named = {0};
        check_offsets(encoding);
        check_words(encoding);
        if (heed_names_find(get_tokenizer(), encoding, encoding->text, &named, NULL) &&
            (named.first < 0 || named.count < 1 ||
             named.first + named.count > encoding->n_tokens)) {
            abort();
        }
        check_names(encoding);
        heed_encoding_destroy(encoding);
    }
    return 0;
}
