/* The worker's thread. */
#include "base/platform.h"
#include "base/thread.h"
#include "core/engine/engine_private.h"
#include "core/engine/pipeline.h"

enum {
    MOST_CANCELLED_IN_A_ROW = 3,
    SECONDS_TO_TRIM = 3,    /* without a job: memory is given back */
    MS_TO_TAKE = 1000,      /* a large result, before the next one is begun */
    LARGE = 8 * 1024 * 1024 /* bytes of attention */
};

/* What the worker is to do next: a job, else a unit of a task, else quit. */
struct turn {
    struct heed_owned_job *job;
    struct heed_task *task; /* retained */
};

bool heed_engine_is_large(const struct heed_result *result)
{
    if (!result || !result->ok) {
        return false;
    }
    const struct heed_run *run = result->run;
    const size_t rows = (size_t)run->n_layers * (size_t)run->n_heads * (size_t)run->n_tokens;
    return rows * (size_t)run->n_tokens * sizeof(float) >= LARGE;
}

/* Waits, under the lock, until the large result that was published is in the
 * place of the one before, whose memory then serves the next: else three would
 * be in memory while keys come quicker than results are made. */
static void wait_for_memory(struct heed_engine *engine)
{
    const struct timespec until = heed_thread_in(MS_TO_TAKE);
    int status = 0;
    while (status == 0 && engine->pending && !engine->quit &&
           (engine->is_handing_over || heed_engine_is_large(engine->newest))) {
        status = pthread_cond_timedwait(&engine->changed, &engine->lock, &until);
    }
}

/* What the last job didn't need is given back. */
static void trim(struct heed_engine *engine)
{
    struct heed_pipeline *second = heed_pipeline_get_second(engine->pipeline);
    heed_encoder_trim(heed_pipeline_get_encoder(engine->pipeline));
    if (second) {
        heed_encoder_trim(heed_pipeline_get_encoder(second));
    }
    (void)heed_stock_trim(engine->stock);
}

static void rest_model(struct heed_pipeline *pipeline)
{
    if (pipeline) {
        heed_encoder_rest(heed_pipeline_get_encoder(pipeline));
        heed_model_drop_pages(heed_pipeline_get_model(pipeline));
    }
}

/* B's model, too, goes where the last job didn't compare. */
static void rest(struct heed_engine *engine)
{
    if (engine->pipeline && !(engine->previous && engine->previous->compare)) {
        heed_pipeline_give_second(engine->pipeline, NULL, NULL);
    }
    rest_model(engine->pipeline);
    rest_model(engine->pipeline ? heed_pipeline_get_second(engine->pipeline) : NULL);
    (void)heed_stock_drop(engine->stock);
    heed_platform_trim_heap();
}

/* Waits, under the lock, until there is something to do. After some seconds it
 * trims, once. */
static void wait_for_turn(struct heed_engine *engine)
{
    const struct timespec until = heed_thread_in(1000 * SECONDS_TO_TRIM);
    bool is_trimmed = !engine->pipeline;
    while (!engine->pending && !engine->task && !engine->quit) {
        void (*give_back)(struct heed_engine *) = NULL;
        if (engine->is_to_rest) {
            engine->is_to_rest = false;
            give_back = rest;
        } else if (is_trimmed) {
            pthread_cond_wait(&engine->changed, &engine->lock);
        } else if (pthread_cond_timedwait(&engine->changed, &engine->lock, &until) != 0) {
            give_back = trim;
        }
        if (give_back) {
            is_trimmed = true;
            pthread_mutex_unlock(&engine->lock);
            give_back(engine);
            pthread_mutex_lock(&engine->lock);
        }
    }
}

/* Waits for it. */
static struct turn take_turn(struct heed_engine *engine)
{
    struct turn turn = {0};
    pthread_mutex_lock(&engine->lock);
    wait_for_turn(engine);
    wait_for_memory(engine);
    if (engine->quit) {
        pthread_mutex_unlock(&engine->lock);
        return turn;
    }
    if (engine->pending) {
        turn.job = engine->pending;
        engine->pending = NULL;
        engine->current = turn.job;
        atomic_store(&engine->overtaken, false);
    } else {
        turn.task = heed_task_retain(engine->task);
        atomic_store(&engine->unit_is_overtaken, false);
    }
    pthread_mutex_unlock(&engine->lock);
    return turn;
}

static bool is_cancelled(void *context)
{
    const struct heed_engine *engine = context;
    return atomic_load(&engine->quitting) ||
           (engine->n_cancelled < MOST_CANCELLED_IN_A_ROW && atomic_load(&engine->overtaken));
}

/* The model's, or that of the job's file, which is open as long as jobs are of it.
 * NULL, with an error: there is none. */
