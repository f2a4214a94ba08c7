/* The forward pass, as encoder.h writes it. */
#include <math.h>

#include "core/bert/encoder_internal.h"
#include "core/tensor/pack.h"

/* Pointers of one layer of a run, which its maker may write. */
struct layer_run {
    float *attention;               /* [heads, n, n] */
    float *queries, *keys, *values; /* [heads, n, head_dim] */
    const float *before;            /* [n, hidden] */
    float *after;                   /* [n, hidden] */
};

struct pass {
    struct heed_encoder *encoder;
    const struct heed_request *request;
    int n;
    int layer;
    struct layer_run run;
    /* Of the phase that runs: */
    float *out;
    const float *x, *added;
    struct heed_norm norm;
    int blocks; /* of rows, for each head */
};

enum { NORM_ROWS = 8 };

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int divide_up(int a, int b)
{
    return (a + b - 1) / b;
}

static struct heed_norm norm_of(const struct pass *pass,
                                const struct heed_norm_weights *weights)
{
    const struct heed_model_config *config = &pass->encoder->config;
    return (struct heed_norm){weights->gamma, weights->beta,
                              config->layer_norm_eps, config->hidden};
}

static void add_row(float *sum, const float *row, int width)
{
    for (int i = 0; i < width; i++) {
        sum[i] += row[i];
    }
}

static void embed_row(const struct pass *pass, int token, float *sum)
{
    const struct heed_request *request = pass->request;
    const struct heed_model_weights *weights = pass->encoder->weights;
    const int width = pass->encoder->config.hidden;
    const size_t stride = (size_t)width;
    const float *word =
        weights->word_embeddings + (size_t)request->ids[token] * stride;
    for (int i = 0; i < width; i++) {
        sum[i] = word[i];
    }
    if (pass->encoder->config.n_segments > 0 && weights->segment_embeddings) {
        const int32_t segment = request->segments ? request->segments[token] : 0;
        add_row(sum, weights->segment_embeddings + (size_t)segment * stride, width);
    }
    if (request->positions == HEED_POSITIONS_LEARNED) {
        add_row(sum, weights->position_embeddings + (size_t)token * stride, width);
    }
}

static void embed_task(void *context, int index, int thread)
{
    (void)thread;
    const struct pass *pass = (const struct pass *)context;
    const size_t width = (size_t)pass->encoder->config.hidden;
    const int begin = index * NORM_ROWS;
    const int rows = min_int(NORM_ROWS, pass->n - begin);
    float *out = pass->out + (size_t)begin * width;
    for (int r = 0; r < rows; r++) {
        embed_row(pass, begin + r, out + (size_t)r * width);
    }
    pass->encoder->kernels->add_norm(out, out, NULL, rows, &pass->norm);
}

static void norm_task(void *context, int index, int thread)
{
    (void)thread;
    const struct pass *pass = (const struct pass *)context;
    const int begin = index * NORM_ROWS;
    const size_t offset = (size_t)begin * (size_t)pass->norm.width;
    pass->encoder->kernels->add_norm(
        pass->out + offset, pass->x + offset, pass->added + offset,
        min_int(NORM_ROWS, pass->n - begin), &pass->norm);
}

/* out = LN(x + added) */
static void add_norm(struct pass *pass, float *out, const float *x,
                     const float *added, const struct heed_norm_weights *weights)
{
    pass->out = out;
    pass->x = x;
    pass->added = added;
    pass->norm = norm_of(pass, weights);
    heed_pool_run(pass->encoder->pool, norm_task, pass,
                  divide_up(pass->n, NORM_ROWS));
}

