/*
 * What a layer costs at a length: multiply-adds by kind of attention, beside
 * those of its dense maps, and the memory that kept weights take. Closed
 * formulas, counted as doubles; softmax, norms, activations and biases, which
 * grow with n^2 h or n d, aren't counted. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_COST_H
#define HEED_CORE_ANALYSIS_COST_H

struct heed_cost_model {
    int n_layers, n_heads;
    int hidden;       /* d */
    int intermediate; /* f: the feed-forward's inside */
};

enum heed_cost_kind {
    /* 2 n^2 d: q.k for every pair, then the weights times the values (Vaswani
     * et al. 2017, table 1: n^2 d). Flash attention has the same multiply-adds
     * forwards; what it saves is memory traffic (Dao et al. 2022, theorem 1). */
    HEED_COST_SOFTMAX,
    /* n (4 d^2 + 2 d f): q, k, v and output projections, then feed-forward
     * (12 n d^2 where f = 4 d). */
    HEED_COST_DENSE,
    /* 2 n d d_head: each head sums phi(k) v^T once and multiplies it by every
     * phi(q) (Katharopoulos et al. 2020, eq. 5 and 6). */
    HEED_COST_LINEAR,
    /* 2 p d, p the pairs at most w apart: n (2 w + 1) - w (w + 1), or n^2 where
     * the text is no longer than w (Child et al. 2019; Vaswani et al. 2017,
     * table 1: restricted, r n d). */
    HEED_COST_WINDOW,
    /* 2 n d^2 of a recurrent layer of the same width: the state and the input
     * each times a [d, d] matrix. Its n steps can't be done side by side, while
     * one of self-attention can (Vaswani et al. 2017, table 1). */
    HEED_COST_RECURRENT,
    HEED_N_COSTS
};

/* Multiply-adds of one layer at n tokens. window: of HEED_COST_WINDOW, at least 0. */
double heed_cost_layer(const struct heed_cost_model *model, enum heed_cost_kind kind, double n,
                       int window);

/* The length from which attention costs more than the dense maps: 2 d + f. */
double heed_cost_crossing(const struct heed_cost_model *model);

/* Bytes that the weights of all layers and heads take, [layers, heads, n, n]
 * in float32, kept as heed does. Flash attention keeps none: a row's maximum
 * and sum (2 n heads numbers) stand for them (Dao et al. 2022, algorithm 1). */
double heed_cost_weights_bytes(const struct heed_cost_model *model, double n);

#endif
