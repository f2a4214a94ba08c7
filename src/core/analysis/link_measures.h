/*
 * One link by each of the measures in every head, without any filter: what
 * the maps of that measure give, without making them all. Pure; one thread at
 * a time, as the rollout of the query weighed last is kept.
 */
#ifndef HEED_CORE_ANALYSIS_LINK_MEASURES_H
#define HEED_CORE_ANALYSIS_LINK_MEASURES_H

#include <stdbool.h>

#include "base/error.h"
#include "core/analysis/filter.h"
#include "core/analysis/rank.h"
#include "core/model/model.h"

/* A link's weight in a run's plain attention, the wordpieces merged; NaN if there is no
 * memory for rows that the run doesn't keep. */
float heed_run_link_weight(const struct heed_run *run, int layer, int head,
                           struct heed_token_range query, struct heed_token_range key);

struct heed_link_measures;

/* Of a run, which it holds: value norms and mixed maps, once for all links.
 * Errors: memory. */
HEED_NODISCARD bool heed_link_measures_create(struct heed_link_measures **measures,
                                              const struct heed_run *run,
                                              const struct heed_model *model,
                                              struct heed_error *err);
/* NULL is harmless. */
void heed_link_measures_destroy(struct heed_link_measures *measures);
const struct heed_run *heed_link_measures_get_run(const struct heed_link_measures *measures);

/* Fills weights[n_layers * n_heads]; a rollout is its layer's. */
void heed_link_measures_weigh(struct heed_link_measures *measures, enum heed_measure measure,
                              struct heed_token_range query, struct heed_token_range key,
                              double *weights);

#endif
