/*
 * One vector of a text, as sentence-transformers pools those of its tokens (Reimers and
 * Gurevych 2019, section 3). Any thread.
 */
#ifndef HEED_CORE_BERT_POOLED_H
#define HEED_CORE_BERT_POOLED_H

#include "base/arena.h"
#include "base/error.h"
#include "core/bert/run.h"
#include "core/model/pooling.h"

/* vector[hidden], of the last layer's states of all tokens. */
void heed_pooled(double *vector, const struct heed_run *run, enum heed_pooling pooling);
/* Of two texts' runs of one model; works in the arena. */
HEED_NODISCARD bool heed_pooled_runs(double *cosine, struct heed_arena *arena,
                                     const struct heed_run *a, const struct heed_run *b,
                                     enum heed_pooling pooling, struct heed_error *err);
/* 0 where one of them is all zero. */
double heed_pooled_cosine(const double *a, const double *b, int n);

#endif
