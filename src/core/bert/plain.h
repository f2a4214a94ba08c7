/* The arithmetic of single vectors in plain C, for what is computed on demand. Any thread. */
#ifndef HEED_CORE_BERT_PLAIN_H
#define HEED_CORE_BERT_PLAIN_H

#include <stdint.h>

#include "core/model/model.h"

/* y = x weight^T + bias; bias may be NULL. */
void heed_plain_linear(float *y, const float *x, int n_in, int n_out,
                       const struct heed_linear_weights *weights);
/* y may be x. */
void heed_plain_activate(float *y, const float *x, int n, enum heed_activation activation);
/* In place. */
void heed_plain_softmax(float *x, int n);
/* ids[k] and values of the k largest, largest first; equal ones by id. */
void heed_plain_take_largest(const float *x, int n, int k, int32_t *ids, float *largest);
void heed_plain_norm(float *y, const float *x, int n, float epsilon,
                     const struct heed_norm_weights *weights);

#endif
