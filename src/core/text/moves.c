#include "core/text/moves.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

const char *heed_encoding_get_text(const struct heed_encoding *encoding, int first, int count,
                                   size_t *length)
{
    const struct heed_token *from = &encoding->tokens[first];
    const struct heed_token *to = &encoding->tokens[first + count - 1];
    const bool in_pair = from->segment == 1 && encoding->pair != NULL;
    const char *text = in_pair ? encoding->pair : encoding->text;
    const size_t size = in_pair ? encoding->pair_length : encoding->text_length;
    const size_t start = heed_utf8_offset(text, size, (size_t)from->start);
    const size_t end = heed_utf8_offset(text, size, (size_t)to->end);
    *length = end > start ? end - start : 0;
    return text + start;
}

static bool is_same(const struct heed_encoding *a, int i, const struct heed_encoding *b, int j)
{
    const struct heed_token *x = &a->tokens[i];
    const struct heed_token *y = &b->tokens[j];
    if (x->id != y->id || x->segment != y->segment) {
        return false;
    }
    if (!x->unknown || !y->unknown) {
        return true;
    }
    size_t x_length = 0;
    size_t y_length = 0;
    const char *x_text = heed_encoding_get_text(a, i, 1, &x_length);
    const char *y_text = heed_encoding_get_text(b, j, 1, &y_length);
    return x_length == y_length && memcmp(x_text, y_text, x_length) == 0;
}

struct heed_token_moves heed_token_moves_find(const struct heed_encoding *old,
                                              const struct heed_encoding *fresh)
{
    if (old->tokenizer != fresh->tokenizer) {
        return (struct heed_token_moves){old, fresh, 0, 0};
    }
    const int least = old->n_tokens < fresh->n_tokens ? old->n_tokens : fresh->n_tokens;
    struct heed_token_moves moves = {old, fresh, 0, 0};
    while (moves.prefix < least && is_same(old, moves.prefix, fresh, moves.prefix)) {
        moves.prefix++;
    }
    while (
        moves.suffix < least - moves.prefix &&
        is_same(old, old->n_tokens - 1 - moves.suffix, fresh, fresh->n_tokens - 1 - moves.suffix)) {
        moves.suffix++;
    }
    return moves;
}

static bool stays(const struct heed_token_moves *moves, int first, int count, int shift)
{
    if (first + shift < 0 || first + shift + count > moves->fresh->n_tokens) {
        return false;
    }
    for (int i = first; i < first + count; i++) {
        if (!is_same(moves->old, i, moves->fresh, i + shift)) {
            return false;
        }
    }
    return true;
}

/* Where they begin now; -1: they are gone. */
static int follow(const struct heed_token_moves *moves, int first, int count)
{
    const int n = moves->old->n_tokens;
    const int grown = moves->fresh->n_tokens - n;
    const bool in_suffix = first >= n - moves->suffix;
    if (in_suffix && stays(moves, first, count, grown)) {
        return first + grown;
    }
    if (stays(moves, first, count, 0)) {
        return first;
    }
    return stays(moves, first, count, grown) ? first + grown : -1;
}

/* ---- another tokenizer ---- */

/* Characters [start, end) of a text, or a token of the template: its first or its last. */
struct place {
    bool is_template, is_last;
    int32_t segment, start, end;
};

static struct place place_of(const struct heed_encoding *encoding, int first, int count)
{
    const struct heed_token *from = &encoding->tokens[first];
    const struct heed_token *to = &encoding->tokens[first + count - 1];
    return (struct place){.is_template = from->is_template && count == 1,
                          .is_last = first == encoding->n_tokens - 1,
                          .segment = from->segment,
                          .start = from->start,
                          .end = to->end};
}

static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && (a_length == 0 || memcmp(a, b, a_length) == 0);
}

static bool is_in(const struct heed_token *token, const struct place *place)
{
    return !token->is_template && token->segment == place->segment && token->end > place->start &&
           token->start < place->end;
}

/* The tokens that cover exactly, or more than, the same characters. */
static bool find_place(const struct heed_encoding *fresh, const struct place *place, int32_t *first,
                       int32_t *count)
{
    const int n = fresh->n_tokens;
    if (place->is_template) {
        *first = place->is_last ? n - 1 : 0;
        *count = 1;
        return fresh->tokens[*first].is_template;
    }
    int at = 0;
    while (at < n && !is_in(&fresh->tokens[at], place)) {
        at++;
    }
    int end = at;
    while (end < n && is_in(&fresh->tokens[end], place)) {
        end++;
    }
    *first = at;
    *count = end - at;
    return end > at && fresh->tokens[end - 1].end >= place->end;
}

bool heed_token_moves_follow(const struct heed_token_moves *moves, int32_t *first, int32_t *count)
{
    const struct heed_encoding *old = moves->old;
    const struct heed_encoding *fresh = moves->fresh;
    if (*count <= 0 || *first < 0 || *first + *count > old->n_tokens) {
        return false;
    }
    if (old->tokenizer == fresh->tokenizer) {
        *first = follow(moves, *first, *count);
        return *first >= 0;
    }
    const struct place place = place_of(old, *first, *count);
    return same_bytes(old->text, old->text_length, fresh->text, fresh->text_length) &&
           same_bytes(old->pair, old->pair_length, fresh->pair, fresh->pair_length) &&
           find_place(fresh, &place, first, count);
}
