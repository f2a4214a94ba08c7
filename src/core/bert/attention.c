/*
 * From scores to weights and what they carry, in blocks of rows of one head;
 * softmax, or what a request wants in its place (variant.h). Scores are made in
 * a block that stays in the cache; only weights go to the run, which may be too
 * large for any.
 */
#include <math.h>
#include <string.h>

#include "core/bert/pass.h"
#include "core/tensor/pack.h"
#include "core/tensor/whole.h"

/* Of keys that flash attention takes at a time. */
enum { FLASH_PANELS = 2 };

/* Rows [begin, begin + rows) of one head, and where they are worked on. */
struct block {
    const struct heed_pass *pass;
    int head, begin, rows;
    float *weights;   /* [rows, n] of the run */
    float *entropies; /* [rows] of the run, or NULL */
    float *scores;    /* [rows], score_stride apart */
    float *scratch;   /* [rows, head_dim], then [rows] twice */
};

/* In place (Katharopoulos et al. 2020, eq. 7). */
static void map_features(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = heed_linear_feature(x[i]);
    }
}

static void pack_head_task(void *context, int head, int thread)
{
    (void)thread;
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const int dim = pass->encoder->config.head_dim;
    const int width = pass->encoder->kernels->panel;
    const size_t h = (size_t)head;
    const size_t offset = h * (size_t)pass->n * (size_t)dim;
    const struct heed_pack keys = {workspace->keys + h * workspace->keys_stride, dim, pass->n,
                                   width};
    const struct heed_pack values = {workspace->values + h * workspace->values_stride, pass->n, dim,
                                     width};
    for (int p = 0; p < heed_divide_up(pass->n, width); p++) {
        pass->encoder->kernels->pack_columns(&keys, p, pass->run.keys + offset, (size_t)dim);
    }
    if (pass->request->attention == HEED_ATTENTION_LINEAR) {
        map_features(keys.packed, heed_pack_floats(dim, pass->n, width));
    }
    for (int p = 0; p < heed_divide_up(dim, width); p++) {
        heed_pack_panel_from_rows(&values, p, pass->run.values + offset, (size_t)dim);
    }
}

/* Puts `none` where keys [from, to) are forbidden or cut. */
static void mask_scores(const struct block *block, int from, int to, float none)
{
    const struct heed_pass *pass = block->pass;
    const struct heed_request *request = pass->request;
    const size_t stride = pass->encoder->workspace.score_stride;
    for (int r = 0; r < block->rows && request->allowed; r++) {
        const uint8_t *allowed = request->allowed + (size_t)(block->begin + r) * (size_t)pass->n;
        float *row = block->scores + (size_t)r * stride;
        for (int i = from; i < to; i++) {
            row[i] = allowed[i] ? row[i] : none;
        }
    }
    for (int i = 0; i < request->n_cuts; i++) {
        const struct heed_cut *cut = &request->cuts[i];
        const bool is_here =
            cut->layer < 0 || (cut->layer == pass->layer && cut->head == block->head);
        if (is_here && cut->query >= block->begin && cut->query < block->begin + block->rows &&
            cut->key >= from && cut->key < to) {
            block->scores[(size_t)(cut->query - block->begin) * stride + (size_t)cut->key] = none;
        }
    }
}

/* Adds the bias of keys [from, to), if the model has one; with positions that aren't
 * its own it has none, and neither where scores become weights without exponentials. */
static void add_bias(const struct block *block, int from, int to)
{
    const struct heed_pass *pass = block->pass;
    const struct heed_encoder *encoder = pass->encoder;
    const int n = encoder->config.max_positions;
    if (!encoder->biases || pass->request->positions != HEED_POSITIONS_LEARNED) {
        return;
    }
    for (int r = 0; r < block->rows; r++) {
        const float *bias = encoder->biases + (size_t)block->head * (2 * (size_t)n - 1) +
                            (size_t)(n - 1 - block->begin - r);
        float *row = block->scores + (size_t)r * encoder->workspace.score_stride;
        for (int i = from; i < to; i++) {
            row[i] += bias[i];
        }
    }
}

