/*
 * From queries and keys to weights, in blocks of rows of one head; softmax, or what a
 * request wants in its place (variant.h). A pass makes them so, and who looks at a run
 * that doesn't keep them makes them again: the same bits, whatever block a row is in.
 * For this folder only. Any thread, with room of its own.
 */
#ifndef HEED_CORE_BERT_WEIGH_H
#define HEED_CORE_BERT_WEIGH_H

#include "core/bert/encoder.h"

/* What a thread has room for, of n keys: a block of rows whose scores are stride apart. */
struct heed_score_shape {
    int rows, columns; /* n filled up to whole panels */
    size_t stride;
};

struct heed_score_shape heed_score_shape_of(const struct heed_kernel_set *kernels, int n);

/* A head whose weights are made. */
struct heed_weighing {
    const struct heed_kernel_set *kernels;
    struct heed_score_shape shape;
    enum heed_attention_kind kind;
    int n, dim;
    int layer, head;          /* whose cuts hold */
    const float *queries;     /* [n, dim] */
    const float *packed_keys; /* heed_weigh_pack_keys */
    const float *bias;        /* of a score, from 1 - n on by key - query; NULL: none */
    const uint8_t *allowed;   /* as in struct heed_request */
    const struct heed_cut *cuts;
    int n_cuts;
};

/* Rows [begin, begin + rows) of the head, no more than its shape has, and where they are
 * worked on. */
struct heed_weigh_block {
    int begin, rows;
    float *weights;   /* [rows, n] */
    float *entropies; /* [rows], or NULL; of softmax only */
    float *scores;    /* [rows], shape.stride apart */
    float *scratch;   /* [rows, dim + 2] */
};

/* Floats of the packed keys of one head. */
size_t heed_weigh_key_floats(const struct heed_kernel_set *kernels, int n, int dim);
/* keys: [n, dim]. */
void heed_weigh_pack_keys(float *packed, const struct heed_kernel_set *kernels,
                          enum heed_attention_kind kind, const float *keys, int n, int dim);

/* Fills the block's weights, and with softmax its entropies. */
void heed_weigh(const struct heed_weighing *weighing, const struct heed_weigh_block *block);

/* Flash attention, some keys at a time: each row's largest score and sum of exponentials
 * so far. */
struct heed_flash {
    float *max, *sum; /* [rows], in the block's scratch */
    int from, to;     /* the keys in hand */
};

struct heed_flash heed_flash_begin(const struct heed_weighing *weighing,
                                   const struct heed_weigh_block *block);
/* The next keys in hand, from the first on; false behind the last. */
bool heed_flash_next(struct heed_flash *flash, const struct heed_weighing *weighing);
/* Scores of the keys in hand. */
void heed_flash_score(const struct heed_flash *flash, const struct heed_weighing *weighing,
                      const struct heed_weigh_block *block);
/* Makes exponentials of row r of them, with the new maximum; returns the factor for what
 * was summed with the old one. */
float heed_flash_take(struct heed_flash *flash, int r, float *row);
/* All weights, from the rows' statistics once every key was taken. */
void heed_flash_weigh(struct heed_flash *flash, const struct heed_weighing *weighing,
                      const struct heed_weigh_block *block);

#endif
