#include "core/engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread.h"
#include "core/engine/engine_private.h"
#include "core/engine/pipeline.h"

enum { MS_TO_END = 500 /* whatever the worker is at; a layer takes less */ };

void heed_engine_free(struct heed_engine *engine)
{
    heed_engine_keep_previous(engine, NULL);
    heed_result_release(engine->newest);
    heed_kit_release(engine->kit);
    heed_pipeline_close(engine->pipeline);
    heed_loaded_finish(&engine->offered);
    free(engine->model);
    heed_file_slot_close(&engine->file);
    heed_owned_job_free(engine->pending);
    heed_task_release(engine->task);
    heed_task_release(engine->ended);
    pthread_cond_destroy(&engine->changed);
    pthread_mutex_destroy(&engine->lock);
    heed_stock_leave(engine->stock);
    free(engine->folder);
    free(engine);
}

bool heed_engine_create(struct heed_engine **engine, struct heed_engine_options options,
                        struct heed_error *err)
{
    struct heed_engine *made = calloc(1, sizeof *made);
    if (made) {
        made->folder = options.folder ? strdup(options.folder) : NULL;
        made->stock = heed_stock_create();
    }
    if (!made || (options.folder && !made->folder) || !made->stock) {
        heed_stock_leave(made ? made->stock : NULL);
        free(made ? made->folder : NULL);
        free(made);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the worker");
    }
    made->options = options;
    pthread_mutex_init(&made->lock, NULL);
    heed_thread_init_condition(&made->changed);
    const int status = pthread_create(&made->thread, NULL, heed_engine_work, made);
    if (status != 0) {
        heed_engine_free(made);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "can't start the worker thread: %s",
                              strerror(status));
    }
    *engine = made;
    return true;
}

/* Waits for the worker's end. True if it hangs, in a file system or a long
 * layer: the worker then frees the engine, should it ever go on. */
static bool leave_behind(struct heed_engine *engine)
{
    const struct timespec until = heed_thread_in(MS_TO_END);
    int status = 0;
    while (!engine->stopped && status == 0) {
        status = pthread_cond_timedwait(&engine->changed, &engine->lock, &until);
    }
    engine->left_behind = !engine->stopped;
    return engine->left_behind;
}

void heed_engine_destroy(struct heed_engine *engine)
{
    if (!engine) {
        return;
    }
    const pthread_t thread = engine->thread;
    pthread_mutex_lock(&engine->lock);
    engine->quit = true;
    atomic_store(&engine->quitting, true);
    pthread_cond_broadcast(&engine->changed);
    const bool hangs = leave_behind(engine);
    pthread_mutex_unlock(&engine->lock);
    if (hangs) {
        pthread_detach(thread);
        return;
    }
    pthread_join(thread, NULL);
    heed_engine_free(engine);
}

bool heed_engine_submit(struct heed_engine *engine, const struct heed_job *job,
                        struct heed_error *err)
{
    struct heed_owned_job *owned = heed_owned_job_copy(engine->stock, job);
    if (!owned) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the text");
    }
    pthread_mutex_lock(&engine->lock);
    struct heed_owned_job *overtaken = engine->pending;
    engine->pending = owned;
    engine->is_to_rest = false;
    atomic_store(&engine->overtaken,
                 engine->current && !heed_job_is_same_text(&engine->current->job, job));
    atomic_store(&engine->unit_is_overtaken, true);
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
    heed_owned_job_free(overtaken);
    return true;
}

const struct heed_result *heed_engine_take(struct heed_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    const struct heed_result *result = engine->newest;
    engine->newest = NULL;
    engine->is_handing_over = engine->is_handing_over || heed_engine_is_large(result);
    pthread_mutex_unlock(&engine->lock);
    return result;
}

void heed_engine_give_back(struct heed_engine *engine, const struct heed_result *result)
{
    heed_result_release(result);
    pthread_mutex_lock(&engine->lock);
    engine->is_handing_over = false;
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
}

void heed_engine_rest(struct heed_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->is_to_rest = true;
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
}

/* Puts another task, or none, in the place of the one in hand; returns that,
 * to be released without the lock. */
static struct heed_task *replace_task(struct heed_engine *engine, struct heed_task *task)
{
    struct heed_task *old = engine->task;
    engine->task = task;
    engine->progress = (struct heed_task_progress){.id = task ? heed_task_get_id(task) : 0};
    atomic_store(&engine->unit_is_overtaken, true);
    pthread_cond_broadcast(&engine->changed);
    return old;
}

void heed_engine_start(struct heed_engine *engine, struct heed_task *task)
{
    pthread_mutex_lock(&engine->lock);
    struct heed_task *old = replace_task(engine, task);
    pthread_mutex_unlock(&engine->lock);
    heed_task_release(old);
}

void heed_engine_cancel(struct heed_engine *engine, uint64_t id)
{
    struct heed_task *old = NULL;
    pthread_mutex_lock(&engine->lock);
    if (engine->task && heed_task_get_id(engine->task) == id) {
        old = replace_task(engine, NULL);
    } else if (engine->ended && heed_task_get_id(engine->ended) == id) {
        old = engine->ended;
        engine->ended = NULL;
    }
    pthread_mutex_unlock(&engine->lock);
    heed_task_release(old);
}

struct heed_task_progress heed_engine_get_progress(struct heed_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    const struct heed_task_progress progress = engine->progress;
    engine->progress_is_news = false;
    pthread_mutex_unlock(&engine->lock);
    return progress;
}

struct heed_task *heed_engine_take_task(struct heed_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    struct heed_task *task = engine->ended;
    engine->ended = NULL;
    pthread_mutex_unlock(&engine->lock);
    return task;
}

void heed_engine_offer(struct heed_engine *engine, struct heed_loaded *loaded)
{
    pthread_mutex_lock(&engine->lock);
    struct heed_loaded old = engine->offered;
    engine->offered = *loaded;
    pthread_mutex_unlock(&engine->lock);
    *loaded = (struct heed_loaded){0};
    heed_loaded_finish(&old);
}

const struct heed_kit *heed_engine_get_kit(struct heed_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    const struct heed_kit *kit = engine->kit ? heed_kit_retain(engine->kit) : NULL;
    pthread_mutex_unlock(&engine->lock);
    return kit;
}
