#include "core/analysis/units.h"

#include <string.h>

#include "base/utf8.h"
#include "core/text/words.h"

/* A text whose code points are found in growing order, in one pass. */
struct cursor {
    const char *text;
    size_t length;
    size_t byte;
    int32_t point;
};

static size_t seek(struct cursor *cursor, int32_t point)
{
    if (point < cursor->point) {
        cursor->byte = 0;
        cursor->point = 0;
    }
    cursor->byte += heed_utf8_offset(cursor->text + cursor->byte, cursor->length - cursor->byte,
                                     (size_t)(point - cursor->point));
    cursor->point = point;
    return cursor->byte;
}

struct labels {
    struct heed_arena *arena;
    const struct heed_tokenizer *tokenizer;
    const char *const *own; /* of an attention file's tokens; NULL: of the text */
    struct cursor sides[2]; /* text, pair */
};

static const char *text_label(struct labels *labels, int32_t segment, int32_t start, int32_t end,
                              bool continues)
{
    struct cursor *side = &labels->sides[segment == 1];
    const size_t from = seek(side, start);
    const size_t length = seek(side, end) - from;
    const size_t mark = continues ? 2 : 0;
    char *label = heed_arena_alloc(labels->arena, mark + length + 1);
    if (!label) {
        return NULL;
    }
    memcpy(label, "##", mark);
    if (length > 0) { /* a file may have no text */
        memcpy(label + mark, side->text + from, length);
    }
    label[mark + length] = '\0';
    return label;
}

static const char *template_label(struct labels *labels, int32_t id, int index)
{
    const char *piece = labels->tokenizer ? heed_tokenizer_get_piece(labels->tokenizer, id) : NULL;
    if (!piece) {
        piece = index == 0 ? "[CLS]" : "[SEP]";
    }
    return heed_arena_copy(labels->arena, piece, strlen(piece));
}

static struct heed_unit token_unit(struct labels *labels, const struct heed_token *token, int index)
{
    struct heed_unit unit = {
        .first = index,
        .count = 1,
        .segment = token->segment,
        .special = token->special,
        .punctuation = token->punctuation,
        .continues = token->continues,
        .unknown = token->unknown,
    };
    if (labels->own) {
        unit.label = heed_arena_copy(labels->arena, labels->own[index], strlen(labels->own[index]));
        return unit;
    }
    unit.label =
        token->is_template ? template_label(labels, token->id, index)
        : token->blank
            ? heed_arena_copy(labels->arena, HEED_BLANK_LABEL, strlen(HEED_BLANK_LABEL))
            : text_label(labels, token->segment, token->start, token->end, token->continues);
    return unit;
}

static struct heed_unit word_unit(struct labels *labels, const struct heed_encoding *encoding,
                                  const struct heed_word *word)
{
    struct heed_unit unit = {
        .first = word->first,
        .count = word->count,
        .segment = word->segment,
        .special = true,
        .punctuation = true,
    };
    for (int i = word->first; i < word->first + word->count; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        unit.special &= token->special;
        unit.punctuation &= token->punctuation;
        unit.unknown |= token->unknown;
    }
    unit.label = text_label(labels, word->segment, word->start, word->end, false);
    return unit;
}

/* words may be NULL: then every token is a unit. Returns -1 without memory. */
static int fill(struct heed_unit *units, struct labels *labels,
                const struct heed_encoding *encoding, const struct heed_word *words, int n_words)
{
    int n = 0;
    int word = 0;
    for (int i = 0; i < encoding->n_tokens; n++) {
        while (word < n_words && (words[word].count == 0 || words[word].first < i)) {
            word++;
        }
        const bool begins = word < n_words && words[word].first == i;
        units[n] = begins ? word_unit(labels, encoding, &words[word])
                          : token_unit(labels, &encoding->tokens[i], i);
        if (!units[n].label) {
            return -1;
        }
        i += units[n].count;
    }
    return n;
}

bool heed_units_create(struct heed_unit **units, int *n, struct heed_arena *arena,
                       const struct heed_encoding *encoding, const struct heed_tokenizer *tokenizer,
                       bool words, struct heed_error *err)
{
    struct labels labels = {
        .arena = arena,
        .tokenizer = tokenizer,
        .own = encoding->labels,
        .sides = {{.text = encoding->text, .length = encoding->text_length},
                  {.text = encoding->pair, .length = encoding->pair_length}},
    };
    struct heed_word *found = NULL;
    int n_words = 0;
    if (words && !heed_words_find(encoding, arena, &found, &n_words, err)) {
        return false;
    }
    struct heed_unit *made = heed_arena_zeroed(arena, (size_t)encoding->n_tokens, sizeof *made);
    const int count = made ? fill(made, &labels, encoding, found, n_words) : -1;
    if (count < 0) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the tokens' labels");
    }
    *units = made;
    *n = count;
    return true;
}

int heed_units_name_special(const char *names[2], struct heed_arena *arena,
                            const struct heed_encoding *encoding,
                            const struct heed_tokenizer *tokenizer)
{
    struct labels labels = {.arena = arena, .tokenizer = tokenizer, .own = encoding->labels};
    int n = 0;
    for (int i = encoding->n_queries; i < encoding->n_tokens && n < 3; i++) {
        if (!encoding->tokens[i].is_template) {
            continue;
        }
        const char *name = token_unit(&labels, &encoding->tokens[i], i).label;
        if (!name) {
            return -1;
        }
        /* The first stands alone, be the last of its name too. */
        const bool known = n == 2 && strcmp(name, names[1]) == 0;
        if (n < 2) {
            names[n] = name;
        }
        n += !known;
    }
    return n;
}

bool heed_unit_is_hidden(const struct heed_unit *unit, const struct heed_filter *filter)
{
    return (filter->hide_special && unit->special) ||
           (filter->hide_punctuation && unit->punctuation);
}
