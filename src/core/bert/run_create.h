/* How the encoder makes a run. For this folder only. Any thread. */
#ifndef HEED_CORE_BERT_RUN_CREATE_H
#define HEED_CORE_BERT_RUN_CREATE_H

#include "base/error.h"
#include "base/stock.h"
#include "core/bert/encoder.h"
#include "core/bert/run.h"
#include "core/model/model.h"

/* A run for its maker to fill, with one reference, in one block of the stock. With more
 * weights than this many bytes it doesn't keep them: `attention` is NULL, and the reader
 * makes them again as the request (of which it copies what it needs) and the kernels do. */
HEED_NODISCARD struct heed_run *heed_run_create(struct heed_stock *stock,
                                                const struct heed_model_config *config,
                                                const struct heed_request *request,
                                                const struct heed_kernel_set *kernels,
                                                size_t most_kept, struct heed_error *err);

#endif
