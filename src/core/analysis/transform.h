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

/* Whether what is slow is to end early; zero: never. */
struct heed_stop {
    bool (*cancelled)(void *context);
    void *context;
};

/* norms[layers, heads, n] = |f(v)| of each head and key, in the arena. Asks `stop` before each
 * layer. */
HEED_NODISCARD bool heed_value_norms(float **norms, struct heed_arena *arena,
                                     const struct heed_run *run, const struct heed_model *model,
                                     struct heed_pool *pool, struct heed_stop stop,
                                     struct heed_error *err);

/* rollout[layers, n, n], in the arena; likewise. */
HEED_NODISCARD bool heed_rollout(float **rollout, struct heed_arena *arena,
                                 const struct heed_run *run, struct heed_pool *pool,
                                 struct heed_stop stop, struct heed_error *err);

#endif
