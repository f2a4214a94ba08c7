#include "core/tensor/machine.h"

#include <stddef.h>

#include "base/clock.h"
#include "core/tensor/memory.h"
#include "core/tensor/pool.h"

enum { TRIES = 7, ROUNDS = 200000, READ_FLOATS = 32 << 20, READ_TASKS = 64 };

struct measuring {
    const struct heed_kernel_set *kernels;
    float *floats;
    float results[READ_TASKS]; /* kept, so that nothing is left out */
};

static void spin_task(void *context, int index, int thread)
{
    (void)thread;
    struct measuring *measuring = (struct measuring *)context;
    measuring->results[index % READ_TASKS] = measuring->kernels->multiply_add(ROUNDS);
}

static float *block_of(struct measuring *measuring, int index)
{
    return measuring->floats + (size_t)index * (READ_FLOATS / READ_TASKS);
}

static void fill_task(void *context, int index, int thread)
{
    (void)thread;
    float *floats = block_of((struct measuring *)context, index);
    for (size_t i = 0; i < READ_FLOATS / READ_TASKS; i++) {
        floats[i] = (float)(i & 15);
    }
}

static void read_task(void *context, int index, int thread)
{
    (void)thread;
    struct measuring *measuring = (struct measuring *)context;
    measuring->results[index] =
        measuring->kernels->sum(block_of(measuring, index), READ_FLOATS / READ_TASKS);
}

/* Seconds of the quickest of several tries. */
static double best_of(struct heed_pool *pool, heed_pool_task *task, struct measuring *measuring,
                      int n_tasks)
{
    double best = 0.0;
    heed_pool_begin(pool);
    for (int i = 0; i < TRIES; i++) {
        const double begin = heed_clock_seconds();
        heed_pool_run(pool, task, measuring, n_tasks);
        const double seconds = heed_clock_seconds() - begin;
        best = i == 0 || seconds < best ? seconds : best;
    }
    heed_pool_end(pool);
    return best;
}

bool heed_machine_measure(const struct heed_kernel_set *kernels, int n_threads, double *gflops,
                          double *read_gb_s, struct heed_error *err)
{
    struct heed_pool *pool = NULL;
    if (!heed_pool_create(&pool, n_threads, err)) {
        return false;
    }
    struct measuring measuring = {.kernels = kernels, .floats = heed_floats_alloc(READ_FLOATS)};
    if (!measuring.floats) {
        heed_pool_destroy(pool);
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for measuring it");
    }
    heed_pool_run(pool, fill_task, &measuring, READ_TASKS);
    const int n_tasks = heed_pool_get_threads(pool);
    const double operations = (double)measuring.kernels->multiply_add_flops * ROUNDS * n_tasks;
    *gflops = operations * 1e-9 / best_of(pool, spin_task, &measuring, n_tasks);
    *read_gb_s = (double)READ_FLOATS * sizeof(float) * 1e-9 /
                 best_of(pool, read_task, &measuring, READ_TASKS);
    heed_floats_free(measuring.floats);
    heed_pool_destroy(pool);
    return true;
}
