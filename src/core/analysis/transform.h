/*
 * What takes the plain weight's place in a map: value norms and rollout.
 * Inside core/analysis, and for who writes the norms to a file; pure.
 */
#ifndef HEED_CORE_ANALYSIS_TRANSFORM_H
#define HEED_CORE_ANALYSIS_TRANSFORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/bert/run.h"
#include "core/model/model.h"
#include "core/tensor/pool.h"

/* norms[layers, heads, n] = |f(v)| of each head and key, in the arena. */
HEED_NODISCARD bool heed_value_norms(float **norms, struct heed_arena *arena,
                                     const struct heed_run *run, const struct heed_model *model,
                                     struct heed_pool *pool, struct heed_error *err);

/* rollout[layers, n, n], in the arena. */
HEED_NODISCARD bool heed_rollout(float **rollout, struct heed_arena *arena,
                                 const struct heed_run *run, struct heed_pool *pool,
                                 struct heed_error *err);

enum { HEED_ROLLOUT_ROWS = 60 /* of a task: whole tiles of every kernel set but one */ };

/* What rollout multiplies: mixed[layers, n, n] = (mean of the heads + I) / 2.
 * room: [HEED_ROLLOUT_ROWS, n], for a run that doesn't keep its maps. */
void heed_rollout_mix(float *mixed, const struct heed_run *run, float *room);

/* rows[layers, n]: the mean of these rows of each layer's rollout, without the
 * others: a row through the mixed maps from its layer down to the first.
 * before: room for as many. */
void heed_rollout_rows(float *restrict rows, float *restrict before, const float *mixed,
                       const struct heed_run *run, int first, int count);

#endif
