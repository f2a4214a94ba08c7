#include "core/text/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "core/text/moves.h"
#include "core/text/unicode.h"

/* ---- words of one text ---- */

struct word_list {
    struct heed_word *words;
    size_t n, capacity;
    struct heed_arena *arena;
};

static bool put_word(struct word_list *list, struct heed_word word)
{
    if (!heed_arena_reserve(list->arena, &list->words, &list->capacity, list->n + 1, sizeof word)) {
        return false;
    }
    list->words[list->n++] = word;
    return true;
}

enum kind {
    KIND_SPACE,
    KIND_REMOVED, /* by the normaliser: within a word it isn't seen */
    KIND_LETTER,  /* letters, marks and digits */
    KIND_APOSTROPHE,
    KIND_SIGN
};

static enum kind classify(uint32_t c)
{
    if (heed_unicode_is_space(c)) {
        return KIND_SPACE;
    }
    if (c == 0 || c == 0xFFFD || (heed_unicode_classify(c) & HEED_UNICODE_OTHER)) {
        return KIND_REMOVED;
    }
    if (c == '\'' || c == 0x2019) {
        return KIND_APOSTROPHE;
    }
    if (heed_unicode_is_cjk(c)) {
        return KIND_SIGN;
    }
    return heed_unicode_is_letter(c) ||
                   utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_NO
               ? KIND_LETTER
               : KIND_SIGN;
}

/* A text that is read character by character. */
struct reader {
    const char *text;
    size_t length;
    size_t at;        /* byte of this character */
    size_t size;      /* its bytes; 0 at the end */
    int32_t position; /* its index */
    enum kind kind;
};

static void look(struct reader *reader)
{
    uint32_t c = 0;
    reader->size = heed_utf8_decode(reader->text + reader->at, reader->length - reader->at, &c);
    reader->kind = reader->size > 0 ? classify(c) : KIND_SPACE;
}

static void advance(struct reader *reader)
{
    reader->at += reader->size;
    reader->position++;
    look(reader);
}

static bool is_letter_behind(const struct reader *reader)
{
    struct reader next = *reader;
    advance(&next);
    return next.kind == KIND_LETTER;
}

/* Reads a word of letters up to code point `until`; returns its end. */
static int32_t read_letters(struct reader *reader, int32_t until)
{
    int32_t end = reader->position;
    while (reader->size > 0 && reader->position < until) {
        const bool joins =
            reader->kind == KIND_LETTER || (reader->kind == KIND_APOSTROPHE &&
                                            end == reader->position && is_letter_behind(reader));
        if (!joins && reader->kind != KIND_REMOVED) {
            break;
        }
        advance(reader);
        end = joins ? reader->position : end;
    }
    return end;
}

/* The next special token that was typed into this text, from *token on; NULL
 * if there is none. */
static const struct heed_token *find_special(const struct heed_encoding *encoding, int32_t segment,
                                             int *token)
{
    for (; *token < encoding->n_tokens; (*token)++) {
        const struct heed_token *found = &encoding->tokens[*token];
        if (found->segment == segment && found->special && !found->is_template) {
            return found;
        }
    }
    return NULL;
}

static bool find_in_text(const struct heed_encoding *encoding, int32_t segment, const char *text,
                         size_t length, struct word_list *list)
{
    struct reader reader = {.text = text, .length = length};
    int token = 0;
    bool ok = true;
    look(&reader);
    while (ok && reader.size > 0) {
        const struct heed_token *special = find_special(encoding, segment, &token);
        const int32_t until = special ? special->start : INT32_MAX;
        struct heed_word word = {.segment = segment, .start = reader.position};
        bool is_word = true;
        if (reader.position >= until) {
            while (reader.size > 0 && reader.position < special->end) {
                advance(&reader);
            }
            word.end = reader.position;
            token++;
            is_word = word.end > word.start;
        } else if (reader.kind == KIND_LETTER) {
            word.end = read_letters(&reader, until);
        } else {
            is_word = reader.kind == KIND_SIGN || reader.kind == KIND_APOSTROPHE;
            advance(&reader);
            word.end = reader.position;
        }
        ok = !is_word || put_word(list, word);
    }
    return ok;
}

/* A token belongs to the word in which it begins. Both are in order. */
static void give_tokens(const struct heed_encoding *encoding, struct word_list *list)
{
    size_t word = 0;
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        if (token->is_template) {
            continue;
        }
        while (word < list->n && (list->words[word].segment < token->segment ||
                                  (list->words[word].segment == token->segment &&
                                   list->words[word].end <= token->start))) {
            word++;
        }
        if (word == list->n) {
            return;
        }
        struct heed_word *owner = &list->words[word];
        if (owner->segment == token->segment && owner->start <= token->start) {
            owner->first = owner->count == 0 ? i : owner->first;
            owner->count++;
        }
    }
}

