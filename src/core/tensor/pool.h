/*
 * A pool of threads that share the tasks of one phase after another. Knows
 * nothing of what a task does. Workers sleep while nothing runs; between the
 * phases of a stretch (begin .. end) they spin for a short, bounded time.
 * One thread at a time may use a pool; it works along with its workers.
 */
#ifndef HEED_CORE_TENSOR_POOL_H
#define HEED_CORE_TENSOR_POOL_H

#include <stdbool.h>

#include "base/error.h"

struct heed_pool;

/* index: 0 .. n_tasks - 1; thread: 0 .. n_threads - 1 (for scratch memory). */
typedef void heed_pool_task(void *context, int index, int thread);

/* n_threads 0: one for each core that this process may use. */
HEED_NODISCARD bool heed_pool_create(struct heed_pool **pool, int n_threads,
                                     struct heed_error *err);
void heed_pool_destroy(struct heed_pool *pool);
/* 1 for NULL. */
int heed_pool_get_threads(const struct heed_pool *pool);

/* Returns when all tasks are done. Tasks run in any order, on any thread. A
 * pool of NULL is the calling thread alone, here and below. */
void heed_pool_run(struct heed_pool *pool, heed_pool_task *task, void *context, int n_tasks);

/* Around a stretch of phases that follow each other closely. */
void heed_pool_begin(struct heed_pool *pool);
void heed_pool_end(struct heed_pool *pool);

#endif
