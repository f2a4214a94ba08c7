#include "core/tensor/linear.h"

#include <string.h>

#include "core/tensor/memory.h"
#include "core/tensor/pack.h"
#include "core/tensor/whole.h"

static size_t packed_floats(const struct heed_kernel_set *kernels, int n_in, int n_out)
{
    return heed_floats_round(heed_pack_floats(n_in, n_out, kernels->panel));
}

size_t heed_linear_floats(const struct heed_kernel_set *kernels, int n_in, int n_out)
{
    return packed_floats(kernels, n_in, n_out) + heed_floats_round((size_t)n_out);
}

struct heed_linear heed_linear_place(const struct heed_kernel_set *kernels, int n_in, int n_out,
                                     enum heed_pointwise pointwise, float *memory)
{
    const size_t floats = packed_floats(kernels, n_in, n_out);
    return (struct heed_linear){kernels, n_in, n_out, pointwise, memory, memory + floats};
}

struct packing {
    struct heed_linear *linear;
    const struct heed_linear_part *parts;
    int n_parts;
};

/* Fills columns [first, first + n) of one panel, where a panel may hold the
 * end of one part and the beginning of the next. */
static void pack_column(const struct heed_linear *linear, int column, const float *weight)
{
    const size_t width = (size_t)linear->kernels->panel;
    float *panel = linear->packed + (size_t)column / width * width * (size_t)linear->n_in;
    for (int k = 0; k < linear->n_in; k++) {
        panel[(size_t)k * width + (size_t)column % width] = weight[k];
    }
}

static void pack_mixed_panel(const struct packing *packing, int p)
{
    const struct heed_linear *linear = packing->linear;
    const int width = linear->kernels->panel;
    const size_t floats = (size_t)width * (size_t)linear->n_in;
    memset(linear->packed + (size_t)p * floats, 0, floats * sizeof(float));
    int begin = 0;
    for (int i = 0; i < packing->n_parts; i++) {
        const struct heed_linear_part *part = &packing->parts[i];
        for (int c = p * width; c < (p + 1) * width; c++) {
            if (c >= begin && c < begin + part->n_out) {
                pack_column(linear, c, part->weight + (size_t)(c - begin) * (size_t)linear->n_in);
            }
        }
        begin += part->n_out;
    }
}

static void pack_task(void *context, int index, int thread)
{
    (void)thread;
    const struct packing *packing = (const struct packing *)context;
    struct heed_linear *linear = packing->linear;
    const int width = linear->kernels->panel;
    int begin = 0;
    for (int i = 0; i < packing->n_parts; i++) {
        const struct heed_linear_part *part = &packing->parts[i];
        const int end = begin + part->n_out;
        const bool is_whole =
            begin % width == 0 && begin <= index * width && (index + 1) * width <= end;
        if (is_whole) {
            const size_t n_in = (size_t)linear->n_in;
            const struct heed_pack pack = {linear->packed + (size_t)begin * n_in, linear->n_in,
                                           part->n_out, width};
            linear->kernels->pack_columns(&pack, index - begin / width, part->weight, n_in);
            return;
        }
        begin = end;
    }
    pack_mixed_panel(packing, index);
}

void heed_linear_pack(struct heed_linear *linear, const struct heed_linear_part *parts, int n_parts,
                      struct heed_pool *pool)
{
    struct packing packing = {linear, parts, n_parts};
    heed_pool_run(pool, pack_task, &packing,
                  (int)heed_pack_panels(linear->n_out, linear->kernels->panel));
    float *bias = linear->bias;
    for (int i = 0; i < n_parts; i++) {
        for (int c = 0; c < parts[i].n_out; c++) {
            *bias++ = parts[i].bias ? parts[i].bias[c] : 0.0f;
        }
    }
}

struct running {
    const struct heed_kernel_set *kernels;
    struct heed_product product;
    int block_rows, block_columns;
    int blocks_across; /* tasks beside each other in a row of blocks */
};

static void run_task(void *context, int index, int thread)
{
    (void)thread;
    const struct running *running = (const struct running *)context;
    const struct heed_product *whole = &running->product;
    struct heed_product product = *whole;
    const int down = index / running->blocks_across;
    const int across = index % running->blocks_across;
    product.row_begin = down * running->block_rows;
    product.row_end = heed_least(product.row_begin + running->block_rows, whole->row_end);
    product.column_begin = across * running->block_columns;
    product.column_end = heed_least(product.column_begin + running->block_columns, whole->columns);
    running->kernels->multiply(&product);
}

/* Rows of a block stay in the second-level cache while the panels pass. Blocks
 * across are few, since within one the next panel is fetched ahead and at the
 * beginning of one nothing has been; two for each thread even out what they
 * take. */
static void choose_blocks(struct running *running, int rows, int n_threads)
{
    enum { BLOCK_ROWS = 132, COLUMN_BLOCKS = 2 };
    const int panel = running->kernels->panel;
    const int tile = running->kernels->tile_rows;
    const int down = heed_divide_up(rows, BLOCK_ROWS);
    running->block_rows = heed_divide_up(heed_divide_up(rows, down), tile) * tile;
    const int panels = heed_divide_up(running->product.columns, panel);
    const int wished = n_threads == 1 ? 1 : COLUMN_BLOCKS * n_threads;
    const int panels_each = heed_divide_up(panels, heed_least(wished, panels));
    running->block_columns = panels_each * panel;
    running->blocks_across = heed_divide_up(panels, panels_each);
}

void heed_linear_run(const struct heed_linear *linear, struct heed_pool *pool, const float *x,
                     int rows, struct heed_output out)
{
    struct running running = {
        .kernels = linear->kernels,
        .product = {.a = x,
                    .a_stride = (size_t)linear->n_in,
                    .packed = linear->packed,
                    .depth = linear->n_in,
                    .columns = linear->n_out,
                    .row_end = rows,
                    .scale = 1.0f,
                    .bias = linear->bias,
                    .pointwise = linear->pointwise,
                    .out = out},
    };
    choose_blocks(&running, rows, heed_pool_get_threads(pool));
    heed_pool_run(pool, run_task, &running,
                  heed_divide_up(rows, running.block_rows) * running.blocks_across);
}

struct heed_output heed_linear_plain_output(const struct heed_linear *linear, float *y)
{
    return (struct heed_output){.base = {y},
                                .segment = linear->n_out,
                                .group = linear->n_out,
                                .row_stride = (size_t)linear->n_out};
}
