#include "base/file_reading.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/thread.h"

struct heed_file_reading {
    char *path;
    size_t max_size;
    void (*done)(void *context);
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock: */
    bool ended, dropped, ok;
    char *data;
    size_t size;
    struct heed_error error;
};

static void destroy(struct heed_file_reading *reading)
{
    pthread_cond_destroy(&reading->changed);
    pthread_mutex_destroy(&reading->lock);
    free(reading->data);
    free(reading->path);
    free(reading);
}

static void *work(void *context)
{
    struct heed_file_reading *reading = context;
    char *data = NULL;
    size_t size = 0;
    struct heed_error error = {0};
    const bool ok = heed_file_read_regular(reading->path, reading->max_size, &data, &size, &error);
    pthread_mutex_lock(&reading->lock);
    reading->ok = ok;
    reading->data = data;
    reading->size = size;
    reading->error = error;
    reading->ended = true;
    const bool dropped = reading->dropped;
    if (!dropped && reading->done) {
        reading->done(reading->context); /* under the lock: a drop waits for it */
    }
    pthread_cond_broadcast(&reading->changed);
    pthread_mutex_unlock(&reading->lock);
    if (dropped) {
        destroy(reading);
    }
    return NULL;
}

static struct heed_file_reading *create(const char *path)
{
    struct heed_file_reading *made = calloc(1, sizeof *made);
    if (!made) {
        return NULL;
    }
    made->path = strdup(path);
    pthread_mutex_init(&made->lock, NULL);
    heed_thread_init_condition(&made->changed);
    if (!made->path) {
        destroy(made);
        return NULL;
    }
    return made;
}

bool heed_file_reading_start(struct heed_file_reading **reading, const char *path, size_t max_size,
                             void (*done)(void *context), void *context, struct heed_error *err)
{
    struct heed_file_reading *made = create(path);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to read '%s'", path);
    }
    made->max_size = max_size;
    made->done = done;
    made->context = context;
    const int status = heed_thread_begin(work, made);
    if (status != 0) {
        destroy(made);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "can't start a thread to read '%s': %s", path,
                              strerror(status));
    }
    *reading = made;
    return true;
}

bool heed_file_reading_wait(struct heed_file_reading *reading, int ms)
{
    const struct timespec until = heed_thread_in(ms);
    int status = 0;
    pthread_mutex_lock(&reading->lock);
    while (!reading->ended && status == 0) {
        status = pthread_cond_timedwait(&reading->changed, &reading->lock, &until);
    }
    const bool ended = reading->ended;
    pthread_mutex_unlock(&reading->lock);
    return ended;
}

bool heed_file_reading_finish(struct heed_file_reading *reading, char **data, size_t *size,
                              struct heed_error *err)
{
    pthread_mutex_lock(&reading->lock);
    const bool ok = reading->ok;
    if (ok) {
        *data = reading->data;
        *size = reading->size;
        reading->data = NULL;
    } else {
        heed_error_set(err, reading->error.code, "%s", reading->error.text);
    }
    pthread_mutex_unlock(&reading->lock); /* the thread has nothing left to do with it */
    destroy(reading);
    return ok;
}

void heed_file_reading_drop(struct heed_file_reading *reading)
{
    if (!reading) {
        return;
    }
    pthread_mutex_lock(&reading->lock);
    const bool ended = reading->ended;
    reading->dropped = true;
    pthread_mutex_unlock(&reading->lock);
    if (ended) {
        destroy(reading);
    }
}
