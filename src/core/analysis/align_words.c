#include "core/analysis/align_words.h"

#include <string.h>

#include "core/text/moves.h"
#include "core/text/words.h"

/* A text as its words: what is aligned in the place of its tokens. */
struct side {
    const struct heed_encoding *encoding;
    int32_t *starts; /* [n + 1] */
    int n;
    struct heed_encoding words; /* a token each */
};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to align the texts");
}

/* Tokens of no word (the template's, lone spaces) are words of their own. */
static bool find_starts(struct side *side, struct heed_arena *arena, struct heed_error *err)
{
    const int n_tokens = side->encoding->n_tokens;
    struct heed_word *words = NULL;
    int n_words = 0, word = 0;
    if (!heed_words_find(side->encoding, arena, &words, &n_words, err)) {
        return false;
    }
    side->starts = heed_arena_alloc(arena, ((size_t)n_tokens + 1) * sizeof *side->starts);
    if (!side->starts) {
        return no_memory(err);
    }
    for (int i = 0; i < n_tokens;) {
        while (word < n_words && (words[word].count == 0 || words[word].first < i)) {
            word++;
        }
        side->starts[side->n++] = i;
        i += word < n_words && words[word].first == i ? words[word].count : 1;
    }
    side->starts[side->n] = n_tokens;
    return true;
}

static int count_of(const struct side *side, int word)
{
    return side->starts[word + 1] - side->starts[word];
}

/* Of the template's tokens the first is one thing, those that end a text another. */
static bool is_same_word(const struct side *a, int i, const struct side *b, int j)
{
    const struct heed_token *left = &a->encoding->tokens[a->starts[i]];
    const struct heed_token *right = &b->encoding->tokens[b->starts[j]];
    if (left->is_template || right->is_template) {
        return left->is_template && right->is_template &&
               (a->starts[i] == 0) == (b->starts[j] == 0);
    }
    size_t size_a = 0, size_b = 0;
    const char *text_a = heed_encoding_get_text(a->encoding, a->starts[i], count_of(a, i), &size_a);
    const char *text_b = heed_encoding_get_text(b->encoding, b->starts[j], count_of(b, j), &size_b);
    return size_a == size_b && memcmp(text_a, text_b, size_a) == 0;
}

/* A number for each word, the same for equal ones. Each is looked for among those before. */
static bool number_words(struct side *side, const struct side *other, struct heed_arena *arena,
                         struct heed_error *err)
{
    struct heed_token *tokens = heed_arena_zeroed(arena, (size_t)side->n + 1, sizeof *tokens);
    if (!tokens) {
        return no_memory(err);
    }
    side->words = (struct heed_encoding){.tokens = tokens, .n_tokens = side->n};
    for (int i = 0; i < side->n; i++) {
        int32_t id = -1;
        tokens[i].is_template = side->encoding->tokens[side->starts[i]].is_template;
        for (int j = 0; other && id < 0 && j < other->n; j++) {
            id = is_same_word(side, i, other, j) ? other->words.tokens[j].id : -1;
        }
        for (int j = 0; id < 0 && j < i; j++) {
            id = is_same_word(side, i, side, j) ? tokens[j].id : -1;
        }
        tokens[i].id = id >= 0 ? id : (other ? other->n : 0) + i;
    }
    return true;
}

/* Of a word's text: where a piece of it begins and ends. */
static int32_t begin_of(const struct side *side, int word, int piece)
{
    const struct heed_token *first = &side->encoding->tokens[side->starts[word]];
    return first[piece].start - first->start;
}

static int32_t end_of(const struct side *side, int word, int piece)
{
    const struct heed_token *first = &side->encoding->tokens[side->starts[word]];
    return first[piece].end - first->start;
}

static int until_next(const struct side *side, int word, int piece, int32_t end)
{
    int n = 0;
    while (piece + n < count_of(side, word) && end_of(side, word, piece + n) <= end) {
        n++;
    }
    return n > 0 ? n : 1;
}

