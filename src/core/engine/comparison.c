#include "core/engine/comparison.h"

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the comparison");
}

static bool compare_states(struct heed_comparison *made, struct heed_arena *arena,
                           const struct heed_result *a, const struct heed_result *b,
                           struct heed_error *err)
{
    const size_t n = (size_t)made->units.n;
    made->cosines =
        heed_arena_alloc(arena, ((size_t)a->run->n_layers + 1) * (n + 1) * sizeof *made->cosines);
    if (!made->cosines) {
        return no_memory(err);
    }
    heed_cosine_places(made->cosines, a->run, a->maps, b->run, b->maps, &made->units);
    return true;
}

bool heed_comparison_create(const struct heed_comparison **comparison, struct heed_arena *arena,
                            const struct heed_result *a, const struct heed_result *b,
                            struct heed_pool *pool, struct heed_error *err)
{
    const size_t n_heads = (size_t)a->run->n_layers * (size_t)a->run->n_heads;
    struct heed_comparison *made = heed_arena_zeroed(arena, 1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    made->distances = heed_arena_alloc(arena, n_heads * sizeof *made->distances);
    if (!made->distances) {
        return no_memory(err);
    }
    if (!heed_align_tokens(&made->tokens, arena, a->encoding, b->encoding, err) ||
        !heed_align_units(&made->units, arena, &made->tokens, a->maps, b->maps, err) ||
        !compare_states(made, arena, a, b, err)) {
        return false;
    }
    made->sentence_cosine = heed_cosine_sentences(a->run, b->run);
    heed_distance_heads(made->distances, a->run, b->run, &made->tokens, pool);
    made->result = heed_result_retain(b);
    *comparison = made;
    return true;
}
