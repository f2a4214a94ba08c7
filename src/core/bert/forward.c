/* The forward pass, as encoder.h writes it. */
#include "core/bert/pass.h"
#include "core/bert/plain.h"
#include "core/bert/positions.h"
#include "core/tensor/whole.h"

enum { NORM_ROWS = 8 };

static struct heed_norm norm_of(const struct heed_pass *pass,
                                const struct heed_norm_weights *weights, int width)
{
    const struct heed_model_config *config = &pass->encoder->config;
    return (struct heed_norm){weights->gamma, weights->beta, config->layer_norm_eps, width};
}

static void add_row(float *sum, const float *row, int width)
{
    for (int i = 0; i < width; i++) {
        sum[i] += row[i];
    }
}

static void embed_row(const struct heed_pass *pass, int token, float *sum)
{
    const struct heed_request *request = pass->request;
    const struct heed_model_weights *weights = pass->encoder->weights;
    const int width = pass->encoder->config.embedding;
    const ptrdiff_t stride = width;
    const int place = pass->encoder->places[token];
    const float *word = weights->word_embeddings + request->ids[token] * stride;
    for (int i = 0; i < width; i++) {
        sum[i] = word[i];
    }
    if (pass->encoder->config.n_segments > 0 && weights->segment_embeddings) {
        const int32_t segment = request->segments ? request->segments[token] : 0;
        add_row(sum, weights->segment_embeddings + segment * stride, width);
    }
    /* A padding's row is before the others; sinusoids have none. */
    if (pass->positions && (place >= 0 || pass->positions != pass->encoder->sinusoids)) {
        add_row(sum, pass->positions + place * stride, width);
    }
}

static void embed_task(void *context, int index, int thread)
{
    (void)thread;
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const size_t width = (size_t)pass->encoder->config.embedding;
    const int begin = index * NORM_ROWS;
    const int rows = heed_least(NORM_ROWS, pass->n - begin);
    float *out = pass->out + (size_t)begin * width;
    for (int r = 0; r < rows; r++) {
        embed_row(pass, begin + r, out + (size_t)r * width);
    }
    pass->encoder->kernels->add_norm(out, out, NULL, rows, &pass->norm);
}

static void norm_task(void *context, int index, int thread)
{
    (void)thread;
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const int begin = index * NORM_ROWS;
    const size_t offset = (size_t)begin * (size_t)pass->norm.width;
    pass->encoder->kernels->add_norm(pass->out + offset, pass->x + offset, pass->added + offset,
                                     heed_least(NORM_ROWS, pass->n - begin), &pass->norm);
}

/* out = LN(x + added) */
static void add_norm(struct heed_pass *pass, float *out, const float *x, const float *added,
                     const struct heed_norm_weights *weights)
{
    pass->out = out;
    pass->x = x;
    pass->added = added;
    pass->norm = norm_of(pass, weights, pass->encoder->config.hidden);
    heed_pool_run(pass->encoder->pool, norm_task, pass, heed_divide_up(pass->n, NORM_ROWS));
}

/* In place, where the map's kernel doesn't do it. */
static void activate_task(void *context, int index, int thread)
{
    (void)thread;
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const int width = pass->encoder->config.intermediate;
    const int begin = index * NORM_ROWS;
    const int rows = heed_least(NORM_ROWS, pass->n - begin);
    float *x = pass->encoder->workspace.inner + (size_t)begin * (size_t)width;
    heed_plain_activate(x, x, rows * width, pass->encoder->config.activation);
}

/* The first hidden states: the embeddings' norm, mapped if they have another width. */
static void embed(struct heed_pass *pass, float *first)
{
    struct heed_encoder *encoder = pass->encoder;
    const bool is_mapped = encoder->weights->projection.weight != NULL;
    heed_positions_find_places(encoder->places, &encoder->config, pass->request->ids, pass->n);
    pass->out = is_mapped ? encoder->workspace.sum : first;
    pass->norm = norm_of(pass, &encoder->weights->embedding_norm, encoder->config.embedding);
    heed_pool_run(encoder->pool, embed_task, pass, heed_divide_up(pass->n, NORM_ROWS));
    if (is_mapped) {
        heed_linear_run(&encoder->projection, encoder->pool, encoder->workspace.sum, pass->n,
                        heed_linear_plain_output(&encoder->projection, first));
    }
}

