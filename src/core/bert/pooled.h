/*
 * One vector of a text, as sentence-transformers pools those of its tokens (Reimers and
 * Gurevych 2019, section 3). Any thread.
 */
#ifndef HEED_CORE_BERT_POOLED_H
#define HEED_CORE_BERT_POOLED_H

#include "core/bert/run.h"
#include "core/model/pooling.h"

/* vector[hidden], of the last layer's states of all tokens. */
void heed_pooled(double *vector, const struct heed_run *run, enum heed_pooling pooling);
/* 0 where one of them is all zero. */
double heed_pooled_cosine(const double *a, const double *b, int n);

#endif
