/*
 * One link by each of the measures in every head, without any filter: what
 * the maps of that measure give, without making them all. What is slow is made once for all
 * links of a run; that is immutable, reference-counted and for any thread.
 */
#ifndef HEED_CORE_ANALYSIS_LINK_MEASURES_H
#define HEED_CORE_ANALYSIS_LINK_MEASURES_H

#include <stdbool.h>

#include "base/error.h"
#include "core/analysis/filter.h"
#include "core/analysis/rank.h"
#include "core/model/model.h"
#include "core/tensor/pool.h"

/* A link's weight in a run's plain attention, the wordpieces merged; NaN if there is no
 * memory for rows that the run doesn't keep. */
float heed_run_link_weight(const struct heed_run *run, int layer, int head,
                           struct heed_token_range query, struct heed_token_range key);

struct heed_link_measures;

/* Zero means: one thread, never cancelled. */
struct heed_link_measures_hints {
    struct heed_pool *pool;           /* any number of threads gives the same bits */
    bool (*cancelled)(void *context); /* asked before each of its two parts and each layer */
    void *context;
};

/* Of a run, which it holds: value norms and rollout. Errors: memory; cancelled. */
HEED_NODISCARD bool heed_link_measures_create(const struct heed_link_measures **measures,
                                              const struct heed_run *run,
                                              const struct heed_model *model,
                                              struct heed_link_measures_hints hints,
                                              struct heed_error *err);
const struct heed_link_measures *
heed_link_measures_retain(const struct heed_link_measures *measures);
/* NULL is harmless. */
void heed_link_measures_release(const struct heed_link_measures *measures);
const struct heed_run *heed_link_measures_get_run(const struct heed_link_measures *measures);

/* Fills weights[n_layers * n_heads]; a rollout is its layer's. NaN as above. */
void heed_link_measures_weigh(const struct heed_link_measures *measures, enum heed_measure measure,
                              struct heed_token_range query, struct heed_token_range key,
                              double *weights);

#endif
