/*
 * A layer's attention: weights (weigh.h) and what they carry, in blocks of rows of one
 * head. Scores are made in a block that stays in the cache; only weights go to the run,
 * which may be too large for any, or doesn't keep them.
 */
#include <math.h>

#include "core/bert/pass.h"
#include "core/bert/weigh.h"
#include "core/tensor/pack.h"
#include "core/tensor/whole.h"

struct block {
    const struct heed_pass *pass;
    struct heed_weighing of;
    struct heed_weigh_block rows;
};

static void pack_head_task(void *context, int head, int thread)
{
    (void)thread;
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const struct heed_kernel_set *kernels = pass->encoder->kernels;
    const int dim = pass->encoder->config.head_dim;
    const size_t h = (size_t)head;
    const size_t offset = h * (size_t)pass->n * (size_t)dim;
    const struct heed_pack values = {workspace->values + h * workspace->values_stride, pass->n, dim,
                                     kernels->panel};
    heed_weigh_pack_keys(workspace->keys + h * workspace->keys_stride, kernels,
                         pass->request->attention, pass->run.keys + offset, pass->n, dim);
    for (int p = 0; p < heed_divide_up(dim, kernels->panel); p++) {
        heed_pack_panel_from_rows(&values, p, pass->run.values + offset, (size_t)dim);
    }
}

static float factor_of(const struct block *block)
{
    const struct heed_pass *pass = block->pass;
    const float *factors = pass->request->head_scale;
    return factors ? factors[pass->layer * pass->encoder->config.n_heads + block->of.head] : 1.0f;
}

static const float *values_of(const struct block *block)
{
    const struct heed_workspace *workspace = &block->pass->encoder->workspace;
    return workspace->values + (size_t)block->of.head * workspace->values_stride;
}

/* The head's part of concat, where the block's rows begin. */
static float *concat_of(const struct block *block)
{
    const struct heed_model_config *config = &block->pass->encoder->config;
    return block->pass->encoder->workspace.concat +
           (size_t)block->rows.begin * (size_t)config->hidden +
           (size_t)block->of.head * (size_t)config->head_dim;
}

/* concat = factor * weights v */
static void mix(const struct block *block)
{
    const struct heed_encoder *encoder = block->pass->encoder;
    const int dim = encoder->config.head_dim;
    const struct heed_product product = {.a = block->rows.weights,
                                         .a_stride = (size_t)block->pass->n,
                                         .packed = values_of(block),
                                         .depth = block->pass->n,
                                         .columns = dim,
                                         .row_end = block->rows.rows,
                                         .column_end = dim,
                                         .scale = factor_of(block),
                                         .out = {.base = {concat_of(block)},
                                                 .segment = dim,
                                                 .group = dim,
                                                 .row_stride = (size_t)encoder->config.hidden}};
    encoder->kernels->multiply(&product);
}

/* --- flash --- */

/* product = exponentials v. A panel of values at a time: of each the rows that
 * belong to the keys in hand lie next to each other. */
static void multiply_values(const struct heed_flash *flash, const struct block *block)
{
    const struct heed_encoder *encoder = block->pass->encoder;
    const int dim = encoder->config.head_dim, panel = encoder->kernels->panel;
    for (int first = 0; first < dim; first += panel) {
        const int columns = heed_least(panel, dim - first);
        const size_t skipped =
            (size_t)first * (size_t)block->pass->n + (size_t)flash->from * (size_t)panel;
        const struct heed_product product = {.a = block->rows.scores + flash->from,
                                             .a_stride = block->of.shape.stride,
                                             .packed = values_of(block) + skipped,
                                             .depth = flash->to - flash->from,
                                             .columns = columns,
                                             .row_end = block->rows.rows,
                                             .column_end = columns,
                                             .scale = 1.0f,
                                             .out = {.base = {block->rows.scratch + first},
                                                     .segment = columns,
                                                     .group = columns,
                                                     .row_stride = (size_t)dim}};
        encoder->kernels->multiply(&product);
    }
}

