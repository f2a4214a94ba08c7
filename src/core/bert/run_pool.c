#include "core/bert/run_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/checked.h"
#include "core/tensor/memory.h"

enum { MAX_FREE = 4 };

struct run_block {
    struct heed_run run; /* first: a run is its block */
    atomic_int references;
    struct heed_run_pool *pool;
    float *floats;
    size_t capacity; /* floats */
};

struct heed_run_pool {
    atomic_int references; /* the owner's and one for each run */
    pthread_mutex_t mutex; /* of the fields below */
    struct run_block *free[MAX_FREE];
    int n_free;
};

static void destroy_block(struct run_block *block)
{
    if (block) {
        heed_floats_free(block->floats);
        free(block);
    }
}

struct heed_run_pool *heed_run_pool_create(void)
{
    struct heed_run_pool *pool = (struct heed_run_pool *)calloc(1, sizeof(*pool));
    if (pool) {
        atomic_init(&pool->references, 1);
        pthread_mutex_init(&pool->mutex, NULL);
    }
    return pool;
}

void heed_run_pool_release(struct heed_run_pool *pool)
{
    if (!pool || atomic_fetch_sub(&pool->references, 1) != 1) {
        return;
    }
    for (int i = 0; i < pool->n_free; i++) {
        destroy_block(pool->free[i]);
    }
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

/* The smallest block that is large enough, or NULL. */
static struct run_block *take_free(struct heed_run_pool *pool, size_t floats)
{
    pthread_mutex_lock(&pool->mutex);
    int best = -1;
    for (int i = 0; i < pool->n_free; i++) {
        const size_t capacity = pool->free[i]->capacity;
        if (capacity >= floats &&
            (best < 0 || capacity < pool->free[best]->capacity)) {
            best = i;
        }
    }
    struct run_block *block = NULL;
    if (best >= 0) {
        block = pool->free[best];
        pool->free[best] = pool->free[--pool->n_free];
    }
    pthread_mutex_unlock(&pool->mutex);
    return block;
}

/* Keeps the block; the smallest one goes when there are too many. */
static void give_back(struct heed_run_pool *pool, struct run_block *block)
{
    pthread_mutex_lock(&pool->mutex);
    if (pool->n_free < MAX_FREE) {
        pool->free[pool->n_free++] = block;
        block = NULL;
    }
    for (int i = 0; block && i < MAX_FREE; i++) {
        if (pool->free[i]->capacity < block->capacity) {
            struct run_block *smaller = pool->free[i];
            pool->free[i] = block;
            block = smaller;
        }
    }
    pthread_mutex_unlock(&pool->mutex);
    destroy_block(block);
}

static struct run_block *create_block(size_t floats)
{
    struct run_block *block = (struct run_block *)calloc(1, sizeof(*block));
    if (!block) {
        return NULL;
    }
    block->floats = heed_floats_alloc(floats);
    block->capacity = floats;
    if (!block->floats) {
        free(block);
        return NULL;
    }
    return block;
}

/* Sizes of a run's arrays in floats, each rounded to a cache line. */
struct run_sizes {
    size_t attention, qkv, hidden_states, total;
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

static bool measure(const struct heed_model_config *config, int n_tokens,
                    struct run_sizes *sizes)
{
    const size_t n = (size_t)n_tokens;
    const size_t layers = (size_t)config->n_layers;
    const size_t hidden = (size_t)config->hidden;
    struct run_sizes s = {0};
    size_t all = 0;
    if (!heed_checked_mul(n, n, &s.attention) ||
        !heed_checked_mul(s.attention, (size_t)config->n_heads, &s.attention) ||
        !heed_checked_mul(s.attention, layers, &s.attention) ||
        !heed_checked_mul(n, hidden, &s.qkv) ||
        !heed_checked_mul(s.qkv, layers + 1, &s.hidden_states) ||
        !heed_checked_mul(s.qkv, layers, &s.qkv) || !round_up(&s.attention) ||
        !round_up(&s.qkv) || !round_up(&s.hidden_states) ||
        !heed_checked_mul(s.qkv, 3, &all) ||
        !heed_checked_add(all, s.attention, &all) ||
        !heed_checked_add(all, s.hidden_states, &s.total)) {
        return false;
    }
    *sizes = s;
    return true;
}

static void lay_out(struct run_block *block, const struct heed_model_config *config,
                    int n_tokens, const struct run_sizes *sizes)
{
    float *next = block->floats;
    struct heed_run *run = &block->run;
    *run = (struct heed_run){.n_tokens = n_tokens,
                             .n_layers = config->n_layers,
                             .n_heads = config->n_heads,
                             .head_dim = config->head_dim,
                             .hidden = config->hidden};
    run->attention = next;
    run->queries = next + sizes->attention;
    run->keys = run->queries + sizes->qkv;
    run->values = run->keys + sizes->qkv;
    run->hidden_states = run->values + sizes->qkv;
}

struct heed_run *heed_run_pool_take(struct heed_run_pool *pool,
                                    const struct heed_model_config *config,
                                    int n_tokens, struct heed_error *err)
{
    struct run_sizes sizes;
    struct run_block *block = NULL;
    if (measure(config, n_tokens, &sizes)) {
        block = take_free(pool, sizes.total);
        block = block ? block : create_block(sizes.total);
    }
    if (!block) {
        heed_error_set(err, HEED_ERROR_MEMORY,
                       "out of memory for the attention of %d tokens; "
                       "shorten the text",
                       n_tokens);
        return NULL;
    }
    lay_out(block, config, n_tokens, &sizes);
    atomic_init(&block->references, 1);
    block->pool = pool;
    atomic_fetch_add(&pool->references, 1);
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
    if (!run || atomic_fetch_sub(&block_of(run)->references, 1) != 1) {
        return;
    }
    struct run_block *block = block_of(run);
    struct heed_run_pool *pool = block->pool;
    give_back(pool, block);
    heed_run_pool_release(pool);
}
