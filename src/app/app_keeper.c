#include "app/app_keeper.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/thread.h"

struct heed_keeper {
    char *path;
    void (*wake)(void *context);
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock: */
    struct heed_buffer next;
    bool has_next, busy, failed, left;
    struct heed_error error;
};

static void destroy(struct heed_keeper *keeper)
{
    heed_buffer_finish(&keeper->next);
    pthread_cond_destroy(&keeper->changed);
    pthread_mutex_destroy(&keeper->lock);
    free(keeper->path);
    free(keeper);
}

/* Under the lock, which is open meanwhile. */
static void write_next(struct heed_keeper *keeper)
{
    struct heed_buffer bytes = keeper->next;
    struct heed_error error = {0};
    keeper->next = (struct heed_buffer){0};
    keeper->has_next = false;
    keeper->busy = true;
    pthread_mutex_unlock(&keeper->lock);
    const bool ok = heed_file_write(keeper->path, bytes.data, bytes.size, &error);
    heed_buffer_finish(&bytes);
    pthread_mutex_lock(&keeper->lock);
    keeper->busy = false;
    keeper->failed = !ok; /* a later one that succeeds makes up for it */
    keeper->error = error;
    if (!ok && !keeper->left) {
        keeper->wake(keeper->context);
    }
    pthread_cond_broadcast(&keeper->changed);
}

static void *work(void *context)
{
    struct heed_keeper *keeper = context;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->left) {
        if (keeper->has_next) {
            write_next(keeper);
        } else {
            pthread_cond_wait(&keeper->changed, &keeper->lock);
        }
    }
    pthread_mutex_unlock(&keeper->lock);
    destroy(keeper);
    return NULL;
}

bool heed_keeper_create(struct heed_keeper **keeper, const char *path, void (*wake)(void *context),
                        void *context, struct heed_error *err)
{
    struct heed_keeper *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for the window");
    }
    made->path = strdup(path);
    made->wake = wake;
    made->context = context;
    pthread_mutex_init(&made->lock, NULL);
    heed_thread_init_condition(&made->changed);
    const int status = made->path ? heed_thread_begin(work, made) : ENOMEM;
    if (status != 0) {
        destroy(made);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "can't start a thread that saves: %s",
                              strerror(status));
    }
    *keeper = made;
    return true;
}

void heed_keeper_give(struct heed_keeper *keeper, struct heed_buffer *bytes)
{
    pthread_mutex_lock(&keeper->lock);
    struct heed_buffer overtaken = keeper->next;
    keeper->next = *bytes;
    keeper->has_next = true;
    pthread_cond_broadcast(&keeper->changed);
    pthread_mutex_unlock(&keeper->lock);
    *bytes = (struct heed_buffer){0};
    heed_buffer_finish(&overtaken);
}

/* Under the lock. */
static bool take_error(struct heed_keeper *keeper, struct heed_error *err)
{
    const bool failed = keeper->failed;
    keeper->failed = false;
    return !failed || heed_error_set(err, keeper->error.code, "%s", keeper->error.text);
}

bool heed_keeper_check(struct heed_keeper *keeper, struct heed_error *err)
{
    pthread_mutex_lock(&keeper->lock);
    const bool ok = take_error(keeper, err);
    pthread_mutex_unlock(&keeper->lock);
    return ok;
}

bool heed_keeper_flush(struct heed_keeper *keeper, int ms, struct heed_error *err)
{
    const struct timespec until = heed_thread_in(ms);
    int status = 0;
    pthread_mutex_lock(&keeper->lock);
    while ((keeper->has_next || keeper->busy) && status == 0) {
        status = pthread_cond_timedwait(&keeper->changed, &keeper->lock, &until);
    }
    const bool ok = status != 0
                        ? heed_error_set(err, HEED_ERROR_FILE,
                                         "can't write '%s': the disk doesn't answer", keeper->path)
                        : take_error(keeper, err);
    pthread_mutex_unlock(&keeper->lock);
    return ok;
}

void heed_keeper_leave(struct heed_keeper *keeper)
{
    if (keeper) {
        pthread_mutex_lock(&keeper->lock);
        keeper->left = true;
        pthread_cond_broadcast(&keeper->changed);
        pthread_mutex_unlock(&keeper->lock);
    }
}