static void pack_head_task(void *context, int head, int thread)
{
    (void)thread;
    const struct pass *pass = (const struct pass *)context;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const int dim = pass->encoder->config.head_dim;
    const int width = pass->encoder->kernels->panel;
    const size_t h = (size_t)head;
    const size_t offset = h * (size_t)pass->n * (size_t)dim;
    const struct heed_pack keys = {workspace->keys + h * workspace->keys_stride,
                                   dim, pass->n, width};
    const struct heed_pack values = {
        workspace->values + h * workspace->values_stride, pass->n, dim, width};
    for (int p = 0; p < divide_up(pass->n, width); p++) {
        pass->encoder->kernels->pack_columns(&keys, p, pass->run.keys + offset,
                                             (size_t)dim);
    }
    for (int p = 0; p < divide_up(dim, width); p++) {
        heed_pack_panel_from_rows(&values, p, pass->run.values + offset,
                                  (size_t)dim);
    }
}

/* Forbidden and cut links of rows [begin, begin + rows) of one head, whose
 * scores' rows are stride apart. */
static void mask_scores(const struct pass *pass, int head, int begin, int rows,
                        float *scores, size_t stride)
{
    const struct heed_request *request = pass->request;
    const size_t n = (size_t)pass->n;
    for (int r = 0; r < rows && request->allowed; r++) {
        const uint8_t *allowed = request->allowed + (size_t)(begin + r) * n;
        float *row = scores + (size_t)r * stride;
        for (size_t i = 0; i < n; i++) {
            row[i] = allowed[i] ? row[i] : -INFINITY;
        }
    }
    for (int i = 0; i < request->n_cuts; i++) {
        const struct heed_cut *cut = &request->cuts[i];
        const bool is_here =
            cut->layer < 0 || (cut->layer == pass->layer && cut->head == head);
        if (is_here && cut->query >= begin && cut->query < begin + rows) {
            scores[(size_t)(cut->query - begin) * stride + (size_t)cut->key] =
                -INFINITY;
        }
    }
}

/* scores = q k^T / sqrt(head_dim) of some rows of one head, with columns of
 * zeros behind, which nobody reads: whole panels are quicker. */
static struct heed_product score_product(const struct pass *pass, int head,
                                         int begin, int rows, float *scores)
{
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const int dim = pass->encoder->config.head_dim;
    const int columns = workspace->score_columns;
    const size_t d = (size_t)dim;
    const size_t row = (size_t)head * (size_t)pass->n + (size_t)begin;
    return (struct heed_product){
        .a = pass->run.queries + row * d,
        .a_stride = d,
        .packed = workspace->keys + (size_t)head * workspace->keys_stride,
        .depth = dim,
        .columns = columns,
        .row_end = rows,
        .column_end = columns,
        .scale = 1.0f / sqrtf((float)dim),
        .out = {.base = {scores},
                .segment = columns,
                .group = columns,
                .row_stride = workspace->score_stride}};
}

/* The head's part of concat: factor * weights v */
static struct heed_product mix_product(const struct pass *pass, int head,
                                       int begin, int rows, const float *weights)
{
    const struct heed_model_config *config = &pass->encoder->config;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const int dim = config->head_dim;
    const size_t width = (size_t)config->hidden;
    const float *factors = pass->request->head_scale;
    return (struct heed_product){
        .a = weights,
        .a_stride = (size_t)pass->n,
        .packed = workspace->values + (size_t)head * workspace->values_stride,
        .depth = pass->n,
        .columns = dim,
        .row_end = rows,
        .column_end = dim,
        .scale = factors ? factors[pass->layer * config->n_heads + head] : 1.0f,
        .out = {.base = {workspace->concat + (size_t)begin * width +
                         (size_t)head * (size_t)dim},
                .segment = dim,
                .group = dim,
                .row_stride = width}};
}

/* A block of rows of one head. Scores are made in a block that stays in the
 * cache; only weights go to the run, which may be too large for any. */
