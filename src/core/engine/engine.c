#include "core/engine/engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/platform.h"
#include "base/thread.h"
#include "core/engine/file_slot.h"
#include "core/engine/pipeline.h"

enum {
    MOST_CANCELLED_IN_A_ROW = 3,
    MS_TO_END = 500,        /* whatever the worker is at; a layer takes less */
    SECONDS_TO_TRIM = 3,    /* without a job: memory is given back */
    MS_TO_TAKE = 1000,      /* a large result, before the next one is begun */
    LARGE = 8 * 1024 * 1024 /* bytes of attention */
};

/* A job and the memory that it points to, at the beginning of its arena. */
struct owned_job {
    struct heed_job job;
    struct heed_arena arena;
    const struct heed_result *cuts_of; /* held; NULL without */
};

struct heed_engine {
    struct heed_engine_options options;
    char *folder;
    struct heed_stock *stock; /* of jobs */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a job came, quit, or the worker ended */
    /* Under the lock: */
    struct owned_job *pending;
    struct heed_loaded offered;      /* that no job has asked for yet */
    const struct heed_kit *kit;      /* the pipeline's, held */
    const struct owned_job *current; /* what the worker is at */
    const struct heed_result *newest;
    struct heed_task *task;  /* the long one in hand */
    struct heed_task *ended; /* that nobody has taken yet */
    struct heed_task_progress progress;
    bool progress_is_news; /* the wake-up was called for it */
    bool is_handing_over;  /* a large result: its forerunner isn't back yet */
    bool is_to_rest;
    bool quit;
    bool stopped;     /* the worker does nothing any more */
    bool left_behind; /* destroyed while it hangs: the worker frees the engine */
    /* Any thread: */
    atomic_bool overtaken, quitting;
    atomic_bool unit_is_overtaken; /* a job came, or the task isn't in hand */
    /* The worker's own: */
    struct heed_pipeline *pipeline; /* NULL: its opening failed */
    char *model;                    /* whose it is, as jobs have it; NULL: the first one */
    struct heed_error open_error;   /* why it has none */
    struct heed_file_slot file;     /* what a job of a file is done with */
    const struct heed_result *previous, *previous_b; /* of A and of B */
    int n_cancelled;
};

static void free_job(struct owned_job *owned)
{
    if (owned) {
        struct heed_arena arena = owned->arena; /* the job lies in it */
        heed_result_release(owned->cuts_of);
        heed_arena_finish(&arena);
    }
}

/* Puts a copy in the place of what *field points to. */
static bool own(struct heed_arena *arena, void *field, size_t size)
{
    const void *bytes = NULL;
    memcpy(&bytes, field, sizeof bytes);
    if (!bytes) {
        return true;
    }
    char *copy = heed_arena_copy(arena, bytes, size);
    memcpy(field, &copy, sizeof copy);
    return copy != NULL;
}

static struct owned_job *copy_job(struct heed_stock *stock, const struct heed_job *job)
{
    struct heed_arena arena = {.stock = stock};
    struct owned_job *owned = heed_arena_zeroed(&arena, 1, sizeof *owned);
    if (!owned) {
        return NULL;
    }
    owned->job = *job;
    const bool ok = own(&arena, &owned->job.text, job->text_length) &&
                    own(&arena, &owned->job.pair, job->pair_length) &&
                    own(&arena, &owned->job.compare, job->compare_length) &&
                    own(&arena, &owned->job.model, job->model ? strlen(job->model) : 0) &&
                    own(&arena, &owned->job.compare_model,
                        job->compare_model ? strlen(job->compare_model) : 0) &&
                    own(&arena, &owned->job.file, job->file ? strlen(job->file) : 0) &&
                    own(&arena, &owned->job.muted, (size_t)job->n_muted * sizeof *job->muted) &&
                    own(&arena, &owned->job.scaled, (size_t)job->n_scaled * sizeof *job->scaled) &&
                    own(&arena, &owned->job.cuts, (size_t)job->n_cuts * sizeof *job->cuts) &&
                    own(&arena, &owned->job.heads, (size_t)job->n_heads * sizeof *job->heads);
    owned->arena = arena;
    if (!ok) {
        free_job(owned);
        return NULL;
    }
    owned->job.cuts_of = job->n_cuts > 0 ? job->cuts_of : NULL;
    if (owned->job.cuts_of) {
        owned->cuts_of = heed_result_retain(job->cuts_of);
    }
    return owned;
}

