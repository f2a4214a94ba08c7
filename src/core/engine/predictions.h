/*
 * What a masked-language head would put in the place of each [MASK], and what a head for
 * classes says of the text or of each token, before and after something was switched off. Computed
 * by whoever makes a result; immutable then; any thread.
 */
#ifndef HEED_CORE_ENGINE_PREDICTIONS_H
#define HEED_CORE_ENGINE_PREDICTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/bert/run.h"
#include "core/model/model.h"
#include "core/tensor/pool.h"
#include "core/text/tokenizer.h"

enum { HEED_MASK_PREDICTIONS = 5, HEED_MAX_MASKS = 3 };

struct heed_prediction_change {
    int32_t id;
    float before, after; /* probabilities */
};

/* Those with the largest probability in either run, largest first. */
struct heed_mask_change {
    int token;
    int n;
    struct heed_prediction_change items[HEED_MASK_PREDICTIONS];
};

/* The classes with the largest score in either run, largest first. */
struct heed_class_changes {
    int n;
    struct heed_prediction_change items[HEED_MASK_PREDICTIONS];
};

struct heed_prediction_request {
    const struct heed_model *model;
    const struct heed_encoding *encoding;
    const struct heed_run *before, *after; /* may be one */
    int32_t mask_id;                       /* negative: the tokenizer has none */
    struct heed_pool *pool;                /* the vocabulary is shared out to it; NULL: no other
                                              thread. Any number gives the same bits */
    bool (*cancelled)(void *context);      /* asked before each pass; NULL: never */
    void *context;
};

/* One of the text, or one of each token; classes is NULL and n 0 without such a head. In
 * the arena. */
HEED_NODISCARD bool heed_class_changes_create(const struct heed_class_changes **classes, int *n,
                                              struct heed_arena *arena,
                                              const struct heed_prediction_request *request,
                                              struct heed_error *err);

/* Of each token that heed_masks_find finds; masks is NULL and n 0 if there are none or the
 * model has no such head. In the arena. */
HEED_NODISCARD bool heed_mask_changes_create(const struct heed_mask_change **masks, int *n,
                                             struct heed_arena *arena,
                                             const struct heed_prediction_request *request,
                                             struct heed_error *err);

/* The first tokens with mask_id; returns how many. */
int heed_masks_find(const struct heed_encoding *encoding, int32_t mask_id,
                    int tokens[HEED_MAX_MASKS]);

#endif