bool heed_words_find(const struct heed_encoding *encoding, struct heed_arena *arena,
                     struct heed_word **words, int *n_words, struct heed_error *err)
{
    struct word_list list = {.arena = arena};
    bool ok = find_in_text(encoding, 0, encoding->text, encoding->text_length, &list);
    if (ok && encoding->pair) {
        ok = find_in_text(encoding, 1, encoding->pair, encoding->pair_length, &list);
    }
    if (!ok) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the words of a text");
    }
    give_tokens(encoding, &list);
    *words = list.words;
    *n_words = (int)list.n;
    return true;
}

/* ---- picking one ---- */

/* "WORD" or "WORD:k". */
struct spec {
    const char *text; /* all of it */
    const char *word;
    int length;
    unsigned long occurrence;
};

static struct spec parse_spec(const char *text)
{
    struct spec spec = {text, text, (int)strlen(text), 1};
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text || colon[1] == '\0' ||
        colon[1 + strspn(colon + 1, "0123456789")] != '\0') {
        return spec;
    }
    spec.length = (int)(colon - text);
    spec.occurrence = strtoul(colon + 1, NULL, 10);
    return spec;
}

/* Where a word's bytes begin, found by going on from the word before it. */
struct cursor {
    int32_t segment, position;
    size_t at;
};

static const char *word_text(const struct heed_encoding *encoding, const struct heed_word *word,
                             struct cursor *cursor, size_t *length)
{
    const char *text = word->segment == 0 ? encoding->text : encoding->pair;
    const size_t size = word->segment == 0 ? encoding->text_length : encoding->pair_length;
    if (cursor->segment != word->segment) {
        *cursor = (struct cursor){.segment = word->segment};
    }
    cursor->at += heed_utf8_offset(text + cursor->at, size - cursor->at,
                                   (size_t)(word->start - cursor->position));
    cursor->position = word->start;
    *length =
        heed_utf8_offset(text + cursor->at, size - cursor->at, (size_t)(word->end - word->start));
    return text + cursor->at;
}

static bool is_word(const struct heed_tokenizer *tokenizer, const char *text, size_t length,
                    const char *wanted, bool *result, struct heed_error *err)
{
    char *normal = NULL;
    if (!heed_tokenizer_normalise(tokenizer, text, length, &normal, err)) {
        return false;
    }
    *result = strcmp(normal, wanted) == 0;
    free(normal);
    return true;
}

/* A word that is looked for among a text's, in their order. */
struct search {
    const struct heed_tokenizer *tokenizer;
    const struct heed_encoding *encoding;
    const char *wanted; /* normalised */
    const struct heed_word *words;
    int n_words;
    struct cursor cursor;
};

static bool compare_word(struct search *search, int i, bool *same, struct heed_error *err)
{
    size_t length = 0;
    const char *text = word_text(search->encoding, &search->words[i], &search->cursor, &length);
    return is_word(search->tokenizer, text, length, search->wanted, same, err);
}

static bool fail_not_found(const struct spec *spec, unsigned long found, struct heed_error *err)
{
    if (found == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the text has no word '%.*s'", spec->length,
                              spec->word);
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "the word '%.*s' occurs %lu time%s, so there is no '%.100s'",
                          spec->length, spec->word, found, found == 1 ? "" : "s", spec->text);
}

static bool check_picked(const struct heed_encoding *encoding, const struct heed_word *word,
                         const struct spec *spec, struct heed_error *err)
{
    if (word->count > 0) {
        return true;
    }
    const int kept = word->segment == 0 ? encoding->text_kept : encoding->pair_kept;
    if (word->start >= kept) {
        return heed_error_set(
            err, HEED_ERROR_INPUT,
            "the word '%.*s' was cut off: the model takes %d tokens, give a shorter text",
            spec->length, spec->word, encoding->n_limit);
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "the word '%.*s' has no token of its own",
                          spec->length, spec->word);
}

static bool pick(struct search *search, const struct spec *spec, const struct heed_word **picked,
                 struct heed_error *err)
{
    unsigned long found = 0;
    for (int i = 0; i < search->n_words; i++) {
        bool same = false;
        if (!compare_word(search, i, &same, err)) {
            return false;
        }
        found += same;
        if (same && found == spec->occurrence) {
            *picked = &search->words[i];
            return check_picked(search->encoding, *picked, spec, err);
        }
    }
    return fail_not_found(spec, found, err);
}

/* The occurrence-th special token of this piece, those that were typed counted
 * too; -1 if there are fewer. *found is how many. */
