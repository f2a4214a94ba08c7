#include "core/engine/engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/engine/pipeline.h"

enum { MOST_CANCELLED_IN_A_ROW = 3, SECONDS_TO_OPEN = 5 };

/* A job and the memory that it points to. */
struct owned_job {
    struct heed_job job;
    char *text, *pair, *compare;
    struct heed_head_id *heads, *muted;
    struct heed_scaled_head *scaled;
    struct heed_cut_link *cuts;
    const struct heed_result *cuts_of;
};

struct heed_engine {
    struct heed_engine_options options;
    char *folder;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a job came, quit, or opening ended */
    /* Under the lock: */
    struct owned_job *pending;
    const struct owned_job *current; /* what the worker is at */
    const struct heed_result *newest;
    struct heed_task *task;  /* the long one in hand */
    struct heed_task *ended; /* that nobody has taken yet */
    struct heed_task_progress progress;
    bool progress_is_news; /* the wake-up was called for it */
    bool quit;
    bool opening;
    bool left_behind; /* destroyed while opening: the worker frees the engine */
    /* Any thread: */
    atomic_bool overtaken, quitting;
    atomic_bool unit_is_overtaken; /* a job came, or the task isn't in hand */
    _Atomic(const struct heed_model *) model;
    _Atomic(const struct heed_tokenizer *) tokenizer;
    /* The worker's own: */
    struct heed_pipeline *pipeline;
    struct heed_error open_error;
    const struct heed_result *previous;
    int n_cancelled;
};

static void free_job(struct owned_job *owned)
{
    if (owned) {
        free(owned->text);
        free(owned->pair);
        free(owned->compare);
        free(owned->muted);
        free(owned->scaled);
        free(owned->cuts);
        heed_result_release(owned->cuts_of);
        free(owned->heads);
        free(owned);
    }
}

static bool copy_bytes(void *to, const void *from, size_t size)
{
    void *copy = malloc(size + 1);
    if (!copy) {
        return false;
    }
    memcpy(copy, from, size);
    memcpy(to, &copy, sizeof copy);
    return true;
}

static struct owned_job *copy_job(const struct heed_job *job)
{
    struct owned_job *owned = calloc(1, sizeof *owned);
    if (!owned) {
        return NULL;
    }
    const size_t heads_size = (size_t)job->n_heads * sizeof *job->heads;
    const size_t muted_size = (size_t)job->n_muted * sizeof *job->muted;
    const size_t scaled_size = (size_t)job->n_scaled * sizeof *job->scaled;
    const size_t cuts_size = (size_t)job->n_cuts * sizeof *job->cuts;
    if (!copy_bytes(&owned->text, job->text, job->text_length) ||
        (job->pair && !copy_bytes(&owned->pair, job->pair, job->pair_length)) ||
        (job->compare &&
         !copy_bytes(&owned->compare, job->compare, job->compare_length)) ||
        (job->n_muted > 0 && !copy_bytes(&owned->muted, job->muted, muted_size)) ||
        (job->n_scaled > 0 && !copy_bytes(&owned->scaled, job->scaled, scaled_size)) ||
        (job->n_cuts > 0 && !copy_bytes(&owned->cuts, job->cuts, cuts_size)) ||
        (job->n_heads > 0 && !copy_bytes(&owned->heads, job->heads, heads_size))) {
        free_job(owned);
        return NULL;
    }
    owned->job = *job;
    owned->job.text = owned->text;
    owned->job.pair = owned->pair;
    owned->job.compare = owned->compare;
    owned->job.muted = owned->muted;
    owned->job.scaled = owned->scaled;
    owned->job.cuts = owned->cuts;
    if (job->cuts_of) {
        owned->cuts_of = heed_result_retain(job->cuts_of);
        owned->job.cuts_of = owned->cuts_of;
    }
    owned->job.heads = owned->heads;
    return owned;
}