/* As many go together as both have; the others are alone. */
static void add_pieces(struct heed_alignment *tokens, int a, int n_a, int b, int n_b, bool same)
{
    for (int k = 0; k < n_a || k < n_b; k++) {
        heed_alignment_add(tokens, (struct heed_aligned){.a = k < n_a ? a + k : -1,
                                                         .b = k < n_b ? b + k : -1,
                                                         .same = same});
    }
}

/* The next end that pieces of both have, or the word's. */
static int32_t next_end(const struct side *a, int i, int p, const struct side *b, int j, int q)
{
    const int n_a = count_of(a, i), n_b = count_of(b, j);
    while (p < n_a && q < n_b) {
        const int32_t end_a = end_of(a, i, p), end_b = end_of(b, j, q);
        if (end_a == end_b) {
            return end_a;
        }
        p += end_a < end_b;
        q += end_b < end_a;
    }
    return INT32_MAX;
}

/* Pieces of equal words. True if all are cut alike. */
static bool add_equal(struct heed_alignment *tokens, const struct side *a, int i,
                      const struct side *b, int j)
{
    const int n_a = count_of(a, i), n_b = count_of(b, j);
    bool alike = true;
    for (int p = 0, q = 0; p < n_a || q < n_b;) {
        const int32_t end = next_end(a, i, p, b, j, q);
        const int more_a = p < n_a ? until_next(a, i, p, end) : 0;
        const int more_b = q < n_b ? until_next(b, j, q, end) : 0;
        const bool same = more_a == 1 && more_b == 1 && begin_of(a, i, p) == begin_of(b, j, q);
        add_pieces(tokens, a->starts[i] + p, more_a, b->starts[j] + q, more_b, same);
        alike = alike && same;
        p += more_a;
        q += more_b;
    }
    return alike;
}

static void add_tokens(struct heed_alignment *tokens, struct heed_word_alignment *words,
                       const struct side *a, const struct side *b)
{
    for (int k = 0; k < words->words.n; k++) {
        const struct heed_aligned *at = &words->words.places[k];
        if (at->same) {
            words->n_cut_otherwise += !add_equal(tokens, a, at->a, b, at->b);
        } else {
            add_pieces(tokens, at->a >= 0 ? a->starts[at->a] : 0,
                       at->a >= 0 ? count_of(a, at->a) : 0, at->b >= 0 ? b->starts[at->b] : 0,
                       at->b >= 0 ? count_of(b, at->b) : 0, false);
        }
    }
    heed_alignment_end(tokens);
    tokens->n_attending = tokens->n;
}

bool heed_align_words(struct heed_alignment *tokens, struct heed_word_alignment *words,
                      struct heed_arena *arena, const struct heed_encoding *a,
                      const struct heed_encoding *b, struct heed_error *err)
{
    struct side of_a = {.encoding = a}, of_b = {.encoding = b};
    struct heed_word_alignment made = {0};
    if (!find_starts(&of_a, arena, err) || !find_starts(&of_b, arena, err) ||
        !number_words(&of_a, NULL, arena, err) || !number_words(&of_b, &of_a, arena, err) ||
        !heed_align_tokens(&made.words, arena, &of_a.words, &of_b.words, err)) {
        return false;
    }
    const size_t most = (size_t)a->n_tokens + (size_t)b->n_tokens + 1;
    *tokens = (struct heed_alignment){
        .by_text = true, .places = heed_arena_alloc(arena, most * sizeof *tokens->places)};
    if (!tokens->places) {
        return no_memory(err);
    }
    made.starts_a = of_a.starts;
    made.starts_b = of_b.starts;
    made.n_a = of_a.n;
    made.n_b = of_b.n;
    add_tokens(tokens, &made, &of_a, &of_b);
    *words = made;
    return true;
}
