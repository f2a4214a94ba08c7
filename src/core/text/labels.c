#include "core/text/labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "core/text/encoding.h"
#include "core/text/unicode.h"

/* ---- making one ---- */

struct making {
    struct heed_arena *arena;
    struct heed_encoding *encoding;
    const struct heed_labelled_text *source;
    const char **labels, **pieces;
};

static bool copy_strings(struct making *making, const char ***to, const char *const *from)
{
    const size_t n = (size_t)making->source->n;
    if (!from) {
        return true;
    }
    *to = heed_arena_zeroed(making->arena, n, sizeof **to);
    for (size_t i = 0; *to && i < n; i++) {
        (*to)[i] = heed_arena_copy(making->arena, from[i], strlen(from[i]));
        if (!(*to)[i]) {
            return false;
        }
    }
    return *to != NULL;
}

static bool copy_words(struct making *making)
{
    const size_t size = (size_t)making->source->n * sizeof(int32_t);
    if (!making->source->words) {
        return true;
    }
    int32_t *words = heed_arena_alloc(making->arena, size);
    if (words) {
        memcpy(words, making->source->words, size);
    }
    making->encoding->words = words;
    return words != NULL;
}

static size_t count_blanks(const char *text)
{
    return strspn(text, " \t");
}

/* Without the blanks before and behind it. */
static size_t trimmed_length(const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        length--;
    }
    return length;
}

/* The labels after each other: by blanks, unless some bring their own. */
static bool join_labels(struct making *making)
{
    struct heed_encoding *encoding = making->encoding;
    const int n = making->source->n;
    struct heed_buffer text = {0};
    bool own_blanks = false;
    int32_t at = 0;
    for (int i = 0; i < n; i++) {
        own_blanks = own_blanks || making->labels[i][0] == ' ';
    }
    for (int i = 0; i < n; i++) {
        const char *label = making->labels[i];
        struct heed_token *token = &encoding->tokens[i];
        if (i > 0 && !own_blanks) {
            heed_buffer_puts(&text, " ");
            at++;
        }
        const size_t length = trimmed_length(label);
        const size_t blanks = count_blanks(label) < length ? count_blanks(label) : length;
        token->start = at + (int32_t)blanks;
        token->end = at + (int32_t)heed_utf8_count(label, length);
        at += (int32_t)heed_utf8_count(label, strlen(label));
        heed_buffer_puts(&text, label);
    }
    encoding->text = text.failed ? NULL : heed_arena_copy(making->arena, text.data, text.size);
    encoding->text_length = text.size;
    heed_buffer_finish(&text);
    return encoding->text != NULL;
}

static bool copy_texts(struct making *making)
{
    struct heed_encoding *encoding = making->encoding;
    const struct heed_labelled_text *source = making->source;
    encoding->text_length = strlen(source->text);
    encoding->text = heed_arena_copy(making->arena, source->text, encoding->text_length);
    if (source->pair) {
        encoding->pair_length = strlen(source->pair);
        encoding->pair = heed_arena_copy(making->arena, source->pair, encoding->pair_length);
        encoding->pair_kept = (int)heed_utf8_count(encoding->pair, encoding->pair_length);
    }
    for (int i = 0; i < source->n; i++) {
        encoding->tokens[i].start = source->offsets[2 * i];
        encoding->tokens[i].end = source->offsets[2 * i + 1];
    }
    return encoding->text && (!source->pair || encoding->pair);
}

/* One sign of BERT's punctuation rule. */
static bool is_punctuation(const char *label)
{
    uint32_t c = 0;
    const size_t blanks = count_blanks(label);
    const size_t length = trimmed_length(label);
    return blanks < length &&
           heed_utf8_decode(label + blanks, length - blanks, &c) == length - blanks &&
           (heed_unicode_classify(c) & HEED_UNICODE_PUNCTUATION);
}

static void fill_token(struct making *making, int i)
{
    const struct heed_labelled_text *source = making->source;
    struct heed_token *token = &making->encoding->tokens[i];
    const char *label = making->labels[i];
    const char *piece = making->pieces ? making->pieces[i] : label;
    const bool covers_text = source->offsets && source->offsets[2 * i + 1] > 0;
    token->segment = source->segments ? source->segments[i] : 0;
    token->special = source->special && source->special[i];
    token->is_template = token->special && !covers_text;
    token->continues = making->pieces && strncmp(piece, "##", 2) == 0 && piece[2] != '\0';
    token->unknown = strcmp(piece, "[UNK]") == 0 && strcmp(label, piece) != 0;
    token->punctuation = !token->special && is_punctuation(label);
}

struct numbered {
    const char *label;
    int32_t place;
};

static int by_label(const void *a, const void *b)
{
    const struct numbered *x = a;
    const struct numbered *y = b;
    const int order = strcmp(x->label, y->label);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

/* The same number for the same label, below 0 as it is no vocabulary's: that of the first. */
static bool number_labels(struct making *making)
{
    const int n = making->source->n;
    struct numbered *sorted = malloc((size_t)n * sizeof *sorted);
    if (!sorted) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        sorted[i] = (struct numbered){making->labels[i], i};
    }
    heed_sort(sorted, (size_t)n, sizeof *sorted, by_label);
    for (int i = 0, leader = 0; i < n; i++) {
        leader = i > 0 && strcmp(sorted[i].label, sorted[i - 1].label) == 0 ? leader : i;
        making->encoding->tokens[sorted[i].place].id = -1 - sorted[leader].place;
    }
    free(sorted);
    return true;
}