/* Either may be NULL: not there. */
static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return (a != NULL) == (b != NULL) &&
           (!a || (a_length == b_length && memcmp(a, b, a_length) == 0));
}

static bool same_text(const struct heed_job *a, const struct heed_job *b)
{
    return same_bytes(a->text, a->text_length, b->text, b->text_length) &&
           same_bytes(a->pair, a->pair_length, b->pair, b->pair_length) &&
           same_bytes(a->compare, a->compare_length, b->compare, b->compare_length);
}

static void free_engine(struct heed_engine *engine)
{
    heed_result_release(engine->previous);
    heed_result_release(engine->newest);
    heed_pipeline_close(engine->pipeline);
    free_job(engine->pending);
    heed_task_release(engine->task);
    heed_task_release(engine->ended);
    pthread_cond_destroy(&engine->changed);
    pthread_mutex_destroy(&engine->lock);
    free(engine->folder);
    free(engine);
}

/* Returns false if the engine was left behind meanwhile. */
static bool open_model(struct heed_engine *engine)
{
    if (heed_pipeline_open(&engine->pipeline, engine->folder,
                           engine->options.encoder, &engine->open_error)) {
        atomic_store(&engine->model, heed_pipeline_get_model(engine->pipeline));
        atomic_store(&engine->tokenizer,
                     heed_pipeline_get_tokenizer(engine->pipeline));
    }
    pthread_mutex_lock(&engine->lock);
    engine->opening = false;
    const bool wanted = !engine->left_behind;
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
    return wanted;
}

/* What the worker is to do next: a job, else a unit of a task, else quit. */
struct turn {
    struct owned_job *job;
    struct heed_task *task; /* retained */
};

/* Waits for it. */
static struct turn take_turn(struct heed_engine *engine)
{
    struct turn turn = {0};
    pthread_mutex_lock(&engine->lock);
    while (!engine->pending && !engine->task && !engine->quit) {
        pthread_cond_wait(&engine->changed, &engine->lock);
    }
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
           (engine->n_cancelled < MOST_CANCELLED_IN_A_ROW &&
            atomic_load(&engine->overtaken));
}

/* NULL if the job was cancelled (or not even an error fits in memory). */
static const struct heed_result *run_job(struct heed_engine *engine,
                                         const struct heed_job *job)
{
    struct heed_error error = engine->open_error;
    if (!engine->pipeline) {
        return heed_result_fail(job->generation, &error);
    }
    if (engine->previous && !heed_result_has_text(engine->previous, job)) {
        heed_result_release(engine->previous); /* its run goes to the pool */
        engine->previous = NULL;
    }
    const struct heed_pipeline_hints hints = {
        .previous = engine->previous,
        .cancelled = is_cancelled,
        .context = engine,
    };
    const struct heed_result *result = NULL;
    if (heed_pipeline_run(engine->pipeline, job, hints, &result, &error)) {
        heed_result_release(engine->previous);
        engine->previous = heed_result_retain(result);
    } else if (error.code == HEED_ERROR_CANCELLED) {
        engine->n_cancelled++;
        return NULL;
    } else {
        result = heed_result_fail(job->generation, &error);
    }
    engine->n_cancelled = 0;
    return result;
}

static void publish(struct heed_engine *engine, struct owned_job *job,
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
    free_job(job);
    if (wake) {
        engine->options.wake(engine->options.wake_context);
    }
}

static bool unit_is_cancelled(void *context)
{
    const struct heed_engine *engine = context;
    return atomic_load(&engine->quitting) ||
           atomic_load(&engine->unit_is_overtaken);
}

/* One unit of a task, or why there can be none. */
static enum heed_task_outcome do_unit(struct heed_engine *engine,
                                      struct heed_task *task)
{
    const struct heed_task_world world = {
        .pipeline = engine->pipeline,
        .cancelled = unit_is_cancelled,
        .context = engine,
    };
    if (!engine->pipeline) {
        heed_task_fail(task, &engine->open_error);
        return HEED_TASK_FAILED;
    }
    return heed_task_advance(task, &world);
}

