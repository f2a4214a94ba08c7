#include "core/text/words.h"

#include "base/utf8.h"
#include "core/text/folded.h"

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

/* A text that is read character by character. */
struct reader {
    const char *text;
    size_t length;
    size_t at;        /* byte of this character */
    size_t size;      /* its bytes; 0 at the end */
    int32_t position; /* its index */
    enum heed_char_kind kind;
};

static void look(struct reader *reader)
{
    uint32_t c = 0;
    reader->size = heed_utf8_decode(reader->text + reader->at, reader->length - reader->at, &c);
    reader->kind = reader->size > 0 ? heed_char_classify(c) : HEED_CHAR_SPACE;
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
    return next.kind == HEED_CHAR_LETTER;
}

/* Reads a word of letters up to code point `until`; returns its end. */
static int32_t read_letters(struct reader *reader, int32_t until)
{
    int32_t end = reader->position;
    while (reader->size > 0 && reader->position < until) {
        const bool joins = reader->kind == HEED_CHAR_LETTER ||
                           (reader->kind == HEED_CHAR_APOSTROPHE && end == reader->position &&
                            is_letter_behind(reader));
        if (!joins && reader->kind != HEED_CHAR_REMOVED) {
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
        } else if (reader.kind == HEED_CHAR_LETTER) {
            word.end = read_letters(&reader, until);
        } else {
            is_word = reader.kind == HEED_CHAR_SIGN || reader.kind == HEED_CHAR_APOSTROPHE;
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

/* Tokens with labels are words as their file counts them, or each by itself. */
static bool find_labelled(const struct heed_encoding *encoding, struct word_list *list)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        struct heed_word *last = list->n > 0 ? &list->words[list->n - 1] : NULL;
        const bool none = encoding->words ? encoding->words[i] < 0 : token->special;
        if (none) {
            continue;
        }
        if (last && encoding->words && last->first + last->count == i &&
            encoding->words[i] == encoding->words[i - 1]) {
            last->count++;
            last->end = token->end > last->end ? token->end : last->end;
        } else if (!put_word(list,
                             (struct heed_word){token->segment, token->start, token->end, i, 1})) {
            return false;
        }
    }
    return true;
}

bool heed_words_find(const struct heed_encoding *encoding, struct heed_arena *arena,
                     struct heed_word **words, int *n_words, struct heed_error *err)
{
    struct word_list list = {.arena = arena};
    const bool labelled = encoding->labels != NULL;
    bool ok = labelled ? find_labelled(encoding, &list)
                       : find_in_text(encoding, 0, encoding->text, encoding->text_length, &list);
    if (ok && !labelled && encoding->pair) {
        ok = find_in_text(encoding, 1, encoding->pair, encoding->pair_length, &list);
    }
    if (!ok) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the words of a text");
    }
    if (!labelled) {
        give_tokens(encoding, &list);
    }
    *words = list.words;
    *n_words = (int)list.n;
    return true;
}
