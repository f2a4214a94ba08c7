#include "core/engine/task.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

struct heed_task {
    atomic_int references;
    uint64_t id;
    const struct heed_task_methods *methods;
    void *work;
    /* Of the thread that advances it, until it ended: */
    bool begun, done;
    int next, n_units;
    struct heed_error error;
};

struct heed_task *heed_task_create(uint64_t id, const struct heed_task_methods *methods, void *work)
{
    struct heed_task *task = calloc(1, sizeof *task);
    if (!task) {
        methods->destroy(work);
        return NULL;
    }
    atomic_init(&task->references, 1);
    task->id = id;
    task->methods = methods;
    task->work = work;
    return task;
}

struct heed_task *heed_task_retain(struct heed_task *task)
{
    atomic_fetch_add_explicit(&task->references, 1, memory_order_relaxed);
    return task;
}

void heed_task_release(struct heed_task *task)
{
    if (task && atomic_fetch_sub(&task->references, 1) == 1) {
        task->methods->destroy(task->work);
        free(task);
    }
}

uint64_t heed_task_get_id(const struct heed_task *task)
{
    return task->id;
}

enum heed_task_kind heed_task_get_kind(const struct heed_task *task)
{
    return task->methods->kind;
}

bool heed_task_needs_model(const struct heed_task *task)
{
    return !task->methods->without_model;
}

/* begin, one unit, or end. */
static bool do_next(struct heed_task *task, const struct heed_task_world *world,
                    struct heed_error *err)
{
    const struct heed_task_methods *methods = task->methods;
    if (!task->begun) {
        task->begun = methods->begin(task->work, world, &task->n_units, err);
        return task->begun;
    }
    if (task->next < task->n_units) {
        if (!methods->step(task->work, world, task->next, err)) {
            return false;
        }
        task->next++;
        return true;
    }
    task->done = !methods->end || methods->end(task->work, world, err);
    return task->done;
}

static bool check_model(const struct heed_task_world *world, struct heed_error *err)
{
    const struct heed_model *model =
        world->pipeline ? heed_pipeline_get_model(world->pipeline) : NULL;
    return !model || heed_model_check(model, err);
}

enum heed_task_outcome heed_task_advance(struct heed_task *task,
                                         const struct heed_task_world *world)
{
    struct heed_error error = {0};
    assert(!task->done && task->error.code == HEED_OK);
    if (do_next(task, world, &error) && check_model(world, &error)) {
        return task->done ? HEED_TASK_DONE : HEED_TASK_GOES_ON;
    }
    if (error.code == HEED_ERROR_CANCELLED) {
        return HEED_TASK_INTERRUPTED;
    }
    task->error = error;
    return HEED_TASK_FAILED;
}

void heed_task_count(const struct heed_task *task, int *done, int *all)
{
    *done = task->next;
    *all = task->n_units;
}

void heed_task_fail(struct heed_task *task, const struct heed_error *error)
{
    task->error = *error;
}

bool heed_task_run(struct heed_task *task, struct heed_pipeline *pipeline,
                   bool (*progress)(void *context, int done, int all), void *context,
                   struct heed_error *err)
{
    const struct heed_task_world world = {.pipeline = pipeline};
    enum heed_task_outcome outcome = HEED_TASK_GOES_ON;
    while (outcome == HEED_TASK_GOES_ON) {
        const bool unit = task->begun && task->next < task->n_units;
        if (unit && progress && !progress(context, task->next, task->n_units)) {
            return heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled after %d of %d", task->next,
                                  task->n_units);
        }
        outcome = heed_task_advance(task, &world);
    }
    assert(outcome != HEED_TASK_INTERRUPTED); /* nothing asks for it */
    if (outcome == HEED_TASK_FAILED) {
        return heed_error_set(err, task->error.code, "%s", task->error.text);
    }
    return true;
}

const struct heed_error *heed_task_get_error(const struct heed_task *task)
{
    return task->error.code != HEED_OK ? &task->error : NULL;
}

const void *heed_task_get_work(const struct heed_task *task)
{
    return task->work;
}