/* scores = scale * a k^T, with columns of zeros behind, which nobody reads:
 * whole panels are quicker. */
static struct heed_product score_product(const struct block *block, const float *queries,
                                         float scale)
{
    const struct heed_workspace *workspace = &block->pass->encoder->workspace;
    const int dim = block->pass->encoder->config.head_dim;
    const int columns = workspace->score_columns;
    return (struct heed_product){.a = queries,
                                 .a_stride = (size_t)dim,
                                 .packed =
                                     workspace->keys + (size_t)block->head * workspace->keys_stride,
                                 .depth = dim,
                                 .columns = columns,
                                 .row_end = block->rows,
                                 .column_end = columns,
                                 .scale = scale,
                                 .out = {.base = {block->scores},
                                         .segment = columns,
                                         .group = columns,
                                         .row_stride = workspace->score_stride}};
}

static const float *queries_of(const struct block *block)
{
    const struct heed_pass *pass = block->pass;
    const size_t row = (size_t)block->head * (size_t)pass->n + (size_t)block->begin;
    return pass->run.queries + row * (size_t)pass->encoder->config.head_dim;
}

static float root_scale(const struct block *block)
{
    return 1.0f / sqrtf((float)block->pass->encoder->config.head_dim);
}

static float factor_of(const struct block *block)
{
    const struct heed_pass *pass = block->pass;
    const float *factors = pass->request->head_scale;
    return factors ? factors[pass->layer * pass->encoder->config.n_heads + block->head] : 1.0f;
}

/* The head's part of concat, where the block's rows begin. */
static float *concat_of(const struct block *block)
{
    const struct heed_model_config *config = &block->pass->encoder->config;
    return block->pass->encoder->workspace.concat + (size_t)block->begin * (size_t)config->hidden +
           (size_t)block->head * (size_t)config->head_dim;
}

/* concat = factor * weights v */
static void mix(const struct block *block)
{
    const struct heed_encoder *encoder = block->pass->encoder;
    const struct heed_workspace *workspace = &encoder->workspace;
    const int dim = encoder->config.head_dim;
    const struct heed_product product = {.a = block->weights,
                                         .a_stride = (size_t)block->pass->n,
                                         .packed = workspace->values +
                                                   (size_t)block->head * workspace->values_stride,
                                         .depth = block->pass->n,
                                         .columns = dim,
                                         .row_end = block->rows,
                                         .column_end = dim,
                                         .scale = factor_of(block),
                                         .out = {.base = {concat_of(block)},
                                                 .segment = dim,
                                                 .group = dim,
                                                 .row_stride = (size_t)encoder->config.hidden}};
    encoder->kernels->multiply(&product);
}

static void attend_softmax(const struct block *block)
{
    const struct heed_kernel_set *kernels = block->pass->encoder->kernels;
    const struct heed_product product = score_product(block, queries_of(block), root_scale(block));
    kernels->multiply(&product);
    add_bias(block, 0, block->pass->n);
    mask_scores(block, 0, block->pass->n, -INFINITY);
    kernels->softmax(block->weights, block->scores, block->pass->encoder->workspace.score_stride,
                     block->rows, block->pass->n, block->entropies);
    mix(block);
}

/* --- linear --- */

static void divide_by_sum(float *weights, const float *scores, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (double)scores[i];
    }
    for (int i = 0; i < n; i++) { /* not by 1 / sum: a lone key has exactly 1 */
        weights[i] = (float)((double)scores[i] / sum);
    }
}

/* Katharopoulos et al. 2020, eq. 4, with the weights that it never forms: they
 * are what is looked at. */