static struct heed_output qkv_output(const struct heed_pass *pass)
{
    const struct heed_model_config *config = &pass->encoder->config;
    const size_t dim = (size_t)config->head_dim;
    return (struct heed_output){.base = {pass->run.queries, pass->run.keys, pass->run.values},
                                .segment = config->hidden,
                                .group = config->head_dim,
                                .group_stride = (size_t)pass->n * dim,
                                .row_stride = dim};
}

static void run_layer(struct heed_pass *pass)
{
    struct heed_encoder *encoder = pass->encoder;
    const struct heed_encoder_layer *layer = &encoder->layers[pass->layer];
    const struct heed_layer_weights *weights = &encoder->weights->layers[pass->layer];
    const struct heed_workspace *workspace = &encoder->workspace;
    const int n = pass->n;
    heed_linear_run(&layer->qkv, encoder->pool, pass->run.before, n, qkv_output(pass));
    heed_pass_attend(pass);
    heed_linear_run(&layer->output, encoder->pool, workspace->concat, n,
                    heed_linear_plain_output(&layer->output, workspace->sum));
    add_norm(pass, workspace->residual, workspace->sum, pass->run.before, &weights->attention_norm);
    heed_linear_run(&layer->inner, encoder->pool, workspace->residual, n,
                    heed_linear_plain_output(&layer->inner, workspace->inner));
    if (encoder->activates) {
        heed_pool_run(encoder->pool, activate_task, pass, heed_divide_up(n, NORM_ROWS));
    }
    heed_linear_run(&layer->outer, encoder->pool, workspace->inner, n,
                    heed_linear_plain_output(&layer->outer, workspace->sum));
    add_norm(pass, pass->run.after, workspace->sum, workspace->residual, &weights->output_norm);
}

static struct heed_layer_run layer_of(const struct heed_run *run, int layer)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t l = (size_t)layer;
    const size_t wide = n * (size_t)run->hidden;
    float *hidden_states = (float *)run->hidden_states;
    float *entropies = (float *)run->entropies;
    return (struct heed_layer_run){
        .attention =
            run->attention ? (float *)run->attention + l * (size_t)run->n_heads * n * n : NULL,
        .entropies = entropies ? entropies + l * (size_t)run->n_heads * n : NULL,
        .queries = (float *)run->queries + l * wide,
        .keys = (float *)run->keys + l * wide,
        .values = (float *)run->values + l * wide,
        .distances = run->distances,
        .before = hidden_states + l * wide,
        .after = hidden_states + (l + 1) * wide};
}

static bool is_cancelled(const struct heed_request *request)
{
    return request->cancelled && request->cancelled(request->cancelled_context);
}

static const float *positions_of(const struct heed_encoder *encoder, enum heed_positions positions)
{
    switch (positions) {
    case HEED_POSITIONS_OFF:
        return NULL;
    case HEED_POSITIONS_SINUSOIDAL:
        return encoder->sinusoids;
    case HEED_POSITIONS_LEARNED:
    case HEED_N_POSITIONS:
        break;
    }
    return encoder->weights->position_embeddings;
}

bool heed_encoder_forward(struct heed_encoder *encoder, const struct heed_request *request,
                          struct heed_run *run, struct heed_error *err)
{
    struct heed_pass pass = {.encoder = encoder,
                             .request = request,
                             .positions = positions_of(encoder, request->positions),
                             .n = run->n_tokens};
    heed_pool_begin(encoder->pool);
    embed(&pass, (float *)run->hidden_states);
    bool is_done = true;
    for (int i = 0; i < run->n_layers && is_done; i++) {
        is_done = !is_cancelled(request);
        if (is_done) {
            pass.layer = i;
            pass.run = layer_of(run, i);
            run_layer(&pass);
        }
    }
    heed_pool_end(encoder->pool);
    if (!is_done) {
        return heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
    }
    return true;
}
