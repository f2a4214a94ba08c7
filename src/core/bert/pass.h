/* One forward pass while it goes on: what forward.c and attention.c share. Not
 * for other files. */
#ifndef HEED_CORE_BERT_PASS_H
#define HEED_CORE_BERT_PASS_H

#include "core/bert/encoder_internal.h"

/* Pointers of one layer of a run, which its maker may write. */
struct heed_layer_run {
    float *attention;               /* [heads, n, n]; NULL: the run doesn't keep it */
    float *entropies;               /* [heads, n], or NULL */
    float *queries, *keys, *values; /* [heads, n, head_dim] */
    const float *distances;         /* the run's */
    const float *before;            /* [n, hidden] */
    float *after;                   /* [n, hidden] */
};

struct heed_pass {
    struct heed_encoder *encoder;
    const struct heed_request *request;
    const float *positions; /* [at least n, hidden] of the request's kind; NULL:
                               none */
    int n;
    int layer;
    struct heed_layer_run run;
    /* Of the phase that runs: */
    float *out;
    const float *x, *added;
    struct heed_norm norm;
    int blocks; /* of rows, for each head */
};

/* Weights and the workspace's concat from queries, keys and values, as the
 * request's kind of attention wants it. */
void heed_pass_attend(struct heed_pass *pass);

#endif