static void attend_task(void *context, int index, int thread)
{
    const struct pass *pass = (const struct pass *)context;
    const struct heed_kernel_set *kernels = pass->encoder->kernels;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const size_t stride = workspace->score_stride;
    const int head = index / pass->blocks;
    const int begin = index % pass->blocks * workspace->score_rows;
    const int rows = min_int(workspace->score_rows, pass->n - begin);
    const size_t n = (size_t)pass->n;
    float *weights = pass->run.attention + ((size_t)head * n + (size_t)begin) * n;
    float *scores = workspace->scores +
                    (size_t)thread * (size_t)workspace->score_rows * stride;
    const struct heed_product product =
        score_product(pass, head, begin, rows, scores);
    kernels->multiply(&product);
    mask_scores(pass, head, begin, rows, scores, stride);
    kernels->softmax(weights, scores, stride, rows, pass->n);
    const struct heed_product mix = mix_product(pass, head, begin, rows, weights);
    kernels->multiply(&mix);
}

static void attend(struct pass *pass)
{
    struct heed_encoder *encoder = pass->encoder;
    const int n_heads = encoder->config.n_heads;
    heed_pool_run(encoder->pool, pack_head_task, pass, n_heads);
    pass->blocks = divide_up(pass->n, encoder->workspace.score_rows);
    heed_pool_run(encoder->pool, attend_task, pass, n_heads * pass->blocks);
}

static struct heed_output qkv_output(const struct pass *pass)
{
    const struct heed_model_config *config = &pass->encoder->config;
    const size_t dim = (size_t)config->head_dim;
    return (struct heed_output){
        .base = {pass->run.queries, pass->run.keys, pass->run.values},
        .segment = config->hidden,
        .group = config->head_dim,
        .group_stride = (size_t)pass->n * dim,
        .row_stride = dim};
}

static void run_layer(struct pass *pass)
{
    struct heed_encoder *encoder = pass->encoder;
    const struct heed_encoder_layer *layer = &encoder->layers[pass->layer];
    const struct heed_layer_weights *weights =
        &encoder->weights->layers[pass->layer];
    const struct heed_workspace *workspace = &encoder->workspace;
    const int n = pass->n;
    heed_linear_run(&layer->qkv, encoder->pool, pass->run.before, n,
                    qkv_output(pass));
    attend(pass);
    heed_linear_run(&layer->output, encoder->pool, workspace->concat, n,
                    heed_linear_plain_output(&layer->output, workspace->sum));
    add_norm(pass, workspace->residual, workspace->sum, pass->run.before,
             &weights->attention_norm);
    heed_linear_run(&layer->inner, encoder->pool, workspace->residual, n,
                    heed_linear_plain_output(&layer->inner, workspace->inner));
    heed_linear_run(&layer->outer, encoder->pool, workspace->inner, n,
                    heed_linear_plain_output(&layer->outer, workspace->sum));
    add_norm(pass, pass->run.after, workspace->sum, workspace->residual,
             &weights->output_norm);
}

static struct layer_run layer_of(const struct heed_run *run, int layer)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t l = (size_t)layer;
    const size_t wide = n * (size_t)run->hidden;
    float *hidden_states = (float *)run->hidden_states;
    return (struct layer_run){.attention = (float *)run->attention +
                                           l * (size_t)run->n_heads * n * n,
                              .queries = (float *)run->queries + l * wide,
                              .keys = (float *)run->keys + l * wide,
                              .values = (float *)run->values + l * wide,
                              .before = hidden_states + l * wide,
                              .after = hidden_states + (l + 1) * wide};
}

static bool is_cancelled(const struct heed_request *request)
{
    return request->cancelled && request->cancelled(request->cancelled_context);
}

bool heed_encoder_forward(struct heed_encoder *encoder,
                          const struct heed_request *request,
                          struct heed_run *run, struct heed_error *err)
{
    struct pass pass = {.encoder = encoder, .request = request, .n = run->n_tokens};
    pass.out = (float *)run->hidden_states;
    pass.norm = norm_of(&pass, &encoder->weights->embedding_norm);
    heed_pool_begin(encoder->pool);
    heed_pool_run(encoder->pool, embed_task, &pass, divide_up(pass.n, NORM_ROWS));
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
