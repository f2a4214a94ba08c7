#include "core/bert/encoder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/platform.h"
#include "core/bert/encoder_internal.h"
#include "core/bert/positions.h"
#include "core/bert/request.h"
#include "core/tensor/memory.h"

static enum heed_pointwise pointwise_of(enum heed_activation activation)
{
    switch (activation) {
    case HEED_ACTIVATION_GELU:
        return HEED_POINTWISE_GELU;
    case HEED_ACTIVATION_GELU_TANH:
        return HEED_POINTWISE_GELU_TANH;
    case HEED_ACTIVATION_RELU:
        return HEED_POINTWISE_RELU;
    case HEED_ACTIVATION_GELU_10:
    case HEED_ACTIVATION_QUICK_GELU:
    case HEED_ACTIVATION_SILU:
    case HEED_ACTIVATION_MISH:
    case HEED_ACTIVATION_TANH:
        break;
    }
    return HEED_POINTWISE_NONE; /* by itself, behind the map */
}

/* What the maps of a layer need, in the order of their use. */
static size_t layer_floats(const struct heed_encoder *encoder)
{
    const struct heed_kernel_set *kernels = encoder->kernels;
    const int hidden = encoder->config.hidden;
    const int inner = encoder->config.intermediate;
    return heed_linear_floats(kernels, hidden, 3 * hidden) +
           heed_linear_floats(kernels, hidden, hidden) +
           heed_linear_floats(kernels, hidden, inner) + heed_linear_floats(kernels, inner, hidden);
}

static struct heed_linear place(const struct heed_encoder *encoder, int n_in, int n_out,
                                enum heed_pointwise pointwise, float **next)
{
    float *memory = *next;
    *next += heed_linear_floats(encoder->kernels, n_in, n_out);
    return heed_linear_place(encoder->kernels, n_in, n_out, pointwise, memory);
}

static void place_layer(struct heed_encoder_layer *layer, const struct heed_encoder *encoder,
                        float *memory)
{
    const int hidden = encoder->config.hidden;
    const int inner = encoder->config.intermediate;
    const enum heed_pointwise none = HEED_POINTWISE_NONE;
    const enum heed_pointwise activation = pointwise_of(encoder->config.activation);
    layer->qkv = place(encoder, hidden, 3 * hidden, none, &memory);
    layer->output = place(encoder, hidden, hidden, none, &memory);
    layer->inner = place(encoder, hidden, inner, activation, &memory);
    layer->outer = place(encoder, inner, hidden, none, &memory);
}

static struct heed_linear_part part(const struct heed_linear_weights *weights, int n_out)
{
    return (struct heed_linear_part){weights->weight, weights->bias, n_out};
}

static void pack_layer(struct heed_encoder_layer *layer, const struct heed_layer_weights *weights,
                       const struct heed_encoder *encoder)
{
    const int hidden = encoder->config.hidden;
    const struct heed_linear_part qkv[3] = {
        part(&weights->query, hidden), part(&weights->key, hidden), part(&weights->value, hidden)};
    const struct heed_linear_part output = part(&weights->attention_output, hidden);
    const struct heed_linear_part inner = part(&weights->inner, encoder->config.intermediate);
    const struct heed_linear_part outer = part(&weights->outer, hidden);
    heed_linear_pack(&layer->qkv, qkv, 3, encoder->pool);
    heed_linear_pack(&layer->output, &output, 1, encoder->pool);
    heed_linear_pack(&layer->inner, &inner, 1, encoder->pool);
    heed_linear_pack(&layer->outer, &outer, 1, encoder->pool);
}

/* True if its weights are those of the layer before it. */
static bool is_shared(const struct heed_encoder *encoder, int layer)
{
    const struct heed_layer_weights *layers = encoder->weights->layers;
    return layer > 0 && layers[layer].query.weight == layers[layer - 1].query.weight;
}

/* Of whom an encoder is made, and who is told. */
struct making {
    struct heed_encoder_options options;
    const struct heed_model *model; /* NULL: its weights lie in memory */
};

/* What is packed isn't kept in memory a second time while the rest is read. */
static bool tell(const struct making *making, int layer, int n_layers, struct heed_error *err)
{
    const struct heed_encoder_options *options = &making->options;
    if (making->model) {
        heed_model_drop_pages(making->model);
    }
    return !options->go_on || options->go_on(options->go_on_context, layer, n_layers) ||
           heed_error_set(err, HEED_ERROR_CANCELLED, "the model's opening was cancelled");
}

static bool pack_layers(struct heed_encoder *encoder, const struct making *making, size_t floats,
                        float **next, struct heed_error *err)
{
    const int n = encoder->config.n_layers;
    for (int i = 0; i < n; i++) {
        if (!tell(making, i, n, err)) {
            return false;
        }
        if (is_shared(encoder, i)) {
            encoder->layers[i] = encoder->layers[i - 1];
            continue;
        }
        place_layer(&encoder->layers[i], encoder, *next);
        pack_layer(&encoder->layers[i], &encoder->weights->layers[i], encoder);
        *next += floats;
    }
    return tell(making, n, n, err);
}

