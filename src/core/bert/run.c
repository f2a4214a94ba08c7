#include "core/bert/run_create.h"

#include <stdatomic.h>

#include "base/checked.h"
#include "core/bert/remake.h"
#include "core/tensor/memory.h"

struct run_block {
    struct heed_run run; /* first: a run is its block */
    atomic_int references;
    void (*release)(void *owner); /* of arrays that are another's; else NULL */
    void *owner;
    struct heed_remaking remaking; /* of weights that aren't kept */
};

/* In floats, whole cache lines: what stands before a run's arrays. */
enum {
    HEADER = (sizeof(struct run_block) + 4 * HEED_CACHE_LINE_FLOATS - 1) /
             (4 * HEED_CACHE_LINE_FLOATS) * HEED_CACHE_LINE_FLOATS
};

/* Sizes of a run's arrays in floats, each rounded to a cache line. */
struct run_sizes {
    size_t attention, entropies, qkv, hidden_states, distances, request, total;
};

static bool round_up(size_t *size)
{
    const size_t line = HEED_CACHE_LINE_FLOATS;
    if (!heed_checked_add(*size, line - 1, size)) {
        return false;
    }
    *size -= *size % line;
    return true;
}

/* What making weights again needs of a request: links that are cut, then the mask. */
static bool measure_request(const struct heed_request *request, size_t *floats)
{
    const size_t n = (size_t)request->n_tokens;
    size_t cuts = 0;
    if (!heed_checked_mul((size_t)request->n_cuts, sizeof *request->cuts, &cuts) ||
        !heed_checked_mul(n, request->allowed ? n : 0, floats) ||
        !heed_checked_add(*floats, cuts, floats)) {
        return false;
    }
    *floats = *floats / sizeof(float) + 1;
    return true;
}

static bool measure(const struct heed_model_config *config, const struct heed_request *request,
                    size_t most_kept, struct run_sizes *sizes)
{
    const size_t n = (size_t)request->n_tokens;
    const size_t layers = (size_t)config->n_layers;
    const size_t hidden = (size_t)config->hidden;
    struct run_sizes s = {0};
    size_t all = 0;
    if (!heed_checked_mul(n, n, &s.attention) ||
        !heed_checked_mul(s.attention, (size_t)config->n_heads, &s.attention) ||
        !heed_checked_mul(s.attention, layers, &s.attention) ||
        !heed_checked_mul(n, layers * (size_t)config->n_heads, &s.entropies) ||
        !heed_checked_mul(n, hidden, &s.qkv) ||
        !heed_checked_mul(s.qkv, layers + 1, &s.hidden_states) ||
        !heed_checked_mul(s.qkv, layers, &s.qkv) ||
        !heed_checked_mul(2 * n - 1, config->n_buckets > 0 ? (size_t)config->n_heads : 0,
                          &s.distances) ||
        !measure_request(request, &s.request)) {
        return false;
    }
    if (s.attention <= most_kept / sizeof(float)) {
        s.request = 0;
    } else {
        s.attention = 0;
    }
    if (!round_up(&s.distances) || !round_up(&s.request) || !round_up(&s.attention) ||
        !round_up(&s.entropies) || !round_up(&s.qkv) || !round_up(&s.hidden_states) ||
        !heed_checked_mul(s.qkv, 3, &all) || !heed_checked_add(all, s.attention, &all) ||
        !heed_checked_add(all, s.entropies, &all) ||
        !heed_checked_add(all, s.hidden_states, &all) ||
        !heed_checked_add(all, s.distances, &all) || !heed_checked_add(all, s.request, &all) ||
        !heed_checked_add(all, HEADER, &s.total) || s.total > SIZE_MAX / sizeof(float)) {
        return false;
    }
    *sizes = s;
    return true;
}

static void lay_out(struct run_block *block, const struct heed_model_config *config, int n_tokens,
                    const struct run_sizes *sizes)
{
    float *next = (float *)block + HEADER;
    struct heed_run *run = &block->run;
    *run = (struct heed_run){.n_tokens = n_tokens,
                             .n_layers = config->n_layers,
                             .n_heads = config->n_heads,
                             .head_dim = config->head_dim,
                             .hidden = config->hidden};
    run->attention = sizes->attention > 0 ? next : NULL;
    run->entropies = next + sizes->attention;
    run->queries = run->entropies + sizes->entropies;
    run->keys = run->queries + sizes->qkv;
    run->values = run->keys + sizes->qkv;
    run->hidden_states = run->values + sizes->qkv;
    float *distances = (float *)run->hidden_states + sizes->hidden_states;
    run->distances = sizes->distances > 0 ? distances : NULL;
    block->release = NULL;
    atomic_init(&block->references, 1);
}

struct heed_run *heed_run_create(struct heed_stock *stock, const struct heed_model_config *config,
                                 const struct heed_request *request,
                                 const struct heed_kernel_set *kernels, size_t most_kept,
                                 struct heed_error *err)
{
    struct run_sizes sizes;
    struct run_block *block = NULL;
    if (measure(config, request, most_kept, &sizes)) {
        block = heed_stock_take(stock, sizes.total * sizeof(float));
    }
    if (!block) {
        heed_error_set(err, HEED_ERROR_MEMORY,
                       "out of memory for the attention of %d tokens; shorten the text",
                       request->n_tokens);
        return NULL;
    }
    lay_out(block, config, request->n_tokens, &sizes);
    if (!block->run.attention) {
        float *room = (float *)block->run.hidden_states + sizes.hidden_states + sizes.distances;
        block->run.reader =
            heed_remaking_begin(&block->remaking, &block->run, request, kernels, room);
    }
    return &block->run;
}

const struct heed_run *heed_run_wrap(const struct heed_run *arrays, void (*release)(void *owner),
                                     void *owner)
{
    struct run_block *block = heed_stock_take(NULL, sizeof *block);
    if (!block) {
        return NULL;
    }
    block->run = *arrays;
    block->release = release;
    block->owner = owner;
    atomic_init(&block->references, 1);
    return &block->run;
}

static struct run_block *block_of(const struct heed_run *run)
{
    return (struct run_block *)run;
}

const struct heed_run *heed_run_retain(const struct heed_run *run)
{
    atomic_fetch_add(&block_of(run)->references, 1);
    return run;
}

void heed_run_release(const struct heed_run *run)
{
    if (run && atomic_fetch_sub(&block_of(run)->references, 1) == 1) {
        if (block_of(run)->release) {
            block_of(run)->release(block_of(run)->owner);
        }
        heed_stock_give(block_of(run));
    }
}
