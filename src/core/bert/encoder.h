/*
 * The encoder: run = encode(model, request), a pure function of the two.
 * Devlin et al. 2019 (BERT), Vaswani et al. 2017 (attention, eq. 1).
 *
 *   h_0 = LN(word + position + segment), times W_E + b_E where embeddings have a width
 *     of their own (Lan et al. 2020, 3.1)
 *   per layer: q, k, v = h W + b; a = softmax(q k^T / sqrt(d_head) + bias(key - query)),
 *     the bias only where the model has one (Song et al. 2020);
 *   x = LN(h + concat(a v) W_O + b_O); h' = LN(x + act(x W_1 + b_1) W_2 + b_2)
 *
 * An encoder owns packed weights, a workspace and a stock of memory for runs.
 * One thread at a time may call encode; runs outlive the encoder safely.
 */
#ifndef HEED_CORE_BERT_ENCODER_H
#define HEED_CORE_BERT_ENCODER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/stock.h"
#include "core/bert/run.h"
#include "core/bert/variant.h"
#include "core/model/model.h"
#include "core/tensor/kernels.h"
#include "core/tensor/pool.h"

struct heed_encoder_options {
    int n_threads;       /* 0: one a core that this process may use */
    const char *kernels; /* one of heed_kernels_names; NULL: the fastest */
    /* Called before each layer is packed, and behind the last; false gives up with
     * HEED_ERROR_CANCELLED. NULL: nobody asks. */
    bool (*go_on)(void *context, int layer, int n_layers);
    void *go_on_context;
    /* Bytes of runs that are kept at a time; where a run's weights would be beyond them
     * they are made again, of its queries and keys, whenever someone looks at them. 0: a
     * quarter of the machine's memory. */
    size_t budget;
};

/* A link that is cut: its score is -inf before the softmax, so the rest of the
 * row is renormalised. A row never loses all its links: the encoder refuses
 * that. */
struct heed_cut {
    int16_t layer, head; /* both -1: in every head of every layer */
    int32_t query, key;
};

/* Zero means: plain run. Arrays are borrowed for the call. */
struct heed_request {
    const int32_t *ids;      /* [n_tokens] */
    const int32_t *segments; /* [n_tokens], or NULL: all 0 */
    int n_tokens;            /* 1 .. max_positions */
    enum heed_positions positions;
    enum heed_attention_kind attention;
    /* [layers * heads] factor on a head's output (0 mutes it); NULL: all 1 */
    const float *head_scale;
    /* [n, n] bytes, nonzero where the query (row) may attend to the key, in
     * every layer and head; NULL: everywhere. Each row needs one. */
    const uint8_t *allowed;
    const struct heed_cut *cuts;
    int n_cuts;
    /* Polled between layers; true ends the run with HEED_ERROR_CANCELLED. */
    bool (*cancelled)(void *context);
    void *cancelled_context;
};

struct heed_encoder;

/* model must outlive the encoder. Errors: memory, threads; kernels that this
 * build or machine doesn't have. */
HEED_NODISCARD bool heed_encoder_create(struct heed_encoder **encoder,
                                        const struct heed_model *model,
                                        struct heed_encoder_options options,
                                        struct heed_error *err);
void heed_encoder_destroy(struct heed_encoder *encoder);

/* *run holds one reference. Errors: an id or segment outside its table, too
 * many tokens, a row with nothing allowed, memory, cancelled, weights that
 * give values that aren't numbers. */
HEED_NODISCARD bool heed_encode(struct heed_encoder *encoder, const struct heed_request *request,
                                const struct heed_run **run, struct heed_error *err);

const struct heed_kernel_set *heed_encoder_get_kernels(const struct heed_encoder *encoder);
int heed_encoder_get_threads(const struct heed_encoder *encoder);
/* For other work between two encodings, on the thread that encodes. */
struct heed_pool *heed_encoder_get_pool(struct heed_encoder *encoder);
struct heed_stock *heed_encoder_get_stock(struct heed_encoder *encoder);
/* Gives back what texts as short as the last don't need; on the thread that encodes. */
void heed_encoder_trim(struct heed_encoder *encoder);
/* Gives back all that only a run needs; on the thread that encodes. */
void heed_encoder_rest(struct heed_encoder *encoder);

#endif
