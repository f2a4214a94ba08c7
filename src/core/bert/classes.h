/*
 * The head for classes: of a text, from its first token (Devlin et al. 2019, section 4.1),
 * or of each token (5.3). Computed on demand from a run. Any thread.
 */
#ifndef HEED_CORE_BERT_CLASSES_H
#define HEED_CORE_BERT_CLASSES_H

#include <stdbool.h>

#include "base/error.h"
#include "base/stock.h"
#include "core/bert/run.h"
#include "core/model/model.h"

/* scores[n_classes] of `token`, of a text's classes of any; what they are, class_scores
 * says. Refused if the model has no such head. Works in memory of the stock (NULL: the
 * system's). */
HEED_NODISCARD bool heed_class_scores(float *scores, struct heed_stock *stock,
                                      const struct heed_model *model, const struct heed_run *run,
                                      int token, struct heed_error *err);

#endif
