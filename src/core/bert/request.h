/* What a request must fulfil before anything is computed. Any thread. */
#ifndef HEED_CORE_BERT_REQUEST_H
#define HEED_CORE_BERT_REQUEST_H

#include <stdbool.h>

#include "base/error.h"
#include "core/bert/encoder.h"

HEED_NODISCARD bool heed_request_check(const struct heed_request *request,
                                       const struct heed_model_config *config,
                                       struct heed_error *err);

#endif
