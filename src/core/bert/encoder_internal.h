/*
 * What the files of this folder share of an encoder, and a constructor for
 * weights that lie in memory (tests, tools). Not for other folders.
 */
#ifndef HEED_CORE_BERT_ENCODER_INTERNAL_H
#define HEED_CORE_BERT_ENCODER_INTERNAL_H

#include "core/bert/encoder.h"
#include "core/bert/run_create.h"
#include "core/bert/workspace.h"
#include "core/tensor/linear.h"

struct heed_encoder_layer {
    struct heed_linear qkv;    /* three in one: hidden -> 3 hidden */
    struct heed_linear output; /* hidden -> hidden */
    struct heed_linear inner;  /* hidden -> intermediate, activated */
    struct heed_linear outer;  /* intermediate -> hidden */
};

struct heed_encoder {
    struct heed_model_config config;
    const struct heed_model_weights *weights;
    const struct heed_kernel_set *kernels;
    struct heed_pool *pool;
    struct heed_stock *stock; /* of runs and the workspace */
    size_t budget;            /* of what is in use of it */
    struct heed_encoder_layer *layers;
    struct heed_linear projection; /* of the embeddings; only if the weights have one */
    float *packed;                 /* of all layers that are different, in the order of their use */
    float *biases;    /* [heads, 2 max_positions - 1] of the scores, by key - query from
                         1 - max_positions on; NULL: none */
    int *places;      /* [max_positions] of the present run: each token's position */
    bool activates;   /* the activation isn't fused into the inner map */
    float *sinusoids; /* [max_positions, hidden]; NULL until they are wanted */
    struct heed_workspace workspace;
};

/* With a kernel set of one's choice; weights must outlive the encoder. */
HEED_NODISCARD bool heed_encoder_create_with_kernels(struct heed_encoder **encoder,
                                                     const struct heed_model_config *config,
                                                     const struct heed_model_weights *weights,
                                                     const struct heed_kernel_set *kernels,
                                                     int n_threads, struct heed_error *err);

/* Computes a checked request into run. */
HEED_NODISCARD bool heed_encoder_forward(struct heed_encoder *encoder,
                                         const struct heed_request *request, struct heed_run *run,
                                         struct heed_error *err);

#endif
