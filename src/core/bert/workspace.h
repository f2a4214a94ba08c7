/* What a run needs while it is computed. It grows, and is given back when it
 * is trimmed. One thread at a time. */
#ifndef HEED_CORE_BERT_WORKSPACE_H
#define HEED_CORE_BERT_WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/stock.h"
#include "core/bert/weigh.h"
#include "core/model/model.h"
#include "core/tensor/kernels.h"

struct heed_workspace {
    float *floats;
    size_t capacity;
    size_t wanted; /* of it, for the last run */
    /* Of the present token count n: */
    float *concat;   /* [n, hidden] the heads' outputs beside each other */
    float *residual; /* [n, hidden] x of encoder.h, between the two halves */
    float *sum;      /* [n, hidden] a product, before it is added, or
                        [n, embedding] */
    float *inner;    /* [n, intermediate] */
    float *keys;     /* [heads] packed, keys_stride apart */
    float *values;   /* [heads] packed, values_stride apart */
    size_t keys_stride, values_stride;
    /* A block of scores for each thread, and one of weights, [rows, n], for a run that
     * doesn't keep them. */
    struct heed_score_shape shape;
    float *scores, *weights;
    /* [rows, head_dim + 2] for each thread, scratch_stride apart */
    float *scratch;
    size_t scratch_stride;
};

/* All zero is an empty workspace. */
HEED_NODISCARD bool heed_workspace_reserve(struct heed_workspace *workspace,
                                           struct heed_stock *stock,
                                           const struct heed_model_config *config,
                                           const struct heed_kernel_set *kernels, int n_threads,
                                           int n_tokens, struct heed_error *err);
/* Gives it back if the last run wanted much less. */
void heed_workspace_trim(struct heed_workspace *workspace);
void heed_workspace_finish(struct heed_workspace *workspace);

#endif
