#include "core/bert/weigh.h"

#include <math.h>
#include <string.h>

#include "core/tensor/memory.h"
#include "core/tensor/pack.h"
#include "core/tensor/whole.h"

/* Of keys that flash attention takes at a time. */
enum { FLASH_PANELS = 2 };

/* An odd number of cache lines from row to row: were it a power of two, rows
 * would share a few places of the first-level cache and push each other out. */
struct heed_score_shape heed_score_shape_of(const struct heed_kernel_set *kernels, int n)
{
    enum { ROWS = 28 }; /* they stay in the second-level cache */
    const int rows = n < ROWS ? n : ROWS;
    const int columns = heed_divide_up(n, kernels->panel) * kernels->panel;
    return (struct heed_score_shape){
        .rows = heed_divide_up(rows, kernels->tile_rows) * kernels->tile_rows,
        .columns = columns,
        .stride = heed_floats_round((size_t)columns) | HEED_CACHE_LINE_FLOATS,
    };
}

/* In place (Katharopoulos et al. 2020, eq. 7). */
static void map_features(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = heed_linear_feature(x[i]);
    }
}

size_t heed_weigh_key_floats(const struct heed_kernel_set *kernels, int n, int dim)
{
    return heed_floats_round(heed_pack_floats(dim, n, kernels->panel));
}

void heed_weigh_pack_keys(float *packed, const struct heed_kernel_set *kernels,
                          enum heed_attention_kind kind, const float *keys, int n, int dim)
{
    const struct heed_pack pack = {packed, dim, n, kernels->panel};
    for (int p = 0; p < heed_divide_up(n, kernels->panel); p++) {
        kernels->pack_columns(&pack, p, keys, (size_t)dim);
    }
    if (kind == HEED_ATTENTION_LINEAR) {
        map_features(packed, heed_pack_floats(dim, n, kernels->panel));
    }
}

/* Puts `none` where keys [from, to) are forbidden or cut. */
static void mask_scores(const struct heed_weighing *of, const struct heed_weigh_block *block,
                        int from, int to, float none)
{
    for (int r = 0; r < block->rows && of->allowed; r++) {
        const uint8_t *allowed = of->allowed + (size_t)(block->begin + r) * (size_t)of->n;
        float *row = block->scores + (size_t)r * of->shape.stride;
        for (int i = from; i < to; i++) {
            row[i] = allowed[i] ? row[i] : none;
        }
    }
    for (int i = 0; i < of->n_cuts; i++) {
        const struct heed_cut *cut = &of->cuts[i];
        const bool is_here = cut->layer < 0 || (cut->layer == of->layer && cut->head == of->head);
        if (is_here && cut->query >= block->begin && cut->query < block->begin + block->rows &&
            cut->key >= from && cut->key < to) {
            block->scores[(size_t)(cut->query - block->begin) * of->shape.stride +
                          (size_t)cut->key] = none;
        }
    }
}

/* Adds the bias of keys [from, to), if there is one. */
static void add_bias(const struct heed_weighing *of, const struct heed_weigh_block *block, int from,
                     int to)
{
    for (int r = 0; r < block->rows && of->bias; r++) {
        const float *bias = of->bias + (of->n - 1 - block->begin - r);
        float *row = block->scores + (size_t)r * of->shape.stride;
        for (int i = from; i < to; i++) {
            row[i] += bias[i];
        }
    }
}

/* scores = scale * a k^T, with columns of zeros behind, which nobody reads:
 * whole panels are quicker. */
static struct heed_product score_product(const struct heed_weighing *of,
                                         const struct heed_weigh_block *block, const float *queries,
                                         float scale)
{
    return (struct heed_product){.a = queries,
                                 .a_stride = (size_t)of->dim,
                                 .packed = of->packed_keys,
                                 .depth = of->dim,
                                 .columns = of->shape.columns,
                                 .row_end = block->rows,
                                 .column_end = of->shape.columns,
                                 .scale = scale,
                                 .out = {.base = {block->scores},
                                         .segment = of->shape.columns,
                                         .group = of->shape.columns,
                                         .row_stride = of->shape.stride}};
}

static const float *queries_of(const struct heed_weighing *of, const struct heed_weigh_block *block)
{
    return of->queries + (size_t)block->begin * (size_t)of->dim;
}

static float root_scale(const struct heed_weighing *of)
{
    return 1.0f / sqrtf((float)of->dim);
}

