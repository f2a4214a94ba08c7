/* How the encoder makes a run. For this folder only. Any thread. */
#ifndef HEED_CORE_BERT_RUN_CREATE_H
#define HEED_CORE_BERT_RUN_CREATE_H

#include "base/error.h"
#include "base/stock.h"
#include "core/bert/run.h"
#include "core/model/model.h"

/* A run for its maker to fill, with one reference, in one block of the stock. */
struct heed_run *heed_run_create(struct heed_stock *stock, const struct heed_model_config *config,
                                 int n_tokens, struct heed_error *err);

#endif