/* Either may be NULL: not there. */
static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return (a != NULL) == (b != NULL) &&
           (!a || (a_length == b_length && memcmp(a, b, a_length) == 0));
}

static bool same_model(const char *a, const char *b)
{
    return same_bytes(a, a ? strlen(a) : 0, b, b ? strlen(b) : 0);
}

static bool same_text(const struct heed_job *a, const struct heed_job *b)
{
    return same_model(a->model, b->model) && same_model(a->compare_model, b->compare_model) &&
           same_bytes(a->text, a->text_length, b->text, b->text_length) &&
           same_bytes(a->pair, a->pair_length, b->pair, b->pair_length) &&
           same_bytes(a->compare, a->compare_length, b->compare, b->compare_length) &&
           same_bytes(a->file, a->file ? strlen(a->file) : 0, b->file,
                      b->file ? strlen(b->file) : 0) &&
           a->part == b->part;
}

/* What the next result may share with this one; NULL: nothing. */
static void keep_previous(struct heed_engine *engine, const struct heed_result *result)
{
    heed_result_release(engine->previous);
    heed_result_release(engine->previous_b);
    engine->previous = result ? heed_result_retain(result) : NULL;
    engine->previous_b =
        result && result->compare ? heed_result_retain(result->compare->result) : NULL;
}

/* Keeps nothing whose run the job can't share: it goes to the stock. */
static void drop_unlike(struct heed_engine *engine, const struct heed_job *job)
{
    const struct heed_job other = heed_job_of_second(job);
    if (engine->previous && !heed_result_has_text(engine->previous, job)) {
        heed_result_release(engine->previous);
        engine->previous = NULL;
    }
    if (engine->previous_b && !(job->compare && heed_result_has_text(engine->previous_b, &other))) {
        heed_result_release(engine->previous_b);
        engine->previous_b = NULL;
    }
}

static void free_engine(struct heed_engine *engine)
{
    keep_previous(engine, NULL);
    heed_result_release(engine->newest);
    heed_kit_release(engine->kit);
    heed_pipeline_close(engine->pipeline);
    heed_loaded_finish(&engine->offered);
    free(engine->model);
    heed_file_slot_close(&engine->file);
    free_job(engine->pending);
    heed_task_release(engine->task);
    heed_task_release(engine->ended);
    pthread_cond_destroy(&engine->changed);
    pthread_mutex_destroy(&engine->lock);
    heed_stock_leave(engine->stock);
    free(engine->folder);
    free(engine);
}

/* In the place of the model before; the error is why there is none. Takes both. B's stays. */
static void put_model(struct heed_engine *engine, char *model, struct heed_pipeline *pipeline)
{
    keep_previous(engine, NULL);
    if (pipeline && engine->pipeline) {
        char *name = NULL;
        struct heed_pipeline *second = heed_pipeline_take_second(engine->pipeline, &name);
        heed_pipeline_give_second(pipeline, second ? name : NULL, second);
        free(second ? NULL : name);
    }
    const struct heed_kit *kit = pipeline ? heed_pipeline_get_kit(pipeline) : NULL;
    pthread_mutex_lock(&engine->lock);
    const struct heed_kit *old = engine->kit;
    engine->kit = kit ? heed_kit_retain(kit) : NULL;
    pthread_mutex_unlock(&engine->lock);
    heed_kit_release(old);
    heed_pipeline_close(engine->pipeline);
    free(engine->model);
    engine->pipeline = pipeline;
    engine->model = model;
}

static void open_model(struct heed_engine *engine, char *model)
{
    struct heed_pipeline *pipeline = NULL;
    if (!heed_pipeline_open(&pipeline, model ? model : engine->folder, engine->options.encoder,
                            &engine->open_error)) {
        pipeline = NULL;
    }
    put_model(engine, model, pipeline);
}

/* What was offered, if it is of that model. */
static struct heed_loaded take_offer(struct heed_engine *engine, const char *model)
{
    struct heed_loaded offer = {0};
    pthread_mutex_lock(&engine->lock);
    if (model && engine->offered.folder && strcmp(engine->offered.folder, model) == 0) {
        offer = engine->offered;
        engine->offered = (struct heed_loaded){0};
    }
    pthread_mutex_unlock(&engine->lock);
    return offer;
}

