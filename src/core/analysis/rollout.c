#include <string.h>

#include "core/analysis/transform.h"
#include "core/tensor/kernels.h"
#include "core/tensor/pack.h"

enum {
    ROWS = 60, /* of a task: whole tiles of every kernel set but one */
    LANES = 16 /* a cache line */
};

struct rolling {
    const struct heed_run *run;
    const struct heed_kernel_set *kernels;
    int layer;
    float *mixed;    /* of the layer: (mean of the heads + I) / 2 */
    float *product;  /* of the layer: mixed x previous */
    float *previous; /* [n, n], of the layer before */
    float *packed;   /* room for its panels */
    float *room;     /* [threads, ROWS, n] of a run that doesn't keep its maps; else NULL */
};

/* All heads at once, LANES weights at a time: each map is read once and no
 * sum leaves its register. */
static void mix_kept(float *mixed, const struct heed_run *run, int layer, size_t first, size_t rows)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t size = rows * n;
    const float share = 0.5F / (float)run->n_heads;
    const float *maps = heed_run_map(run, layer * run->n_heads, NULL) + first * n;
    const size_t whole = size - size % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        float sums[LANES] = {0};
        for (size_t head = 0; head < (size_t)run->n_heads; head++) {
            for (size_t k = 0; k < LANES; k++) {
                sums[k] += maps[head * n * n + i + k];
            }
        }
        for (size_t k = 0; k < LANES; k++) {
            mixed[i + k] = sums[k] * share;
        }
    }
    for (size_t i = whole; i < size; i++) {
        float sum = 0;
        for (size_t head = 0; head < (size_t)run->n_heads; head++) {
            sum += maps[head * n * n + i];
        }
        mixed[i] = sum * share;
    }
    for (size_t i = 0; i < rows; i++) {
        mixed[i * n + first + i] += 0.5F;
    }
}

/* The same sums of maps that aren't kept, a head after the other. */
static void mix_read(float *mixed, const struct heed_run *run, int layer, size_t first, size_t rows,
                     float *room)
{
    const size_t n = (size_t)run->n_tokens;
    const float share = 0.5F / (float)run->n_heads;
    memset(mixed, 0, rows * n * sizeof *mixed);
    for (int head = 0; head < run->n_heads; head++) {
        const float *map = heed_run_rows(run, HEED_RUN_ATTENTION, layer * run->n_heads + head,
                                         (int)first, (int)rows, room);
        for (size_t i = 0; i < rows * n; i++) {
            mixed[i] += map[i];
        }
    }
    for (size_t i = 0; i < rows * n; i++) {
        mixed[i] *= share;
    }
    for (size_t i = 0; i < rows; i++) {
        mixed[i * n + first + i] += 0.5F;
    }
}

/* Rows [first, first + rows); room: [rows, n]. */
static void mix(float *mixed, const struct heed_run *run, int layer, size_t first, size_t rows,
                float *room)
{
    if (heed_run_keeps(run, HEED_RUN_ATTENTION)) {
        mix_kept(mixed, run, layer, first, rows);
    } else {
        mix_read(mixed, run, layer, first, rows, room);
    }
}

static void mix_task(void *context, int index, int thread)
{
    const struct rolling *rolling = context;
    const size_t n = (size_t)rolling->run->n_tokens;
    const size_t first = (size_t)index * ROWS;
    const size_t rows = n - first < ROWS ? n - first : ROWS;
    float *mixed = rolling->mixed + first * n;
    float *room = rolling->room ? rolling->room + (size_t)thread * ROWS * n : NULL;
    mix(mixed, rolling->run, rolling->layer, first, rows, room);
}

static void pack_task(void *context, int index, int thread)
{
    (void)thread;
    const struct rolling *rolling = context;
    const int n = rolling->run->n_tokens;
    const struct heed_pack pack = {rolling->packed, n, n, rolling->kernels->panel};
    heed_pack_panel_from_rows(&pack, index, rolling->previous, (size_t)n);
}

static void multiply_task(void *context, int index, int thread)
{
    (void)thread;
    const struct rolling *rolling = context;
    const int n = rolling->run->n_tokens;
    const int first = index * ROWS;
    const struct heed_product of = {
        .a = rolling->mixed,
        .a_stride = (size_t)n,
        .packed = rolling->packed,
        .depth = n,
        .columns = n,
        .row_begin = first,
        .row_end = n - first < ROWS ? n : first + ROWS,
        .column_end = n,
        .scale = 1.0F,
        .out = {.base = {rolling->product}, .segment = n, .group = n, .row_stride = (size_t)n},
    };
    rolling->kernels->multiply(&of);
}

static bool roll(struct rolling *rolling, float *made, float *mixed, struct heed_pool *pool,
                 struct heed_stop stop, struct heed_error *err)
{
    const size_t n = (size_t)rolling->run->n_tokens;
    const int n_blocks = (int)((n + ROWS - 1) / ROWS);
    const int n_panels = (int)heed_pack_panels((int)n, rolling->kernels->panel);
    rolling->mixed = made; /* the first layer's is its rollout */
    heed_pool_run(pool, mix_task, rolling, n_blocks);
    rolling->mixed = mixed;
    for (int layer = 1; layer < rolling->run->n_layers; layer++) {
        if (stop.cancelled && stop.cancelled(stop.context)) {
            return heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
        }
        rolling->layer = layer;
        rolling->product = made + (size_t)layer * n * n;
        rolling->previous = rolling->product - n * n;
        heed_pool_run(pool, mix_task, rolling, n_blocks);
        heed_pool_run(pool, pack_task, rolling, n_panels);
        heed_pool_run(pool, multiply_task, rolling, n_blocks);
    }
    return true;
}

bool heed_rollout(float **rollout, struct heed_arena *arena, const struct heed_run *run,
                  struct heed_pool *pool, struct heed_stop stop, struct heed_error *err)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t line = n * sizeof(float);
    struct rolling rolling = {.run = run, .kernels = heed_kernels_get_fastest()};
    const size_t packed_size = heed_pack_floats((int)n, (int)n, rolling.kernels->panel);
    float *made = heed_arena_alloc(arena, (size_t)run->n_layers * n * line);
    float *mixed = heed_arena_alloc(arena, n * line);
    rolling.packed = heed_arena_alloc(arena, packed_size * sizeof(float));
    const bool reads = !heed_run_keeps(run, HEED_RUN_ATTENTION);
    if (reads) {
        rolling.room = heed_arena_alloc(arena, (size_t)heed_pool_get_threads(pool) * ROWS * line);
    }
    if (!made || !mixed || !rolling.packed || (reads && !rolling.room)) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the rollout");
    }
    if (!roll(&rolling, made, mixed, pool, stop, err)) {
        return false;
    }
    *rollout = made;
    return true;
}
