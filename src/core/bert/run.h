/*
 * A finished run of the encoder: everything that was computed, kept. It is
 * immutable, reference-counted and may be shared between threads. Its memory
 * comes from the encoder's stock and returns there with the last reference, so
 * that typing allocates nothing at a token count seen before.
 */
#ifndef HEED_CORE_BERT_RUN_H
#define HEED_CORE_BERT_RUN_H

#include <stddef.h>

#include "core/model/model.h"

struct heed_run {
    int n_tokens;
    int n_layers, n_heads, head_dim, hidden;
    /* Row-major, contiguous, float32. Of an attention file all but the first may
     * be NULL. */
    const float *attention;     /* [layers, heads, query, key]; rows sum to 1 */
    const float *entropies;     /* [layers, heads, query] of these rows, in bits;
                                   NULL: the attention isn't softmax */
    const float *queries;       /* [layers, heads, n, head_dim] */
    const float *keys;          /* [layers, heads, n, head_dim] */
    const float *values;        /* [layers, heads, n, head_dim] */
    const float *hidden_states; /* [layers + 1, n, hidden]; 0: embeddings
                                   after their norm; last: the output */
    double encode_ms;           /* wall time of this run */
};

const struct heed_run *heed_run_retain(const struct heed_run *run);
/* NULL is harmless. */
void heed_run_release(const struct heed_run *run);

/* A run whose arrays are another's, with one reference; release(owner) is called
 * with the last. NULL without memory. */
HEED_NODISCARD const struct heed_run *heed_run_wrap(const struct heed_run *arrays,
                                                    void (*release)(void *owner), void *owner);

static inline const float *heed_run_attention(const struct heed_run *run, int layer, int head)
{
    const size_t n = (size_t)run->n_tokens;
    return run->attention + ((size_t)layer * (size_t)run->n_heads + (size_t)head) * n * n;
}

#endif
