/*
 * The masked-language head: what the model would put in a token's place
 * (Devlin et al. 2019, section 3.1). Computed on demand from a run. Any
 * thread.
 */
#ifndef HEED_CORE_BERT_MLM_H
#define HEED_CORE_BERT_MLM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/stock.h"
#include "core/bert/run.h"
#include "core/model/model.h"
#include "core/tensor/pool.h"

/* The k most probable ids (1 .. vocab_size) for `token`, most probable first;
 * equal ones by id. Refused if the model has no such head. */
HEED_NODISCARD bool heed_mlm_predict(const struct heed_model *model, const struct heed_run *run,
                                     int token, int k, int32_t *ids, float *probabilities,
                                     struct heed_error *err);

/* probabilities[vocab_size] of every id for `token`; refused likewise. Works in
 * memory of the stock (NULL: the system's). The ids are shared out to the pool (NULL: no
 * other thread); any number of threads gives the same bits. */
HEED_NODISCARD bool heed_mlm_probabilities(float *probabilities, struct heed_stock *stock,
                                           struct heed_pool *pool, const struct heed_model *model,
                                           const struct heed_run *run, int token,
                                           struct heed_error *err);

#endif
