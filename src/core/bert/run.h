/*
 * A finished run of the encoder: everything that was computed, kept. It is
 * immutable, reference-counted and may be shared between threads. Its memory
 * comes from the encoder's stock and returns there with the last reference, so
 * that typing allocates nothing at a token count seen before.
 */
#ifndef HEED_CORE_BERT_RUN_H
#define HEED_CORE_BERT_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/model.h"

enum heed_run_array {
    HEED_RUN_ATTENTION,
    HEED_RUN_QUERIES,
    HEED_RUN_KEYS,
    HEED_RUN_VALUES,
    HEED_RUN_BIAS
};

/* Where arrays come from that the run doesn't keep: a large attention file, or, for
 * weights beyond the encoder's budget, the run's queries and keys. */
struct heed_run_reader {
    const void *context;
    unsigned has; /* a bit for each of enum heed_run_array */
    /* Rows [first, first + count) of one head: [count, n_tokens] or [count, head_dim].
     * What is no number to show is 0, and `check` then fails. Any thread. */
    void (*read)(const void *context, enum heed_run_array which, int map, int first, int count,
                 float *to);
    /* False, with why, if anything that was read is no number to show, or the file
     * was changed. */
    bool (*check)(const void *context, struct heed_error *err);
    /* The pages that were read aren't needed any more. */
    void (*drop)(const void *context);
    bool is_slow; /* of a file: who wants all of it looks at a head at a time */
};

struct heed_run {
    int n_tokens;
    int n_layers, n_heads, head_dim, hidden;
    /* Row-major, contiguous, float32. Of an attention file all but the first may
     * be NULL, and that too where the reader has it. */
    const float *attention;     /* [layers, heads, query, key]; rows sum to 1 */
    const float *entropies;     /* [layers, heads, query] of these rows, in bits;
                                   NULL: the attention isn't softmax */
    const float *queries;       /* [layers, heads, n, head_dim] */
    const float *keys;          /* [layers, heads, n, head_dim] */
    const float *values;        /* [layers, heads, n, head_dim] */
    const float *hidden_states; /* [layers + 1, n, hidden]; 0: embeddings
                                   after their norm; last: the output */
    const float *bias;          /* [layers, heads, query, key]: added to the scaled
                                   products before the softmax; NULL: nothing is */
    const float *distances;     /* [heads, 2 n_tokens - 1]: likewise, the same in every layer, by
                                   key - query from 1 - n_tokens on; NULL: nothing is */
    double scale;               /* of the products; 0: 1 / sqrt(head_dim) */
    double encode_ms;           /* wall time of this run */
    /* What heed_run_rows reads where an array above isn't there; else all 0. */
    struct heed_run_reader reader;
};

const struct heed_run *heed_run_retain(const struct heed_run *run);
/* NULL is harmless. */
void heed_run_release(const struct heed_run *run);

/* A run whose arrays are another's, with one reference; release(owner) is called
 * with the last. NULL without memory. */
HEED_NODISCARD const struct heed_run *heed_run_wrap(const struct heed_run *arrays,
                                                    void (*release)(void *owner), void *owner);

/* Whether heed_run_rows gives it in place and asks for no room. */
static inline bool heed_run_keeps(const struct heed_run *run, enum heed_run_array which)
{
    const float *const arrays[] = {run->attention, run->queries, run->keys, run->values, run->bias};
    return arrays[which] != NULL;
}

static inline bool heed_run_has(const struct heed_run *run, enum heed_run_array which)
{
    const float *const arrays[] = {run->attention, run->queries, run->keys, run->values, run->bias};
    return arrays[which] != NULL || (run->reader.has >> which & 1) != 0 ||
           (which == HEED_RUN_BIAS && run->distances != NULL);
}

/* Rows [first, first + count) of one head, [count, n_tokens] or [count, head_dim], of
 * an array that it has: in place, or read into room, which is as large. */
const float *heed_run_rows(const struct heed_run *run, enum heed_run_array which, int map,
                           int first, int count, float *room);

/* A head's whole map of weights likewise; room: [n_tokens, n_tokens]. */
static inline const float *heed_run_map(const struct heed_run *run, int map, float *room)
{
    return heed_run_rows(run, HEED_RUN_ATTENTION, map, 0, run->n_tokens, room);
}

/* Of one link's score; 0 where none is added, or it stays in a file. */
static inline float heed_run_bias(const struct heed_run *run, int map, int query, int key)
{
    const size_t n = (size_t)run->n_tokens;
    if (run->distances) {
        return run->distances[(size_t)(map % run->n_heads) * (2 * n - 1) + n - 1 + (size_t)key -
                              (size_t)query];
    }
    return run->bias ? run->bias[((size_t)map * n + (size_t)query) * n + (size_t)key] : 0;
}

/* Of a run whose attention is in memory. */
static inline const float *heed_run_attention(const struct heed_run *run, int layer, int head)
{
    const size_t n = (size_t)run->n_tokens;
    return run->attention + ((size_t)layer * (size_t)run->n_heads + (size_t)head) * n * n;
}

#endif