static void weigh_softmax(const struct heed_weighing *of, const struct heed_weigh_block *block)
{
    const struct heed_product product =
        score_product(of, block, queries_of(of, block), root_scale(of));
    of->kernels->multiply(&product);
    add_bias(of, block, 0, of->n);
    mask_scores(of, block, 0, of->n, -INFINITY);
    of->kernels->softmax(block->weights, block->scores, of->shape.stride, block->rows, of->n,
                         block->entropies);
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
 * are what is looked at. No bias: these scores become weights without exponentials. */
static void weigh_linear(const struct heed_weighing *of, const struct heed_weigh_block *block)
{
    const size_t n = (size_t)of->n;
    const size_t size = (size_t)block->rows * (size_t)of->dim;
    memcpy(block->scratch, queries_of(of, block), size * sizeof(float));
    map_features(block->scratch, size);
    const struct heed_product product = score_product(of, block, block->scratch, 1.0f);
    of->kernels->multiply(&product);
    mask_scores(of, block, 0, of->n, 0.0f);
    for (size_t r = 0; r < (size_t)block->rows; r++) {
        divide_by_sum(block->weights + r * n, block->scores + r * of->shape.stride, of->n);
    }
}

/* --- flash --- */

struct heed_flash heed_flash_begin(const struct heed_weighing *of,
                                   const struct heed_weigh_block *block)
{
    const size_t rows = (size_t)block->rows;
    float *max = block->scratch + rows * (size_t)of->dim;
    const struct heed_flash flash = {.max = max, .sum = max + rows};
    for (size_t r = 0; r < rows; r++) {
        flash.max[r] = -INFINITY;
        flash.sum[r] = 0;
    }
    return flash;
}

bool heed_flash_next(struct heed_flash *flash, const struct heed_weighing *of)
{
    flash->from = flash->to;
    flash->to = heed_least(flash->from + FLASH_PANELS * of->kernels->panel, of->n);
    return flash->from < of->n;
}

/* Keys [from, to) in a product whose columns are filled up to whole panels. */
void heed_flash_score(const struct heed_flash *flash, const struct heed_weighing *of,
                      const struct heed_weigh_block *block)
{
    struct heed_product product = score_product(of, block, queries_of(of, block), root_scale(of));
    const int panel = of->kernels->panel;
    product.column_begin = flash->from;
    product.column_end = heed_divide_up(flash->to, panel) * panel;
    of->kernels->multiply(&product);
    add_bias(of, block, flash->from, flash->to);
    mask_scores(of, block, flash->from, flash->to, -INFINITY);
}

float heed_flash_take(struct heed_flash *flash, int r, float *row)
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

/* The weights again, from scores and the rows' statistics, as the paper's
 * backward pass does (algorithm 4): they are what is looked at. */
void heed_flash_weigh(struct heed_flash *flash, const struct heed_weighing *of,
                      const struct heed_weigh_block *block)
{
    const size_t n = (size_t)of->n;
    flash->to = 0;
    while (heed_flash_next(flash, of)) {
        heed_flash_score(flash, of, block);
        for (int r = 0; r < block->rows; r++) {
            const float *row = block->scores + (size_t)r * of->shape.stride;
            float *weights = block->weights + (size_t)r * n;
            for (int i = flash->from; i < flash->to; i++) {
                weights[i] = expf(row[i] - flash->max[r]) / flash->sum[r];
            }
        }
    }
}

static void weigh_flash(const struct heed_weighing *of, const struct heed_weigh_block *block)
{
    struct heed_flash flash = heed_flash_begin(of, block);
    while (heed_flash_next(&flash, of)) {
        heed_flash_score(&flash, of, block);
        for (int r = 0; r < block->rows; r++) {
            (void)heed_flash_take(&flash, r, block->scores + (size_t)r * of->shape.stride);
        }
    }
    heed_flash_weigh(&flash, of, block);
}

void heed_weigh(const struct heed_weighing *weighing, const struct heed_weigh_block *block)
{
    switch (weighing->kind) {
    case HEED_ATTENTION_LINEAR:
        weigh_linear(weighing, block);
        break;
    case HEED_ATTENTION_FLASH:
        weigh_flash(weighing, block);
        break;
    case HEED_ATTENTION_SOFTMAX:
    case HEED_N_ATTENTION_KINDS:
        weigh_softmax(weighing, block);
        break;
    }
}
