#include "core/engine/comparison.h"

#include <stdint.h>
#include <stdlib.h>

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY,
                          "no memory left for the comparison");
}

static bool compare_states(struct heed_comparison *made,
                           const struct heed_result *a, struct heed_error *err)
{
    const struct heed_result *b = made->result;
    const size_t n = (size_t)made->units.n;
    made->cosines =
        malloc(((size_t)a->run->n_layers + 1) * (n + 1) * sizeof *made->cosines);
    if (!made->cosines) {
        return no_memory(err);
    }
    heed_cosine_places(made->cosines, a->run, a->maps, b->run, b->maps,
                       &made->units);
    return true;
}

bool heed_comparison_create(const struct heed_comparison **comparison,
                            const struct heed_result *a,
                            const struct heed_result *b, struct heed_pool *pool,
                            struct heed_error *err)
{
    const size_t n_heads = (size_t)a->run->n_layers * (size_t)a->run->n_heads;
    struct heed_comparison *made = calloc(1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    made->result = heed_result_retain(b);
    made->distances = malloc(n_heads * sizeof *made->distances);
    const bool ok =
        (made->distances || no_memory(err)) &&
        heed_align_tokens(&made->tokens, a->encoding, b->encoding, err) &&
        heed_align_units(&made->units, &made->tokens, a->maps, b->maps, err) &&
        compare_states(made, a, err);
    if (!ok) {
        heed_comparison_destroy(made);
        return false;
    }
    made->sentence_cosine = heed_cosine_sentences(a->run, b->run);
    heed_distance_heads(made->distances, a->run, b->run, &made->tokens, pool);
    *comparison = made;
    return true;
}

void heed_comparison_destroy(const struct heed_comparison *comparison)
{
    struct heed_comparison *made = (struct heed_comparison *)(uintptr_t)comparison;
    if (!made) {
        return;
    }
    heed_result_release(made->result);
    heed_alignment_finish(&made->tokens);
    heed_alignment_finish(&made->units);
    free(made->distances);
    free(made->cosines);
    free(made);
}
