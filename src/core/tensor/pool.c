#include "core/tensor/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/platform.h"

enum {
    MAX_THREADS = 256,
    /* Pauses; some tens of microseconds. Longer would keep the scheduler from
     * giving the core to the thread that is waited for. */
    SPINS = 2000
};

/* One phase is (generation, tasks left), in one word, so that a claim is one
 * compare-and-swap that fails if the phase has ended meanwhile. The fields of
 * a phase only change while no task of it is left, thus what a successful
 * claim has read before is whole. */
struct heed_pool {
    _Atomic uint64_t phase;
    _Atomic(heed_pool_task *) task;
    _Atomic(void *) context;
    atomic_int n_tasks;
    atomic_int n_done;
    atomic_bool in_stretch;
    atomic_bool quit;
    atomic_int n_sleeping;
    atomic_bool owner_sleeps; /* the thread that runs the phase */
    pthread_mutex_t mutex;
    pthread_cond_t wake, done;
    int n_threads;
    int n_workers; /* started ones */
    struct worker {
        struct heed_pool *pool;
        pthread_t thread;
        int index;
    } workers[];
};

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static uint32_t phase_left(uint64_t phase)
{
    return (uint32_t)phase;
}

static uint32_t phase_generation(uint64_t phase)
{
    return (uint32_t)(phase >> 32);
}

static void count_done(struct heed_pool *pool, int n_tasks)
{
    const bool is_last = atomic_fetch_add(&pool->n_done, 1) + 1 == n_tasks;
    if (is_last && atomic_load(&pool->owner_sleeps)) {
        pthread_mutex_lock(&pool->mutex);
        pthread_cond_signal(&pool->done);
        pthread_mutex_unlock(&pool->mutex);
    }
}

/* Works on the present phase until none of its tasks is left. */
static void work(struct heed_pool *pool, int thread)
{
    uint64_t phase = atomic_load(&pool->phase);
    while (phase_left(phase) > 0) {
        heed_pool_task *task = atomic_load_explicit(&pool->task, memory_order_relaxed);
        void *context = atomic_load_explicit(&pool->context, memory_order_relaxed);
        const int n = atomic_load_explicit(&pool->n_tasks, memory_order_relaxed);
        const int index = n - (int)phase_left(phase);
        if (atomic_compare_exchange_weak(&pool->phase, &phase, phase - 1)) {
            task(context, index, thread);
            count_done(pool, n);
            phase = atomic_load(&pool->phase);
        }
    }
}

static bool is_idle(const struct heed_pool *pool, uint32_t generation)
{
    return phase_generation(atomic_load(&pool->phase)) == generation && !atomic_load(&pool->quit);
}

static void wait_for_phase(struct heed_pool *pool, uint32_t generation)
{
    for (int i = 0; i < SPINS; i++) {
        if (!is_idle(pool, generation)) {
            return;
        }
        if (!atomic_load(&pool->in_stretch)) {
            break;
        }
        relax();
    }
    pthread_mutex_lock(&pool->mutex);
    atomic_fetch_add(&pool->n_sleeping, 1);
    while (is_idle(pool, generation)) {
        pthread_cond_wait(&pool->wake, &pool->mutex);
    }
    atomic_fetch_sub(&pool->n_sleeping, 1);
    pthread_mutex_unlock(&pool->mutex);
}

static void *worker_main(void *argument)
{
    const struct worker *worker = (const struct worker *)argument;
    struct heed_pool *pool = worker->pool;
    uint32_t generation = 0;
    while (true) {
        wait_for_phase(pool, generation);
        if (atomic_load(&pool->quit)) {
            return NULL;
        }
        generation = phase_generation(atomic_load(&pool->phase));
        work(pool, worker->index);
    }
}

static void wake_workers(struct heed_pool *pool)
{
    if (atomic_load(&pool->n_sleeping) == 0) {
        return;
    }
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
}

static void wait_for_tasks(struct heed_pool *pool, int n_tasks)
{
    for (int i = 0; i < SPINS; i++) {
        if (atomic_load(&pool->n_done) >= n_tasks) {
            return;
        }
        relax();
    }
    pthread_mutex_lock(&pool->mutex);
    atomic_store(&pool->owner_sleeps, true);
    while (atomic_load(&pool->n_done) < n_tasks) {
        pthread_cond_wait(&pool->done, &pool->mutex);
    }
    atomic_store(&pool->owner_sleeps, false);
    pthread_mutex_unlock(&pool->mutex);
}

void heed_pool_run(struct heed_pool *pool, heed_pool_task *task, void *context, int n_tasks)
{
    if (n_tasks <= 1 || !pool || pool->n_workers == 0) {
        for (int i = 0; i < n_tasks; i++) {
            task(context, i, 0);
        }
        return;
    }
    atomic_store_explicit(&pool->task, task, memory_order_relaxed);
    atomic_store_explicit(&pool->context, context, memory_order_relaxed);
    atomic_store_explicit(&pool->n_tasks, n_tasks, memory_order_relaxed);
    atomic_store(&pool->n_done, 0);
    const uint64_t generation = (uint64_t)phase_generation(atomic_load(&pool->phase)) + 1;
    atomic_store(&pool->phase, generation << 32 | (uint64_t)n_tasks);
    wake_workers(pool);
    work(pool, 0);
    wait_for_tasks(pool, n_tasks);
}

/* An empty phase: it only gets the sleepers up. */
void heed_pool_begin(struct heed_pool *pool)
{
    if (!pool) {
        return;
    }
    atomic_store(&pool->in_stretch, true);
    if (pool->n_workers > 0) {
        const uint64_t phase = atomic_load(&pool->phase);
        const uint64_t next = (uint64_t)phase_generation(phase) + 1;
        atomic_store(&pool->phase, next << 32);
        wake_workers(pool);
    }
}

void heed_pool_end(struct heed_pool *pool)
{
    if (pool) {
        atomic_store(&pool->in_stretch, false);
    }
}

int heed_pool_get_threads(const struct heed_pool *pool)
{
    return pool ? pool->n_threads : 1;
}

bool heed_pool_create(struct heed_pool **pool, int n_threads, struct heed_error *err)
{
    int n = n_threads > 0 ? n_threads : heed_platform_cores();
    n = n > MAX_THREADS ? MAX_THREADS : n;
    struct heed_pool *p =
        (struct heed_pool *)calloc(1, sizeof(*p) + (size_t)(n - 1) * sizeof(p->workers[0]));
    if (!p) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for %d threads", n);
    }
    p->n_threads = n;
    pthread_mutex_init(&p->mutex, NULL);
    pthread_cond_init(&p->wake, NULL);
    pthread_cond_init(&p->done, NULL);
    for (int i = 0; i < n - 1; i++) {
        struct worker *worker = &p->workers[i];
        worker->pool = p;
        worker->index = i + 1;
        if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0) {
            heed_pool_destroy(p);
            return heed_error_set(err, HEED_ERROR_SYSTEM,
                                  "can't start thread %d of %d; try --threads 1", i + 2, n);
        }
        p->n_workers++;
    }
    *pool = p;
    return true;
}

void heed_pool_destroy(struct heed_pool *pool)
{
    if (!pool) {
        return;
    }
    pthread_mutex_lock(&pool->mutex);
    atomic_store(&pool->quit, true);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
    for (int i = 0; i < pool->n_workers; i++) {
        pthread_join(pool->workers[i].thread, NULL);
    }
    pthread_cond_destroy(&pool->wake);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}
