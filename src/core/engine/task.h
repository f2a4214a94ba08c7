/*
 * Long work in units (a head to mute, a sentence to probe), done beside the
 * live jobs: the engine's worker does one unit whenever no job waits, and a
 * job that comes ends the unit in hand, which is done again afterwards. When
 * the last unit is done a task never changes again; it is reference-counted
 * and may then be shared between threads. Knows neither engine nor window.
 */
#ifndef HEED_CORE_ENGINE_TASK_H
#define HEED_CORE_ENGINE_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/engine/pipeline.h"

enum heed_task_kind {
    HEED_TASK_ABLATION,
    HEED_TASK_PROBE,
    HEED_TASK_VARIANTS, /* without a panel: Lab's inspector shows it */
    HEED_TASK_OVERVIEW, /* likewise, and starts by itself: of a large attention file */
    HEED_N_TASKS
};

/* What a unit is done with. */
struct heed_task_world {
    struct heed_pipeline *pipeline;
    /* For heed_request and heed_pipeline_hints; true: give the unit up with
     * HEED_ERROR_CANCELLED. NULL: never. */
    bool (*cancelled)(void *context);
    void *context;
};

/* A kind of task. work is the kind's own; all but destroy are called on one
 * thread, one at a time. begin and step leave work as it was when they fail
 * with HEED_ERROR_CANCELLED: they are called again. */
struct heed_task_methods {
    enum heed_task_kind kind;
    /* Checks and prepares; *n_units is how often step will be called. */
    bool (*begin)(void *work, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err);
    bool (*step)(void *work, const struct heed_task_world *world, int unit, struct heed_error *err);
    /* After the last unit: what is made of all of them. May be NULL. */
    bool (*end)(void *work, const struct heed_task_world *world, struct heed_error *err);
    void (*destroy)(void *work); /* any thread */
    bool without_model;          /* it needs no pipeline */
};

struct heed_task;

/* id: the caller's, not 0. Takes work, also when it fails (memory: NULL). */
HEED_NODISCARD struct heed_task *
heed_task_create(uint64_t id, const struct heed_task_methods *methods, void *work);
struct heed_task *heed_task_retain(struct heed_task *task);
/* NULL is harmless. */
void heed_task_release(struct heed_task *task);

uint64_t heed_task_get_id(const struct heed_task *task);
enum heed_task_kind heed_task_get_kind(const struct heed_task *task);
bool heed_task_needs_model(const struct heed_task *task);

enum heed_task_outcome {
    HEED_TASK_GOES_ON,     /* another unit is to be done */
    HEED_TASK_INTERRUPTED, /* world.cancelled was true: this unit again */
    HEED_TASK_DONE,
    HEED_TASK_FAILED /* heed_task_get_error says why */
};

/* Does one unit. One thread at a time, and not after DONE or FAILED. */
enum heed_task_outcome heed_task_advance(struct heed_task *task,
                                         const struct heed_task_world *world);
/* How many units are done of how many (0: not begun). The thread that
 * advances it, or after it ended any. */
void heed_task_count(const struct heed_task *task, int *done, int *all);
/* Ends it with this error. */
void heed_task_fail(struct heed_task *task, const struct heed_error *error);

/* All units on this thread, for the commands. progress may be NULL; called
 * before each unit, false cancels. Errors: of the task; cancelled. */
HEED_NODISCARD bool heed_task_run(struct heed_task *task, struct heed_pipeline *pipeline,
                                  bool (*progress)(void *context, int done, int all), void *context,
                                  struct heed_error *err);

/* Of a task that ended: NULL if it is done, else why it failed. */
const struct heed_error *heed_task_get_error(const struct heed_task *task);
/* What the kind's own getters begin with: of a task that is done. */
const void *heed_task_get_work(const struct heed_task *task);

#endif
