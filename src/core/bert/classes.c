#include "core/bert/classes.h"

#include <math.h>

#include "core/bert/plain.h"

/* In place. */
static void score(float *x, int n, enum heed_class_scores scores)
{
    switch (scores) {
    case HEED_SCORES_SOFTMAX:
        heed_plain_softmax(x, n);
        break;
    case HEED_SCORES_SIGMOID:
        for (int i = 0; i < n; i++) {
            x[i] = 1.0f / (1.0f + expf(-x[i]));
        }
        break;
    case HEED_SCORES_PLAIN:
        break;
    }
}

bool heed_class_scores(float *scores, struct heed_stock *stock, const struct heed_model *model,
                       const struct heed_run *run, int token, struct heed_error *err)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    const struct heed_class_weights *classes = &heed_model_get_weights(model)->classes;
    const int n = config->hidden;
    if (!classes->out.weight) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED, "the model %s has no head for classes",
                              heed_model_get_name(model));
    }
    const size_t row = (size_t)(config->class_kind == HEED_CLASSES_OF_TEXT ? 0 : token);
    const float *state =
        run->hidden_states + ((size_t)run->n_layers * (size_t)run->n_tokens + row) * (size_t)n;
    float *dense = NULL;
    if (classes->dense.weight) {
        dense = (float *)heed_stock_take(stock, (size_t)n * sizeof(*dense));
        if (!dense) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the classes");
        }
        heed_plain_linear(dense, state, n, n, &classes->dense);
        heed_plain_activate(dense, dense, n, config->class_activation);
        state = dense;
    }
    heed_plain_linear(scores, state, n, config->n_classes, &classes->out);
    score(scores, config->n_classes, config->class_scores);
    heed_stock_give(dense);
    return true;
}
