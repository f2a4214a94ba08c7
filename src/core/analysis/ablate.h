/*
 * What changes when a head is muted: every head in turn has its output set to
 * zero (head_scale 0), the text is encoded again and the run is held against
 * the untouched one. Michel et al. 2019, Voita et al. 2019. The thread of the
 * encoder.
 */
#ifndef HEED_CORE_ANALYSIS_ABLATE_H
#define HEED_CORE_ANALYSIS_ABLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/analysis/rank.h"
#include "core/bert/encoder.h"
#include "core/model/pooling.h"

struct heed_ablated_head {
    int layer, head;
    /* The link's weight in the other heads of later layers: the mean of
     * |muted - untouched| over them, and the largest (signed) change with its
     * head. The last layer has no later one: 0, and change_layer is -1. */
    float link_effect;
    float link_change;
    int change_layer, change_head;
    /* 1 - cosine with the untouched run's: of the token's last hidden state
     * (of several pieces: of their mean), and of the sentence embedding. */
    float token_effect;
    float sentence_effect;
};

struct heed_ablation {
    struct heed_encoder *encoder;
    const int32_t *ids;
    const int32_t *segments;
    const struct heed_run *run; /* the untouched one, of these ids */
    /* count 0: no link, and no token. */
    struct heed_token_range query, key;
    struct heed_token_range token;
    enum heed_pooling pooling; /* of the sentence embedding */
    /* Polled between the layers of a run; true ends it with HEED_ERROR_CANCELLED. May be NULL. */
    bool (*cancelled)(void *context);
    void *context;
};

/* Mutes the one head of this index, layer * n_heads + head. On failure
 * (memory, cancelled) *ablated is untouched. */
HEED_NODISCARD bool heed_ablate_head(struct heed_ablated_head *ablated,
                                     const struct heed_ablation *ablation, int index,
                                     struct heed_error *err);

#endif
