#include "core/bert/mlm.h"

#include <stdlib.h>

#include "core/bert/plain.h"
#include "core/tensor/whole.h"

static bool check(const struct heed_model *model, const struct heed_run *run, int token, int k,
                  struct heed_error *err)
{
    if (!heed_model_get_weights(model)->has_mlm_head) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "the model %s has no masked-language head",
                              heed_model_get_name(model));
    }
    if (token < 0 || token >= run->n_tokens) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no token %d", token);
    }
    if (k < 1 || k > heed_model_get_config(model)->vocab_size) {
        return heed_error_set(err, HEED_ERROR_INPUT, "%d predictions, but the vocabulary has %d", k,
                              heed_model_get_config(model)->vocab_size);
    }
    return true;
}

enum { IDS = 1024 /* of a task */ };

struct decoding {
    float *logits;
    const float *state;
    const struct heed_linear_weights *decoder;
    int width, vocab;
};

static void decode_task(void *context, int index, int thread)
{
    (void)thread;
    const struct decoding *of = context;
    const size_t first = (size_t)index * IDS;
    const struct heed_linear_weights part = {of->decoder->weight + first * (size_t)of->width,
                                             of->decoder->bias ? of->decoder->bias + first : NULL};
    heed_plain_linear(of->logits + first, of->state, of->width,
                      heed_least(IDS, of->vocab - (int)first), &part);
}

/* logits [vocab]; state [2, embedding] is scratch. */
static void compute_logits(float *logits, float *state, const struct heed_model *model,
                           const float *hidden, struct heed_pool *pool)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    const struct heed_mlm_weights *mlm = &heed_model_get_weights(model)->mlm;
    const int n = config->embedding;
    heed_plain_linear(state, hidden, config->hidden, n, &mlm->transform);
    heed_plain_activate(state, state, n, config->mlm_activation);
    float *normed = state + n;
    heed_plain_norm(normed, state, n, config->layer_norm_eps, &mlm->norm);
    struct decoding of = {logits, normed, &mlm->decoder, n, config->vocab_size};
    heed_pool_run(pool, decode_task, &of, heed_divide_up(config->vocab_size, IDS));
}

bool heed_mlm_probabilities(float *probabilities, struct heed_stock *stock, struct heed_pool *pool,
                            const struct heed_model *model, const struct heed_run *run, int token,
                            struct heed_error *err)
{
    if (!check(model, run, token, 1, err)) {
        return false;
    }
    const size_t hidden = (size_t)run->hidden;
    const size_t width = (size_t)heed_model_get_config(model)->embedding;
    float *state = (float *)heed_stock_take(stock, 2 * width * sizeof(*state));
    if (!state) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the predictions");
    }
    const float *last = run->hidden_states +
                        ((size_t)run->n_layers * (size_t)run->n_tokens + (size_t)token) * hidden;
    compute_logits(probabilities, state, model, last, pool);
    heed_plain_softmax(probabilities, heed_model_get_config(model)->vocab_size);
    heed_stock_give(state);
    return true;
}

bool heed_mlm_predict(const struct heed_model *model, const struct heed_run *run, int token, int k,
                      int32_t *ids, float *probabilities, struct heed_error *err)
{
    if (!check(model, run, token, k, err)) {
        return false;
    }
    const int vocab = heed_model_get_config(model)->vocab_size;
    float *all = (float *)malloc((size_t)vocab * sizeof(*all));
    if (!all) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for %d predictions", vocab);
    }
    const bool ok = heed_mlm_probabilities(all, NULL, NULL, model, run, token, err);
    if (ok) {
        heed_plain_take_largest(all, vocab, k, ids, probabilities);
    }
    free(all);
    return ok;
}