static int find_special_piece(const struct heed_tokenizer *tokenizer,
                              const struct heed_encoding *encoding, const char *piece,
                              size_t length, unsigned long occurrence, unsigned long *found)
{
    int place = -1;
    *found = 0;
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        const char *name = heed_tokenizer_get_piece(tokenizer, token->id);
        if (token->special && strlen(name) == length && strncasecmp(name, piece, length) == 0) {
            place = ++*found == occurrence ? i : place;
        }
    }
    return place;
}

bool heed_words_pick(const struct heed_tokenizer *tokenizer, const struct heed_encoding *encoding,
                     const char *text, int *first, int *count, struct heed_error *err)
{
    const struct spec spec = parse_spec(text);
    unsigned long found = 0;
    const int special = find_special_piece(tokenizer, encoding, spec.word, (size_t)spec.length,
                                           spec.occurrence, &found);
    if (special >= 0) {
        *first = special;
        *count = 1;
        return true;
    }
    if (found > 0 && spec.occurrence > 0) {
        return fail_not_found(&spec, found, err);
    }
    if (spec.length == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "an empty word was asked for: give a word of the text");
    }
    if (spec.occurrence == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT, "'%s': occurrences count from 1", text);
    }
    char *wanted = NULL;
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    const struct heed_word *picked = NULL;
    int n_words = 0;
    bool ok = heed_tokenizer_normalise(tokenizer, spec.word, (size_t)spec.length, &wanted, err) &&
              heed_words_find(encoding, &arena, &words, &n_words, err);
    if (ok) {
        struct search search = {.tokenizer = tokenizer,
                                .encoding = encoding,
                                .wanted = wanted,
                                .words = words,
                                .n_words = n_words};
        ok = pick(&search, &spec, &picked, err);
    }
    if (ok) {
        *first = picked->first;
        *count = picked->count;
    }
    heed_arena_finish(&arena);
    free(wanted);
    return ok;
}

/* ---- naming one ---- */

/* Which occurrence a word is, from 1, and of how many. */
struct place {
    int occurrence, all;
};

static bool count_occurrences(struct search *search, int index, struct place *place,
                              struct heed_error *err)
{
    place->all = 0;
    for (int i = 0; i < search->n_words; i++) {
        bool same = false;
        if (!compare_word(search, i, &same, err)) {
            return false;
        }
        place->all += same;
        place->occurrence = i == index ? place->all : place->occurrence;
    }
    return true;
}

/* Tokens that aren't one word as a whole keep their place. search lacks the words. */
static bool find_place(struct search *search, int first, int count, struct place *place,
                       struct heed_error *err)
{
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    bool ok = heed_words_find(search->encoding, &arena, &words, &search->n_words, err);
    int index = 0;
    while (ok && index < search->n_words &&
           (words[index].first != first || words[index].count != count)) {
        index++;
    }
    search->words = words;
    if (ok && index < search->n_words) {
        ok = count_occurrences(search, index, place, err);
    }
    heed_arena_finish(&arena);
    return ok;
}

static bool print_name(char **name, const char *text, size_t length, struct place place,
                       struct heed_error *err)
{
    const size_t size = length + 16;
    char *made = malloc(size);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the name of a word");
    }
    const int written = snprintf(made, size, "%.*s", (int)length, text);
    if (place.all > 1) {
        snprintf(made + written, size - (size_t)written, ":%d", place.occurrence);
    }
    *name = made;
    return true;
}

static struct place place_of_special(const struct heed_encoding *encoding, int token)
{
    struct place place = {0};
    for (int i = 0; i < encoding->n_tokens; i++) {
        place.all +=
            encoding->tokens[i].special && encoding->tokens[i].id == encoding->tokens[token].id;
        place.occurrence = i == token ? place.all : place.occurrence;
    }
    return place;
}

bool heed_words_name(char **name, const struct heed_tokenizer *tokenizer,
                     const struct heed_encoding *encoding, int first, int count,
                     struct heed_error *err)
{
    struct place place = {1, 1};
    if (encoding->tokens[first].is_template) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, encoding->tokens[first].id);
        place = place_of_special(encoding, first);
        return print_name(name, piece, strlen(piece), place, err);
    }
    size_t length = 0;
    const char *text = heed_encoding_get_text(encoding, first, count, &length);
    char *wanted = NULL;
    bool ok = heed_tokenizer_normalise(tokenizer, text, length, &wanted, err);
    if (ok) {
        struct search search = {.tokenizer = tokenizer, .encoding = encoding, .wanted = wanted};
        ok = find_place(&search, first, count, &place, err) &&
             print_name(name, text, length, place, err);
    }
    free(wanted);
    return ok;
}
