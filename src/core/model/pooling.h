/*
 * How sentence-transformers makes one vector of a text's tokens: modules.json of a model's
 * folder and the configuration of its pooling. Any thread.
 */
#ifndef HEED_CORE_MODEL_POOLING_H
#define HEED_CORE_MODEL_POOLING_H

#include <stdbool.h>

#include "base/error.h"

enum heed_pooling {
    HEED_POOLING_MEAN,
    HEED_POOLING_FIRST,     /* the first token's vector, [CLS] */
    HEED_POOLING_MAX,       /* of each place the largest */
    HEED_POOLING_MEAN_SQRT, /* the sum over the root of their number */
    HEED_N_POOLINGS
};

extern const char *const heed_pooling_words[HEED_N_POOLINGS + 1]; /* "mean", ...; then NULL */

/* *found is false, and the pooling the mean, where the folder has no modules.json. What heed
 * doesn't compute (a Dense module, another mode, two modes) is refused by name. */
HEED_NODISCARD bool heed_pooling_read(enum heed_pooling *pooling, bool *found, const char *folder,
                                      struct heed_error *err);

#endif
