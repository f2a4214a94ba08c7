#include "core/engine/comparison.h"

#include <math.h>
#include <string.h>

#include "core/bert/pooled.h"
#include "core/engine/pipeline.h"

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the comparison");
}

/* The pieces of all its tokens are those of the other vocabulary, too. */
static bool knows_pieces(const struct heed_encoding *encoding, const struct heed_tokenizer *own,
                         const struct heed_tokenizer *other)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        const char *piece = heed_tokenizer_get_piece(own, encoding->tokens[i].id);
        const char *same = heed_tokenizer_get_piece(other, encoding->tokens[i].id);
        if (!piece || !same || strcmp(piece, same) != 0) {
            return false;
        }
    }
    return true;
}

bool heed_comparison_align(struct heed_alignment *tokens, struct heed_word_alignment *words,
                           struct heed_arena *arena, const struct heed_encoding *a,
                           const struct heed_kit *kit_a, const struct heed_encoding *b,
                           const struct heed_kit *kit_b, struct heed_error *err)
{
    const struct heed_tokenizer *left = heed_kit_get_tokenizer(kit_a);
    const struct heed_tokenizer *right = heed_kit_get_tokenizer(kit_b);
    *words = (struct heed_word_alignment){0};
    if (kit_a == kit_b || (knows_pieces(a, left, right) && knows_pieces(b, right, left))) {
        return heed_align_tokens(tokens, arena, a, b, err);
    }
    return heed_align_words(tokens, words, arena, a, b, err);
}

/* Of two models each pools its own text; there is one cosine where they do it alike. */
static bool are_comparable(const struct heed_result *a, const struct heed_result *b)
{
    return a->run->hidden_states && b->run->hidden_states && a->run->hidden == b->run->hidden &&
           a->run->n_layers == b->run->n_layers &&
           heed_kit_get_pooling(a->kit) == heed_kit_get_pooling(b->kit);
}

static bool compare_states(struct heed_comparison *made, struct heed_arena *arena,
                           const struct heed_result *a, const struct heed_result *b,
                           struct heed_error *err)
{
    const size_t n = (size_t)made->units.n;
    if (!are_comparable(a, b)) {
        made->sentence_cosine = NAN;
        return true;
    }
    made->cosines =
        heed_arena_alloc(arena, ((size_t)a->run->n_layers + 1) * (n + 1) * sizeof *made->cosines);
    if (!made->cosines) {
        return no_memory(err);
    }
    heed_cosine_places(made->cosines, a->run, a->maps, b->run, b->maps, &made->units);
    const enum heed_pooling pooling = heed_kit_get_pooling(a->kit);
    if (!heed_pooled_runs(&made->sentence_cosine, arena, a->run, b->run, pooling, err) ||
        !heed_pooled_runs(&made->untouched_cosine, arena, heed_result_untouched(a),
                          heed_result_untouched(b), pooling, err)) {
        return false;
    }
    return true;
}

/* Files are to have the same heads; of two models those that both have are compared. */
static bool check_alike(const struct heed_result *a, const struct heed_result *b,
                        struct heed_error *err)
{
    const struct heed_maps *x = a->maps, *y = b->maps;
    if (!b->file) {
        return true;
    }
    if (x->n_layers != y->n_layers || x->n_heads != y->n_heads) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%s' has %d layers of %d heads, and the first file %d of %d",
                              b->file, y->n_layers, y->n_heads, x->n_layers, x->n_heads);
    }
    if (heed_maps_have_sides(x) != heed_maps_have_sides(y)) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%s' has %s, and the first file %s: they can't be compared", b->file,
                              heed_maps_have_sides(y) ? "keys that aren't its queries"
                                                      : "one axis for queries and keys",
                              heed_maps_have_sides(x) ? "hasn't" : "has");
    }
    const struct heed_result *large = a->lacks & HEED_LACKS_SMALLNESS   ? a
                                      : b->lacks & HEED_LACKS_SMALLNESS ? b
                                                                        : NULL;
    return !large || heed_error_set(err, HEED_ERROR_INPUT,
                                    "'%s' has more weights than a comparison holds, %d MiB: save "
                                    "fewer layers or heads of it",
                                    large->file, HEED_MOST_READ >> 20);
}

bool heed_comparison_create(const struct heed_comparison **comparison, struct heed_arena *arena,
                            const struct heed_result *a, const struct heed_result *b,
                            struct heed_pool *pool, struct heed_error *err)
{
    const size_t n_heads = (size_t)a->run->n_layers * (size_t)a->run->n_heads;
    if (!check_alike(a, b, err)) {
        return false;
    }
    struct heed_comparison *made = heed_arena_zeroed(arena, 1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    made->distances = heed_arena_alloc(arena, n_heads * sizeof *made->distances);
    if (!made->distances) {
        return no_memory(err);
    }
    if (!heed_comparison_align(&made->tokens, &made->words, arena, a->encoding, a->kit, b->encoding,
                               b->kit, err) ||
        !heed_align_units(&made->units, arena, &made->tokens, a->maps, b->maps, err) ||
        !compare_states(made, arena, a, b, err)) {
        return false;
    }
    made->by_words = made->words.words.n > 0;
    if (!heed_distance_heads(made->distances, a->run, b->run, &made->tokens,
                             made->by_words ? &made->words : NULL, pool, err)) {
        return false;
    }
    made->result = heed_result_retain(b);
    *comparison = made;
    return true;
}
