/*
 * Weights of a run that doesn't keep them: rows of one head are made again of the run's
 * queries and keys, as the pass made them, to the bit. For this folder only. Any thread.
 */
#ifndef HEED_CORE_BERT_REMAKE_H
#define HEED_CORE_BERT_REMAKE_H

#include <stdatomic.h>

#include "core/bert/weigh.h"

/* In the run's own block: it is gone with the run. */
struct heed_remaking {
    const struct heed_run *run;
    struct heed_weighing of; /* of no head yet: what all of them share */
    atomic_bool failed;      /* there was no memory for a block of scores */
};

/* Copies the request's links that are cut and its mask into room, and gives the run's
 * reader. */
struct heed_run_reader heed_remaking_begin(struct heed_remaking *remaking,
                                           const struct heed_run *run,
                                           const struct heed_request *request,
                                           const struct heed_kernel_set *kernels, void *room);

#endif
