/*
 * Heads ordered by the weight of one link, or by its change between two
 * texts. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_RANK_H
#define HEED_CORE_ANALYSIS_RANK_H

#include <stdbool.h>

#include "base/error.h"
#include "core/analysis/maps.h"

/* Tokens of the whole sequence: a word. */
struct heed_token_range {
    int first, count;
};

struct heed_ranked_head {
    int layer, head;
    float weight;
    float others;  /* as heed_rank_others */
    float weight2; /* in the second text; 0 without one */
    float others2; /* likewise */
    float change;  /* weight2 - weight */
};

/* Fails if the maps' words are merged and this is only a part of one. */
HEED_NODISCARD bool heed_rank_check_whole(const struct heed_maps *maps,
                                          struct heed_token_range word, const char *name,
                                          struct heed_error *err);

/* Fails if the filter hides the word, whole or in part, or as above; name is for that
 * message. */
HEED_NODISCARD bool heed_rank_find_units(const struct heed_maps *maps, struct heed_token_range word,
                                         const char *name, struct heed_unit_range *units,
                                         struct heed_error *err);

/* The link's weight in one map with the wordpieces merged: the mean over the
 * query's rows of the sum over the key's columns. */
float heed_rank_link_weight(const struct heed_maps *maps, int layer, int head,
                            struct heed_unit_range query, struct heed_unit_range key);

/* What the other rows of the map give that key on average: a link that they have as well is
 * the key's column. weights: of one of the maps; NAN if there is no other row. */
float heed_rank_others(const struct heed_maps *maps, const float *weights,
                       struct heed_unit_range query, struct heed_unit_range key);

/* True if the filter lets the link be drawn: one of its cells is at or above
 * its row's cutoff and of the right segments. */
bool heed_rank_link_passes(const struct heed_maps *maps, int layer, int head,
                           struct heed_unit_range query, struct heed_unit_range key,
                           const struct heed_filter *filter);

/* For qsort, of two heads: the larger value first, else by layer, then head. */
static inline int heed_rank_compare(double a, double b, int layers, int heads)
{
    return a != b ? (a < b ? 1 : -1) : layers != 0 ? layers : heads;
}

/* Fills ranked[n_layers * n_heads], largest first; ties by layer, then head. */
void heed_rank_heads(struct heed_ranked_head *ranked, const struct heed_maps *maps,
                     struct heed_unit_range query, struct heed_unit_range key);

/* Fills weight2 and change of n heads that heed_rank_heads has ordered, from
 * maps that have them all, and orders them by |change|, largest first. */
void heed_rank_changes(struct heed_ranked_head *ranked, int n, const struct heed_maps *maps2,
                       struct heed_unit_range query2, struct heed_unit_range key2);

#endif