/* The long task is of the model before. */
static void end_task(struct heed_engine *engine)
{
    struct heed_error error = {0};
    heed_error_set(&error, HEED_ERROR_INPUT, "the work ended: another model is open now");
    pthread_mutex_lock(&engine->lock);
    struct heed_task *older = NULL;
    if (engine->task) {
        older = engine->ended;
        heed_task_fail(engine->task, &error);
        engine->ended = engine->task;
        engine->task = NULL;
        engine->progress = (struct heed_task_progress){0};
    }
    pthread_mutex_unlock(&engine->lock);
    heed_task_release(older);
}

/* What was B's is A's now and the other way round: nothing is opened. */
static bool swap_models(struct heed_engine *engine, const struct heed_job *job)
{
    struct heed_pipeline *first = engine->pipeline;
    char *name = NULL;
    char *other = NULL;
    if (!first || !job->model || same_model(engine->model, job->model)) {
        return false;
    }
    struct heed_pipeline *second = heed_pipeline_take_second(first, &name);
    if (!second || strcmp(name, job->model) != 0 ||
        !(other = strdup(engine->model ? engine->model
                                       : heed_model_get_folder(heed_pipeline_get_model(first))))) {
        heed_pipeline_give_second(first, name, second);
        return false;
    }
    end_task(engine);
    engine->pipeline = NULL; /* it isn't closed */
    put_model(engine, name, second);
    heed_pipeline_give_second(second, other, first);
    return true;
}

/* The job's model takes the place of the one before. False: no memory. */
static bool switch_model(struct heed_engine *engine, const struct heed_job *job,
                         struct heed_error *err)
{
    struct heed_loaded offer = take_offer(engine, job->model);
    if (!offer.pipeline && swap_models(engine, job)) {
        return true;
    }
    if (!offer.pipeline && same_model(engine->model, job->model)) {
        return true;
    }
    end_task(engine);
    if (offer.pipeline) {
        put_model(engine, offer.folder, offer.pipeline);
        return true;
    }
    char *model = job->model ? strdup(job->model) : NULL;
    if (job->model && !model) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", job->model);
    }
    put_model(engine, NULL, NULL); /* two of them may not fit */
    open_model(engine, model);
    return true;
}

/* B's model is that of the job, and closed when jobs have none any more. */
static bool switch_second(struct heed_engine *engine, struct heed_pipeline *pipeline,
                          const struct heed_job *job, struct heed_error *err)
{
    if (job->file) {
        return true;
    }
    if (!job->compare_model) {
        heed_pipeline_give_second(pipeline, NULL, NULL);
        return true;
    }
    struct heed_loaded offer = take_offer(engine, job->compare_model);
    if (offer.pipeline) {
        heed_pipeline_give_second(pipeline, offer.folder, offer.pipeline);
    }
    return !job->compare || heed_pipeline_open_second(pipeline, job->compare_model, err);
}

/* What the worker is to do next: a job, else a unit of a task, else quit. */
struct turn {
    struct owned_job *job;
    struct heed_task *task; /* retained */
};

static bool is_large(const struct heed_result *result)
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
           (engine->is_handing_over || is_large(engine->newest))) {
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
        keep_previous(engine, NULL);
        heed_file_slot_close(&engine->file);
    }
    if (!job->file) {
        if (!switch_model(engine, job, err)) {
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
    if (!switch_second(engine, pipeline, job, &error)) {
        return heed_result_fail(job->generation, &error, HEED_WANTS_SECOND);
    }
    drop_unlike(engine, job);
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
        keep_previous(engine, result);
    } else if (error.code == HEED_ERROR_CANCELLED) {
        engine->n_cancelled++;
        return NULL;
    } else {
        result = heed_result_fail(job->generation, &error, HEED_WANTS_NOTHING);
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

static void *work(void *context)
{
    struct heed_engine *engine = context;
    open_model(engine, NULL);
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
        free_engine(engine);
    }
    return NULL;
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
    const int status = pthread_create(&made->thread, NULL, work, made);
    if (status != 0) {
        free_engine(made);
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
    free_engine(engine);
}

bool heed_engine_submit(struct heed_engine *engine, const struct heed_job *job,
                        struct heed_error *err)
{
    struct owned_job *owned = copy_job(engine->stock, job);
    if (!owned) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the text");
    }
    pthread_mutex_lock(&engine->lock);
    struct owned_job *overtaken = engine->pending;
    engine->pending = owned;
    engine->is_to_rest = false;
    atomic_store(&engine->overtaken, engine->current && !same_text(&engine->current->job, job));
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
    engine->is_handing_over = engine->is_handing_over || is_large(result);
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