static struct heed_pipeline *find_pipeline(struct heed_engine *engine, const struct heed_job *job,
                                           struct heed_error *err)
{
    if (!heed_file_slot_holds(&engine->file, job)) {
        heed_engine_keep_previous(engine, NULL);
        heed_file_slot_close(&engine->file);
    }
    if (!job->file) {
        if (!heed_engine_switch_model(engine, job, err)) {
            return NULL;
        }
        *err = engine->open_error;
        return engine->pipeline;
    }
    return heed_file_slot_open(&engine->file, job, err) ? engine->file.pipeline : NULL;
}

/* NULL if the job was cancelled (or not even an error fits in memory). */
static const struct heed_result *run_job(struct heed_engine *engine, const struct heed_job *job)
{
    struct heed_error error = {0};
    struct heed_pipeline *pipeline = find_pipeline(engine, job, &error);
    if (!pipeline) {
        return heed_result_fail(job->generation, &error,
                                job->file ? HEED_WANTS_NOTHING : HEED_WANTS_MODEL);
    }
    if (!heed_engine_switch_second(engine, pipeline, job, &error)) {
        return heed_result_fail(job->generation, &error, HEED_WANTS_SECOND);
    }
    heed_engine_drop_unlike(engine, job);
    const struct heed_pipeline_hints hints = {
        .previous = engine->previous,
        .previous_b = engine->previous_b,
        .cancelled = is_cancelled,
        .context = engine,
    };
    if (!job->file) {
        struct heed_pipeline *second = heed_pipeline_get_second(pipeline);
        heed_stock_mark(heed_encoder_get_stock(heed_pipeline_get_encoder(pipeline)));
        if (second) {
            heed_stock_mark(heed_encoder_get_stock(heed_pipeline_get_encoder(second)));
        }
    }
    const struct heed_result *result = NULL;
    if (heed_pipeline_run(pipeline, job, hints, &result, &error)) {
        heed_engine_keep_previous(engine, result);
    } else if (error.code == HEED_ERROR_CANCELLED) {
        engine->n_cancelled++;
        return NULL;
    } else {
        result = heed_result_fail(job->generation, &error, HEED_WANTS_NOTHING);
    }
    engine->n_cancelled = 0;
    return result;
}

static void publish(struct heed_engine *engine, struct heed_owned_job *job,
                    const struct heed_result *result)
{
    const struct heed_result *older = NULL;
    pthread_mutex_lock(&engine->lock);
    engine->current = NULL;
    if (result) {
        older = engine->newest;
        engine->newest = result;
    }
    const bool wake = result && !engine->quit && engine->options.wake;
    pthread_mutex_unlock(&engine->lock);
    heed_result_release(older);
    heed_owned_job_free(job);
    if (wake) {
        engine->options.wake(engine->options.wake_context);
    }
}

static bool unit_is_cancelled(void *context)
{
    const struct heed_engine *engine = context;
    return atomic_load(&engine->quitting) || atomic_load(&engine->unit_is_overtaken);
}

/* One unit of a task, or why there can be none. */
static enum heed_task_outcome do_unit(struct heed_engine *engine, struct heed_task *task)
{
    const struct heed_task_world world = {
        .pipeline = engine->pipeline,
        .cancelled = unit_is_cancelled,
        .context = engine,
    };
    if (!engine->pipeline && heed_task_needs_model(task)) {
        heed_task_fail(task, &engine->open_error);
        return HEED_TASK_FAILED;
    }
    return heed_task_advance(task, &world);
}

/* Tells of a unit that was done, unless the task isn't wanted any more. Takes the reference. */
static void work_on(struct heed_engine *engine, struct heed_task *task)
{
    const enum heed_task_outcome outcome = do_unit(engine, task);
    struct heed_task *older = NULL;
    bool wake = false;
    pthread_mutex_lock(&engine->lock);
    if (engine->task == task && outcome != HEED_TASK_INTERRUPTED) {
        heed_task_count(task, &engine->progress.done, &engine->progress.all);
        wake = !engine->progress_is_news || outcome != HEED_TASK_GOES_ON;
        engine->progress_is_news = true;
        if (outcome != HEED_TASK_GOES_ON) {
            older = engine->ended;
            engine->ended = engine->task; /* with its reference */
            engine->task = NULL;
            engine->progress = (struct heed_task_progress){0};
        }
    }
    wake = wake && !engine->quit && engine->options.wake;
    pthread_mutex_unlock(&engine->lock);
    heed_task_release(older);
    heed_task_release(task);
    if (wake) {
        engine->options.wake(engine->options.wake_context);
    }
}

void *heed_engine_work(void *context)
{
    struct heed_engine *engine = context;
    heed_engine_open_first(engine);
    struct turn turn = take_turn(engine);
    while (turn.job || turn.task) {
        if (turn.job) {
            publish(engine, turn.job, run_job(engine, &turn.job->job));
        } else {
            work_on(engine, turn.task);
        }
        turn = take_turn(engine);
    }
    pthread_mutex_lock(&engine->lock);
    engine->stopped = true;
    const bool left_behind = engine->left_behind;
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
    if (left_behind) {
        heed_engine_free(engine);
    }
    return NULL;
}