static bool fill(struct making *making)
{
    struct heed_encoding *encoding = making->encoding;
    const struct heed_labelled_text *source = making->source;
    encoding->n_tokens = source->n;
    encoding->n_total = source->n;
    encoding->n_queries = source->n_queries;
    encoding->tokens =
        heed_arena_zeroed(making->arena, (size_t)source->n, sizeof *encoding->tokens);
    if (!encoding->tokens || !copy_strings(making, &making->labels, source->labels) ||
        !copy_strings(making, &making->pieces, source->pieces) || !copy_words(making)) {
        return false;
    }
    encoding->labels = making->labels;
    encoding->pieces = making->pieces;
    const bool has_text = source->text && source->offsets;
    if (!(has_text ? copy_texts(making) : join_labels(making))) {
        return false;
    }
    encoding->text_kept = (int)heed_utf8_count(encoding->text, encoding->text_length);
    for (int i = 0; i < source->n; i++) {
        fill_token(making, i);
        encoding->tokens[i].id = source->ids ? source->ids[i] : 0;
    }
    return source->ids || number_labels(making);
}

bool heed_encoding_create(struct heed_encoding **encoding, const struct heed_labelled_text *source,
                          struct heed_stock *stock, struct heed_error *err)
{
    struct heed_owned_encoding *made = heed_owned_encoding_create(stock);
    struct making making = {.source = source};
    if (made) {
        making.arena = &made->arena;
        making.encoding = &made->encoding;
    }
    if (!made || !fill(&making)) {
        heed_encoding_destroy(made ? &made->encoding : NULL);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the tokens");
    }
    *encoding = &made->encoding;
    return true;
}

/* ---- names ---- */

/* What a label adds to a name: not the mark of a piece, nor blanks before it. */
static const char *spelt(const struct heed_encoding *encoding, int i)
{
    const char *label = encoding->labels[i];
    label += encoding->tokens[i].continues && strncmp(label, "##", 2) == 0 ? 2 : 0;
    return label + count_blanks(label);
}

/* How many tokens from `first` on spell the name; 0: they don't. */
static int match(const struct heed_encoding *encoding, int first, const char *name, size_t length)
{
    size_t at = 0;
    for (int i = first; i < encoding->n_tokens; i++) {
        const char *label = spelt(encoding, i);
        const size_t size = trimmed_length(label);
        at += i > first ? count_blanks(name + at) : 0;
        if (size > length - at || memcmp(name + at, label, size) != 0 ||
            (size == 0 && i == first)) {
            return 0;
        }
        at += size;
        if (at == length) {
            return i - first + 1;
        }
    }
    return 0;
}

/* The k-th from 1 into *named, whose n_occurrences is how many there are. */
static bool find(const struct heed_encoding *encoding, const char *name, size_t length,
                 unsigned long k, struct heed_named *named)
{
    *named = (struct heed_named){0};
    for (int i = 0; i < encoding->n_tokens; i++) {
        const int count = length > 0 ? match(encoding, i, name, length) : 0;
        named->n_occurrences += count > 0;
        if (count > 0 && (unsigned long)named->n_occurrences == k) {
            named->first = i;
            named->count = count;
            named->segment = encoding->tokens[i].segment;
            named->start = encoding->tokens[i].start;
            named->end = encoding->tokens[i + count - 1].end;
        }
    }
    return named->count > 0;
}

bool heed_labels_find(const struct heed_encoding *encoding, const char *name,
                      struct heed_named *named, struct heed_error *err)
{
    const char *start = name + count_blanks(name);
    const char *colon = strrchr(start, ':');
    struct heed_named found;
    bool ok = find(encoding, start, trimmed_length(start), 1, &found);
    if (!ok && colon && colon[1] != '\0' && colon[1 + strspn(colon + 1, "0123456789")] == '\0') {
        const size_t before = (size_t)(colon - start);
        ok = find(encoding, start, before, strtoul(colon + 1, NULL, 10), &found);
        found.is_chosen = true;
        if (!ok && found.n_occurrences > 0) {
            return heed_error_set(
                err, HEED_ERROR_INPUT, "'%.*s' occurs %d time%s, so there is no '%.100s'",
                (int)before, start, found.n_occurrences, found.n_occurrences == 1 ? "" : "s", name);
        }
    }
    if (!ok) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "no token of the file is '%.100s', nor do several in a row spell it",
                              name);
    }
    *named = found;
    return true;
}

bool heed_labels_write(char **name, const struct heed_encoding *encoding, int first, int count,
                       struct heed_error *err)
{
    struct heed_buffer out = {0};
    for (int i = first; i < first + count; i++) {
        const char *label = encoding->labels[i];
        const size_t blanks = count_blanks(label);
        heed_buffer_puts(&out, i > first && blanks > 0 ? " " : "");
        const char *text = spelt(encoding, i);
        heed_buffer_append(&out, text, trimmed_length(text));
    }
    unsigned long found = 0;
    unsigned long own = 0;
    for (int i = 0; !out.failed && i < encoding->n_tokens; i++) {
        found += match(encoding, i, out.data ? out.data : "", out.size) > 0;
        own = i == first ? found : own;
    }
    if (found > 1) {
        heed_buffer_printf(&out, ":%lu", own);
    }
    if (out.failed) {
        heed_buffer_finish(&out);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the name of a token");
    }
    *name = out.data ? out.data : strdup("");
    return *name != NULL;
}