static bool pack_all(struct heed_encoder *encoder, const struct making *making, size_t floats,
                     struct heed_error *err)
{
    float *next = encoder->packed;
    heed_pool_begin(encoder->pool);
    const bool ok = pack_layers(encoder, making, floats, &next, err);
    if (ok && encoder->weights->projection.weight) {
        const struct heed_linear_part mapped =
            part(&encoder->weights->projection, encoder->config.hidden);
        encoder->projection = place(encoder, encoder->config.embedding, encoder->config.hidden,
                                    HEED_POINTWISE_NONE, &next);
        heed_linear_pack(&encoder->projection, &mapped, 1, encoder->pool);
    }
    heed_pool_end(encoder->pool);
    return ok;
}

/* What positions need, once for all texts. */
static bool make_places(struct heed_encoder *encoder, struct heed_error *err)
{
    const struct heed_model_config *config = &encoder->config;
    const int n = config->max_positions;
    const size_t width = 2 * (size_t)n - 1;
    encoder->places = (int *)calloc((size_t)n, sizeof(*encoder->places));
    if (encoder->weights->relative_bias) {
        encoder->biases = heed_floats_alloc((size_t)config->n_heads * width);
    }
    if (!encoder->places || (encoder->weights->relative_bias && !encoder->biases)) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for positions");
    }
    for (int h = 0; encoder->biases && h < config->n_heads; h++) {
        for (int distance = 1 - n; distance < n; distance++) {
            encoder->biases[(size_t)h * width + (size_t)(distance + n - 1)] =
                heed_relative_bias(encoder->weights, config, h, distance);
        }
    }
    return true;
}

/* A quarter of what the machine has; no limit where that isn't known. */
static size_t usual_budget(void)
{
    const double bytes = heed_platform_memory() / 4;
    return bytes > 0 && bytes < (double)(SIZE_MAX / 2) ? (size_t)bytes : SIZE_MAX;
}

static bool fill_encoder(struct heed_encoder *encoder, const struct making *making,
                         struct heed_error *err)
{
    const int n_layers = encoder->config.n_layers;
    const size_t floats = layer_floats(encoder);
    size_t n_packed = 0;
    for (int i = 0; i < n_layers; i++) {
        n_packed += is_shared(encoder, i) ? 0 : floats;
    }
    if (encoder->weights->projection.weight) {
        n_packed +=
            heed_linear_floats(encoder->kernels, encoder->config.embedding, encoder->config.hidden);
    }
    encoder->budget = making->options.budget > 0 ? making->options.budget : usual_budget();
    encoder->activates = pointwise_of(encoder->config.activation) == HEED_POINTWISE_NONE;
    encoder->layers =
        (struct heed_encoder_layer *)calloc((size_t)n_layers, sizeof(*encoder->layers));
    encoder->stock = heed_stock_create();
    encoder->packed = heed_floats_alloc(n_packed);
    if (!encoder->layers || !encoder->stock || !encoder->packed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the packed weights");
    }
    return heed_pool_create(&encoder->pool, making->options.n_threads, err) &&
           make_places(encoder, err) && pack_all(encoder, making, floats, err);
}

static bool create(struct heed_encoder **encoder, const struct heed_model_config *config,
                   const struct heed_model_weights *weights, const struct heed_kernel_set *kernels,
                   const struct making *making, struct heed_error *err)
{
    struct heed_encoder *e = (struct heed_encoder *)calloc(1, sizeof(*e));
    if (!e) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for an encoder");
    }
    e->config = *config;
    e->weights = weights;
    e->kernels = kernels;
    if (!fill_encoder(e, making, err)) {
        heed_encoder_destroy(e);
        return false;
    }
    *encoder = e;
    return true;
}

bool heed_encoder_create_with_kernels(struct heed_encoder **encoder,
                                      const struct heed_model_config *config,
                                      const struct heed_model_weights *weights,
                                      const struct heed_kernel_set *kernels, int n_threads,
                                      struct heed_error *err)
{
    const struct making making = {.options.n_threads = n_threads};
    return create(encoder, config, weights, kernels, &making, err);
}

bool heed_encoder_create(struct heed_encoder **encoder, const struct heed_model *model,
                         struct heed_encoder_options options, struct heed_error *err)
{
    const struct heed_kernel_set *kernels =
        options.kernels ? heed_kernels_find(options.kernels) : heed_kernels_get_fastest();
    const struct making making = {options, model};
    if (!kernels) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "this processor lacks the instructions of the %s kernels; leave the "
                              "choice to heed",
                              options.kernels);
    }
    if (!create(encoder, heed_model_get_config(model), heed_model_get_weights(model), kernels,
                &making, err)) {
        return false;
    }
    if (!heed_model_check(model, err)) {
        heed_encoder_destroy(*encoder);
        *encoder = NULL;
        return false;
    }
    return true;
}

