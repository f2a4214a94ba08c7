/*
 * One piece of work on a thread of its own, for what may never end: a file system that
 * doesn't answer. Whoever waits for it can leave it behind. Any thread, one at a time.
 */
#ifndef HEED_BASE_ERRAND_H
#define HEED_BASE_ERRAND_H

#include <stdbool.h>

#include "base/error.h"

struct heed_errand;

struct heed_errand_kind {
    void (*run)(void *job);     /* on the other thread */
    void (*destroy)(void *job); /* of one that was left behind, on either */
};

/* The errand has the job from now on; without one (an error: memory, threads) it stays the
 * caller's. done (may be NULL) is called on the other thread at the end, but not after a drop. */
HEED_NODISCARD bool heed_errand_start(struct heed_errand **errand,
                                      const struct heed_errand_kind *kind, void *job,
                                      void (*done)(void *context), void *context,
                                      struct heed_error *err);
/* True if it ended; waits for that at most so long. */
bool heed_errand_wait(struct heed_errand *errand, int ms);
/* The job of one that ended, the caller's again; frees the errand. */
void *heed_errand_finish(struct heed_errand *errand);
/* The job goes when it ends. Never waits; NULL is harmless. */
void heed_errand_drop(struct heed_errand *errand);

#endif
