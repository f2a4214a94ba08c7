/*
 * The steps of one layer for one token, as the vectors that the formulas of
 * encoder.h name: computed on demand from a run and the weights, in plain C.
 * Knows nothing of how they are drawn. Any thread.
 */
#ifndef HEED_CORE_BERT_STAGES_H
#define HEED_CORE_BERT_STAGES_H

#include <stdbool.h>

#include "base/error.h"
#include "core/bert/run.h"
#include "core/bert/variant.h"
#include "core/model/model.h"
#include "core/text/tokenizer.h"

/* All arrays belong to the struct's memory; width: run->hidden. */
struct heed_stages {
    int n_tokens, n_heads, head_dim, hidden, intermediate;
    const float *input;           /* [hidden] h, as it enters the layer */
    const float *query;           /* [heads, head_dim] */
    const float *key;             /* [heads, head_dim] */
    const float *value;           /* [heads, head_dim] */
    const float *weights;         /* [heads, n_tokens] the token's rows */
    const float *concat;          /* [heads, head_dim] a v, times its factor */
    const float *projection;      /* [hidden] concat W_O + b_O */
    const float *attention_added; /* [hidden] h + projection */
    const float *x;               /* [hidden] its norm */
    const float *inner_sum;       /* [intermediate] x W_1 + b_1 */
    const float *inner;           /* [intermediate] activated */
    const float *outer;           /* [hidden] inner W_2 + b_2 */
    const float *outer_added;     /* [hidden] x + outer */
    const float *output;          /* [hidden] its norm: h' */
};

struct heed_stage_request {
    const struct heed_run *run;
    int layer, token;
    const float *head_scale; /* of the run's request, or NULL */
};

/* Free with heed_stages_destroy. The run isn't kept. */
HEED_NODISCARD bool heed_stage_compute(struct heed_stages **stages, const struct heed_model *model,
                                       const struct heed_stage_request *request,
                                       struct heed_error *err);
/* NULL is harmless. */
void heed_stages_destroy(struct heed_stages *stages);

/* Where a token's first hidden state comes from, besides its position. Pointers
 * into the weights: [width] each; segment is NULL if the model has no segments. */
struct heed_embedding_parts {
    const float *word, *segment;
    int width;
    bool is_mapped; /* to the layers' width, after the norm */
};
/* type: the token's, of what the model is given. */
struct heed_embedding_parts heed_stage_get_embedding(const struct heed_model *model, int id,
                                                     int type);
/* A token's position as the model counts it, from 0; -1: a padding token's. */
int heed_stage_get_place(const struct heed_model *model, const struct heed_encoding *encoding,
                         int token);
/* The position's part: [width], row. False, and nothing filled, if there is
 * none. The sum's norm, mapped or not, is hidden_states[0] of a run. */
bool heed_stage_get_position(const struct heed_model *model, enum heed_positions positions,
                             int place, float *row);

/* normed[width]: of the sum of the parts. */
void heed_stage_norm_embedding(const struct heed_model *model, const float *sum, float *normed);

#endif