void heed_encoder_destroy(struct heed_encoder *encoder)
{
    if (!encoder) {
        return;
    }
    free(encoder->layers);
    heed_floats_free(encoder->packed);
    heed_floats_free(encoder->sinusoids);
    heed_floats_free(encoder->biases);
    free(encoder->places);
    heed_workspace_finish(&encoder->workspace);
    heed_stock_leave(encoder->stock);
    heed_pool_destroy(encoder->pool);
    free(encoder);
}

/* Any value that isn't a number spreads into each later layer, so the last
 * hidden state tells for all. */
static bool check_numbers(const struct heed_run *run, struct heed_error *err)
{
    const size_t size = (size_t)run->n_tokens * (size_t)run->hidden;
    const float *last = run->hidden_states + (size_t)run->n_layers * size;
    for (size_t i = 0; i < size; i++) {
        if (!isfinite(last[i])) {
            return heed_error_set(err, HEED_ERROR_FORMAT,
                                  "the model's weights give values that aren't numbers: its file "
                                  "is broken; fetch it again");
        }
    }
    return true;
}

/* Once, for all positions: a text of another length asks for no memory. */
static bool make_sinusoids(struct heed_encoder *encoder, struct heed_error *err)
{
    const int n = encoder->config.max_positions;
    const int width = encoder->config.embedding;
    float *rows = heed_floats_alloc((size_t)n * (size_t)width);
    if (!rows) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for sinusoidal positions");
    }
    const float factor = heed_positions_factor(encoder->weights->position_embeddings, n, width);
    for (int i = 0; i < n; i++) {
        heed_positions_sinusoid(rows + (size_t)i * (size_t)width, i, width, factor);
    }
    encoder->sinusoids = rows;
    return true;
}

/* The bias of this run's scores, if they have one: with positions that aren't the model's
 * own there is none, and neither where scores become weights without exponentials. */
static void put_distances(struct heed_run *run, const struct heed_encoder *encoder,
                          const struct heed_request *request)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t all = (size_t)encoder->config.max_positions;
    const size_t width = 2 * n - 1;
    if (!encoder->biases || request->positions != HEED_POSITIONS_LEARNED ||
        request->attention == HEED_ATTENTION_LINEAR) {
        run->distances = NULL;
    }
    for (size_t h = 0; run->distances && h < (size_t)run->n_heads; h++) {
        memcpy((float *)run->distances + h * width, encoder->biases + h * (2 * all - 1) + all - n,
               width * sizeof(float));
    }
}

bool heed_encode(struct heed_encoder *encoder, const struct heed_request *request,
                 const struct heed_run **run, struct heed_error *err)
{
    const double begin_ms = heed_clock_ms();
    const struct heed_model_config *config = &encoder->config;
    if (!heed_request_check(request, config, err)) {
        return false;
    }
    if (request->positions == HEED_POSITIONS_SINUSOIDAL && !encoder->sinusoids &&
        !make_sinusoids(encoder, err)) {
        return false;
    }
    const size_t used = heed_stock_count_used(encoder->stock);
    struct heed_run *made =
        heed_run_create(encoder->stock, config, request, encoder->kernels,
                        used < encoder->budget ? encoder->budget - used : 0, err);
    if (!made) {
        return false;
    }
    if (request->attention != HEED_ATTENTION_SOFTMAX) {
        made->entropies = NULL;
    }
    put_distances(made, encoder, request);
    if (!heed_workspace_reserve(&encoder->workspace, encoder->stock, config, encoder->kernels,
                                heed_pool_get_threads(encoder->pool), request->n_tokens, err) ||
        !heed_encoder_forward(encoder, request, made, err) || !check_numbers(made, err)) {
        heed_run_release(made);
        return false;
    }
    made->encode_ms = heed_clock_ms() - begin_ms;
    *run = made;
    return true;
}

const struct heed_kernel_set *heed_encoder_get_kernels(const struct heed_encoder *encoder)
{
    return encoder->kernels;
}

int heed_encoder_get_threads(const struct heed_encoder *encoder)
{
    return heed_pool_get_threads(encoder->pool);
}

struct heed_pool *heed_encoder_get_pool(struct heed_encoder *encoder)
{
    return encoder->pool;
}

struct heed_stock *heed_encoder_get_stock(struct heed_encoder *encoder)
{
    return encoder->stock;
}

void heed_encoder_trim(struct heed_encoder *encoder)
{
    heed_workspace_trim(&encoder->workspace);
    (void)heed_stock_trim(encoder->stock);
}

void heed_encoder_rest(struct heed_encoder *encoder)
{
    heed_workspace_finish(&encoder->workspace);
    (void)heed_stock_drop(encoder->stock);
}