/* Tells of a unit that was done, unless the task isn't wanted any more. Takes
 * the reference. */
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

static void *work(void *context)
{
    struct heed_engine *engine = context;
    if (!open_model(engine)) {
        free_engine(engine);
        return NULL;
    }
    struct turn turn = take_turn(engine);
    while (turn.job || turn.task) {
        if (turn.job) {
            publish(engine, turn.job, run_job(engine, &turn.job->job));
        } else {
            work_on(engine, turn.task);
        }
        turn = take_turn(engine);
    }
    return NULL;
}

bool heed_engine_create(struct heed_engine **engine,
                        struct heed_engine_options options, struct heed_error *err)
{
    struct heed_engine *made = calloc(1, sizeof *made);
    if (!made ||
        !copy_bytes(&made->folder, options.folder, strlen(options.folder) + 1)) {
        free(made);
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the worker");
    }
    made->options = options;
    made->opening = true;
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&made->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    const int status = pthread_create(&made->thread, NULL, work, made);
    if (status != 0) {
        free_engine(made);
        return heed_error_set(err, HEED_ERROR_SYSTEM,
                              "can't start the worker thread: %s",
                              strerror(status));
    }
    *engine = made;
    return true;
}

/* Waits for the model to be open. True if it hangs: the worker then frees the
 * engine, should it ever go on. */
static bool leave_behind(struct heed_engine *engine)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += SECONDS_TO_OPEN;
    int status = 0;
    while (engine->opening && status == 0) {
        status = pthread_cond_timedwait(&engine->changed, &engine->lock, &until);
    }
    engine->left_behind = engine->opening;
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
    free_engine(engine);
}

bool heed_engine_submit(struct heed_engine *engine, const struct heed_job *job,
                        struct heed_error *err)
{
    struct owned_job *owned = copy_job(job);
    if (!owned) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the text");
    }
    pthread_mutex_lock(&engine->lock);
    struct owned_job *overtaken = engine->pending;
    engine->pending = owned;
    atomic_store(&engine->overtaken,
                 engine->current && !same_text(&engine->current->job, job));
    atomic_store(&engine->unit_is_overtaken, true);
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
    free_job(overtaken);
    return true;
}

const struct heed_result *heed_engine_take(struct heed_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    const struct heed_result *result = engine->newest;
    engine->newest = NULL;
    pthread_mutex_unlock(&engine->lock);
    return result;
}

/* Puts another task, or none, in the place of the one in hand. */
static void replace_task(struct heed_engine *engine, struct heed_task *task)
{
    struct heed_task *old = engine->task;
    engine->task = task;
    engine->progress =
        (struct heed_task_progress){.id = task ? heed_task_get_id(task) : 0};
    atomic_store(&engine->unit_is_overtaken, true);
    pthread_cond_broadcast(&engine->changed);
    heed_task_release(old);
}

void heed_engine_start(struct heed_engine *engine, struct heed_task *task)
{
    pthread_mutex_lock(&engine->lock);
    replace_task(engine, task);
    pthread_mutex_unlock(&engine->lock);
}

void heed_engine_cancel(struct heed_engine *engine, uint64_t id)
{
    pthread_mutex_lock(&engine->lock);
    if (engine->task && heed_task_get_id(engine->task) == id) {
        replace_task(engine, NULL);
    } else if (engine->ended && heed_task_get_id(engine->ended) == id) {
        heed_task_release(engine->ended);
        engine->ended = NULL;
    }
    pthread_mutex_unlock(&engine->lock);
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

const struct heed_model *heed_engine_get_model(const struct heed_engine *engine)
{
    return atomic_load(&engine->model);
}

const struct heed_tokenizer *heed_engine_get_tokenizer(const struct heed_engine *engine)
{
    return atomic_load(&engine->tokenizer);
}