static void add_keys(struct heed_flash *flash, const struct block *block)
{
    const struct heed_model_config *config = &block->pass->encoder->config;
    const size_t dim = (size_t)config->head_dim;
    float *concat = concat_of(block);
    heed_flash_score(flash, &block->of, &block->rows);
    for (int r = 0; r < block->rows.rows; r++) {
        float *out = concat + (size_t)r * (size_t)config->hidden;
        const float factor =
            heed_flash_take(flash, r, block->rows.scores + (size_t)r * block->of.shape.stride);
        for (size_t i = 0; i < dim; i++) {
            out[i] = flash->from > 0 ? factor * out[i] : 0;
        }
    }
    multiply_values(flash, block);
    for (int r = 0; r < block->rows.rows; r++) {
        float *out = concat + (size_t)r * (size_t)config->hidden;
        for (size_t i = 0; i < dim; i++) {
            out[i] += block->rows.scratch[(size_t)r * dim + i];
        }
    }
}

/* Dao et al. 2022, algorithm 1, but for the loops' order: as in their second
 * version, a block of queries goes over all keys. */
static void attend_flash(const struct block *block)
{
    const struct heed_model_config *config = &block->pass->encoder->config;
    struct heed_flash flash = heed_flash_begin(&block->of, &block->rows);
    while (heed_flash_next(&flash, &block->of)) {
        add_keys(&flash, block);
    }
    for (int r = 0; r < block->rows.rows; r++) {
        float *out = concat_of(block) + (size_t)r * (size_t)config->hidden;
        for (int i = 0; i < config->head_dim; i++) {
            out[i] *= factor_of(block) / flash.sum[r];
        }
    }
    if (block->pass->run.attention) { /* else nobody sees them */
        heed_flash_weigh(&flash, &block->of, &block->rows);
    }
}

static struct heed_weighing weighing_of(const struct heed_pass *pass, int head)
{
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const struct heed_request *request = pass->request;
    const size_t n = (size_t)pass->n, dim = (size_t)pass->encoder->config.head_dim;
    const float *distances = pass->run.distances;
    return (struct heed_weighing){.kernels = pass->encoder->kernels,
                                  .shape = workspace->shape,
                                  .kind = request->attention,
                                  .n = pass->n,
                                  .dim = (int)dim,
                                  .layer = pass->layer,
                                  .head = head,
                                  .queries = pass->run.queries + (size_t)head * n * dim,
                                  .packed_keys =
                                      workspace->keys + (size_t)head * workspace->keys_stride,
                                  .bias = distances ? distances + (size_t)head * (2 * n - 1) : NULL,
                                  .allowed = request->allowed,
                                  .cuts = request->cuts,
                                  .n_cuts = request->n_cuts};
}

static void attend_task(void *context, int index, int thread)
{
    const struct heed_pass *pass = (const struct heed_pass *)context;
    const struct heed_workspace *workspace = &pass->encoder->workspace;
    const int head = index / pass->blocks;
    const int begin = index % pass->blocks * workspace->shape.rows;
    const size_t n = (size_t)pass->n, t = (size_t)thread;
    const size_t row = (size_t)head * n + (size_t)begin, rows = (size_t)workspace->shape.rows;
    const struct block block = {
        .pass = pass,
        .of = weighing_of(pass, head),
        .rows = {.begin = begin,
                 .rows = heed_least(workspace->shape.rows, pass->n - begin),
                 .weights = pass->run.attention ? pass->run.attention + row * n
                                                : workspace->weights + t * rows * n,
                 .entropies = pass->run.entropies ? pass->run.entropies + row : NULL,
                 .scores = workspace->scores + t * rows * workspace->shape.stride,
                 .scratch = workspace->scratch + t * workspace->scratch_stride}};
    if (pass->request->attention == HEED_ATTENTION_FLASH) {
        attend_flash(&block);
        return;
    }
    heed_weigh(&block.of, &block.rows);
    mix(&block);
}

void heed_pass_attend(struct heed_pass *pass)
{
    struct heed_encoder *encoder = pass->encoder;
    const int n_heads = encoder->config.n_heads;
    heed_pool_run(encoder->pool, pack_head_task, pass, n_heads);
    pass->blocks = heed_divide_up(pass->n, encoder->workspace.shape.rows);
    heed_pool_run(encoder->pool, attend_task, pass, n_heads * pass->blocks);
}