static void attend_linear(const struct block *block)
{
    const struct heed_encoder *encoder = block->pass->encoder;
    const size_t n = (size_t)block->pass->n;
    const size_t size = (size_t)block->rows * (size_t)encoder->config.head_dim;
    memcpy(block->scratch, queries_of(block), size * sizeof(float));
    map_features(block->scratch, size);
    const struct heed_product product = score_product(block, block->scratch, 1.0f);
    encoder->kernels->multiply(&product);
    mask_scores(block, 0, (int)n, 0.0f);
    for (size_t r = 0; r < (size_t)block->rows; r++) {
        divide_by_sum(block->weights + r * n, block->scores + r * encoder->workspace.score_stride,
                      (int)n);
    }
    mix(block);
}

/* --- flash --- */

/* A row's largest score and sum of exponentials so far. */
struct flash {
    const struct block *block;
    float *product; /* [rows, head_dim]: weights v of the keys in hand */
    float *max, *sum;
    int from, to; /* the keys in hand */
};

/* Keys [from, to) in a product whose columns are filled up to whole panels. */
static void multiply_keys(const struct flash *flash)
{
    const struct block *block = flash->block;
    struct heed_product product = score_product(block, queries_of(block), root_scale(block));
    const int panel = block->pass->encoder->kernels->panel;
    product.column_begin = flash->from;
    product.column_end = heed_divide_up(flash->to, panel) * panel;
    block->pass->encoder->kernels->multiply(&product);
    add_bias(block, flash->from, flash->to);
    mask_scores(block, flash->from, flash->to, -INFINITY);
}

/* Makes exponentials of the row's scores, with the new maximum; returns the
 * factor for what was summed with the old one. */
static float take_keys(struct flash *flash, int r, float *row)
{
    float max = flash->max[r];
    float sum = 0;
    for (int i = flash->from; i < flash->to; i++) {
        max = row[i] > max ? row[i] : max;
    }
    if (max == -INFINITY) { /* nothing allowed up to here */
        memset(row + flash->from, 0, (size_t)(flash->to - flash->from) * sizeof(float));
        return 1;
    }
    for (int i = flash->from; i < flash->to; i++) {
        row[i] = expf(row[i] - max);
        sum += row[i];
    }
    const float factor = expf(flash->max[r] - max);
    flash->sum[r] = factor * flash->sum[r] + sum;
    flash->max[r] = max;
    return factor;
}

/* product = exponentials v. A panel of values at a time: of each the rows that
 * belong to the keys in hand lie next to each other. */
static void multiply_values(const struct flash *flash)
{
    const struct block *block = flash->block;
    const struct heed_encoder *encoder = block->pass->encoder;
    const struct heed_workspace *workspace = &encoder->workspace;
    const int dim = encoder->config.head_dim, panel = encoder->kernels->panel;
    const float *values = workspace->values + (size_t)block->head * workspace->values_stride;
    for (int first = 0; first < dim; first += panel) {
        const int columns = heed_least(panel, dim - first);
        const size_t skipped =
            (size_t)first * (size_t)block->pass->n + (size_t)flash->from * (size_t)panel;
        const struct heed_product product = {.a = block->scores + flash->from,
                                             .a_stride = workspace->score_stride,
                                             .packed = values + skipped,
                                             .depth = flash->to - flash->from,
                                             .columns = columns,
                                             .row_end = block->rows,
                                             .column_end = columns,
                                             .scale = 1.0f,
                                             .out = {.base = {flash->product + first},
                                                     .segment = columns,
                                                     .group = columns,
                                                     .row_stride = (size_t)dim}};
        encoder->kernels->multiply(&product);
    }
}

static void add_keys(struct flash *flash)
{
    const struct block *block = flash->block;
    const struct heed_model_config *config = &block->pass->encoder->config;
    const size_t stride = block->pass->encoder->workspace.score_stride;
    const size_t dim = (size_t)config->head_dim;
    float *concat = concat_of(block);
    multiply_keys(flash);
    for (int r = 0; r < block->rows; r++) {
        float *out = concat + (size_t)r * (size_t)config->hidden;
        const float factor = take_keys(flash, r, block->scores + (size_t)r * stride);
        for (size_t i = 0; i < dim; i++) {
            out[i] = flash->from > 0 ? factor * out[i] : 0;
        }
    }
    multiply_values(flash);
    for (int r = 0; r < block->rows; r++) {
        float *out = concat + (size_t)r * (size_t)config->hidden;
        for (size_t i = 0; i < dim; i++) {
            out[i] += flash->product[(size_t)r * dim + i];
        }
    }
}

