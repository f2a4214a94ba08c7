/*
 * Heads ordered by the weight of one link. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_RANK_H
#define HEED_CORE_ANALYSIS_RANK_H

#include "base/error.h"
#include "core/bert/run.h"

struct heed_token_range {
    int first, count;
};

struct heed_ranked_head {
    int layer, head;
    float weight;
};

/* The link's weight in one head with the wordpieces merged: the mean over
 * the query's rows of the sum over the key's columns. */
float heed_link_weight(const struct heed_run *run, int layer, int head,
                       struct heed_token_range query,
                       struct heed_token_range key);

/* Fills ranked[n_layers * n_heads], largest first; ties by layer, then head. */
void heed_rank_heads(struct heed_ranked_head *ranked,
                     const struct heed_run *run,
                     struct heed_token_range query,
                     struct heed_token_range key);

#endif
