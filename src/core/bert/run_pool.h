/*
 * The memory of runs. Each run has one block; a block returns here with the
 * run's last reference and is used again. The pool lives until its owner has
 * left it and the last run is released. Any thread.
 */
#ifndef HEED_CORE_BERT_RUN_POOL_H
#define HEED_CORE_BERT_RUN_POOL_H

#include "base/error.h"
#include "core/bert/run.h"
#include "core/model/model.h"

struct heed_run_pool;

/* NULL if memory is exhausted. */
struct heed_run_pool *heed_run_pool_create(void);
/* The owner's farewell; NULL is harmless. */
void heed_run_pool_release(struct heed_run_pool *pool);

/* A run for its maker to fill, with one reference. */
struct heed_run *heed_run_pool_take(struct heed_run_pool *pool,
                                    const struct heed_model_config *config,
                                    int n_tokens, struct heed_error *err);

#endif
