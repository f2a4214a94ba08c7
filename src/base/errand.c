#include "base/errand.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/thread.h"

struct heed_errand {
    struct heed_errand_kind kind;
    void *job;
    void (*done)(void *context);
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool ended, dropped; /* under the lock */
};

static void destroy(struct heed_errand *errand)
{
    pthread_cond_destroy(&errand->changed);
    pthread_mutex_destroy(&errand->lock);
    free(errand);
}

static void *work(void *context)
{
    struct heed_errand *errand = context;
    errand->kind.run(errand->job);
    pthread_mutex_lock(&errand->lock);
    errand->ended = true;
    const bool dropped = errand->dropped;
    if (!dropped && errand->done) {
        errand->done(errand->context); /* under the lock: a drop waits for it */
    }
    pthread_cond_broadcast(&errand->changed);
    pthread_mutex_unlock(&errand->lock);
    if (dropped) {
        errand->kind.destroy(errand->job);
        destroy(errand);
    }
    return NULL;
}

bool heed_errand_start(struct heed_errand **errand, const struct heed_errand_kind *kind, void *job,
                       void (*done)(void *context), void *context, struct heed_error *err)
{
    struct heed_errand *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for another thread");
    }
    *made = (struct heed_errand){.kind = *kind, .job = job, .done = done, .context = context};
    pthread_mutex_init(&made->lock, NULL);
    heed_thread_init_condition(&made->changed);
    const int status = heed_thread_begin(work, made);
    if (status != 0) {
        destroy(made);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "can't start another thread: %s",
                              strerror(status));
    }
    *errand = made;
    return true;
}

bool heed_errand_wait(struct heed_errand *errand, int ms)
{
    const struct timespec until = heed_thread_in(ms);
    int status = 0;
    pthread_mutex_lock(&errand->lock);
    while (!errand->ended && status == 0) {
        status = pthread_cond_timedwait(&errand->changed, &errand->lock, &until);
    }
    const bool ended = errand->ended;
    pthread_mutex_unlock(&errand->lock);
    return ended;
}

void *heed_errand_finish(struct heed_errand *errand)
{
    pthread_mutex_lock(&errand->lock);
    void *job = errand->job;
    pthread_mutex_unlock(&errand->lock); /* the thread has nothing left to do with it */
    destroy(errand);
    return job;
}

void heed_errand_drop(struct heed_errand *errand)
{
    if (!errand) {
        return;
    }
    pthread_mutex_lock(&errand->lock);
    const bool ended = errand->ended;
    errand->dropped = true;
    pthread_mutex_unlock(&errand->lock);
    if (ended) {
        errand->kind.destroy(errand->job);
        destroy(errand);
    }
}