/* The weights again, from scores and the rows' statistics, as the paper's
 * backward pass does (algorithm 4): they are what is looked at. */
static void recompute_weights(const struct flash *flash)
{
    const struct block *block = flash->block;
    const size_t n = (size_t)block->pass->n;
    const size_t stride = block->pass->encoder->workspace.score_stride;
    multiply_keys(flash);
    for (int r = 0; r < block->rows; r++) {
        const float *row = block->scores + (size_t)r * stride;
        float *weights = block->weights + (size_t)r * n;
        for (int i = flash->from; i < flash->to; i++) {
            weights[i] = expf(row[i] - flash->max[r]) / flash->sum[r];
        }
    }
}

/* Dao et al. 2022, algorithm 1, but for the loops' order: as in their second
 * version, a block of queries goes over all keys. */
static void attend_flash(const struct block *block)
{
    const struct heed_model_config *config = &block->pass->encoder->config;
    const int n = block->pass->n;
    const int step = FLASH_PANELS * block->pass->encoder->kernels->panel;
    const size_t rows = (size_t)block->rows, dim = (size_t)config->head_dim;
    struct flash flash = {.block = block,
                          .product = block->scratch,
                          .max = block->scratch + rows * dim,
                          .sum = block->scratch + rows * dim + rows};
    for (size_t r = 0; r < rows; r++) {
        flash.max[r] = -INFINITY;
        flash.sum[r] = 0;
    }
    for (int from = 0; from < n; from += step) {
        flash.from = from;
        flash.to = heed_least(from + step, n);
        add_keys(&flash);
    }
    for (size_t r = 0; r < rows; r++) {
        float *out = concat_of(block) + r * (size_t)config->hidden;
        for (size_t i = 0; i < dim; i++) {
            out[i] *= factor_of(block) / flash.sum[r];
        }
    }
    for (int from = 0; from < n; from += step) {
        flash.from = from;
        flash.to = heed_least(from + step, n);
        recompute_weights(&flash);
    }
}

static void attend_task(void *context, int index, int thread)
{
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const int head = index / pass->blocks;
    const int begin = index % pass->blocks * workspace->score_rows;
    const size_t n = (size_t)pass->n, t = (size_t)thread;
    const size_t row = (size_t)head * n + (size_t)begin;
    const struct block block = {.pass = pass,
                                .head = head,
                                .begin = begin,
                                .rows = heed_least(workspace->score_rows, pass->n - begin),
                                .weights = pass->run.attention + row * n,
                                .entropies = pass->run.entropies ? pass->run.entropies + row : NULL,
                                .scores = workspace->scores + t * (size_t)workspace->score_rows *
                                                                  workspace->score_stride,
                                .scratch = workspace->scratch + t * workspace->scratch_stride};
    switch (pass->request->attention) {
    case HEED_ATTENTION_LINEAR:
        attend_linear(&block);
        break;
    case HEED_ATTENTION_FLASH:
        attend_flash(&block);
        break;
    case HEED_ATTENTION_SOFTMAX:
    case HEED_N_ATTENTION_KINDS:
        attend_softmax(&block);
        break;
    }
}

void heed_pass_attend(struct heed_pass *pass)
{
    struct heed_encoder *encoder = pass->encoder;
    const int n_heads = encoder->config.n_heads;
    heed_pool_run(encoder->pool, pack_head_task, pass, n_heads);
    pass->blocks = heed_divide_up(pass->n, encoder->workspace.score_rows);
    heed_pool_run(encoder->pool, attend_task, pass, n_heads * pass->blocks);
}
