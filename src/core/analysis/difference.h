/*
 * How two runs differ, token by aligned token: the signed difference of their
 * maps, the distance of each head's rows, and how alike their hidden states
 * and sentence embeddings are. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_DIFFERENCE_H
#define HEED_CORE_ANALYSIS_DIFFERENCE_H

#include "base/error.h"
#include "core/analysis/align.h"
#include "core/analysis/align_words.h"
#include "core/analysis/maps.h"
#include "core/tensor/pool.h"

/* How many places of the alignment have something in both texts: the side of the difference map. */
int heed_difference_count(const struct heed_alignment *units);
/* values[count, count] = b - a of one head, or with layer < 0 of the
 * aggregates, over the places in both texts. */
void heed_difference_fill(float *values, const struct heed_maps *a, const struct heed_maps *b,
                          const struct heed_alignment *units, int layer, int head);

struct heed_head_distance {
    int layer, head;
    float distance; /* 0: equal rows .. 1: nothing in common */
};

/* Fills heads[n_layers * n_heads], in order of layer, then head. The distance
 * of two rows is sqrt(JSD), JSD = (KL(p || m) + KL(q || m)) / 2 with
 * m = (p + q) / 2 and logarithms to base 2 (Lin 1991; Endres & Schindelin
 * 2003 prove that its root is a metric). p and q are distributions over all
 * places of the alignment: a key that the other text lacks has weight 0 there.
 * A head's distance is the mean over the places in both texts. Of the plain
 * weights of the whole texts, whatever is filtered. With words the places are those: a
 * map's columns are summed and its rows averaged. A head of a that b doesn't have is NAN
 * far. The heads are shared out to the pool; any number of threads gives the same bits.
 * Errors: memory, for maps that the runs don't keep. */
HEED_NODISCARD bool heed_distance_heads(struct heed_head_distance *heads, const struct heed_run *a,
                                        const struct heed_run *b,
                                        const struct heed_alignment *tokens,
                                        const struct heed_word_alignment *words,
                                        struct heed_pool *pool, struct heed_error *err);

/* x . y / (|x| |y|); 0 if one of them is the zero vector. */
double heed_cosine(const float *x, const float *y, int n);
/* cosines[n_layers + 1] of one token's hidden states in two runs. */
void heed_cosine_layers(float *cosines, const struct heed_run *a, int token_a,
                        const struct heed_run *b, int token_b);

/* cosines[n_layers + 1, units->n]: of what stands at each place in both texts,
 * the hidden states of a unit's tokens averaged; 0 at any other place. */
void heed_cosine_places(float *cosines, const struct heed_run *run_a, const struct heed_maps *a,
                        const struct heed_run *run_b, const struct heed_maps *b,
                        const struct heed_alignment *units);

#endif
