/*
 * The worker: takes the newest job, makes its result, calls a wake-up. A job
 * that was overtaken is dropped (or its run cancelled between layers; but not
 * more often than thrice in a row, so that there is something to see while a
 * key is held down on a long text). The submitting thread never waits. Owns
 * model, tokenizer, encoder and the thread. While no job waits it does the
 * units of one long task (core/engine/task.h).
 */
#ifndef HEED_CORE_ENGINE_ENGINE_H
#define HEED_CORE_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/bert/encoder.h"
#include "core/engine/loader.h"
#include "core/engine/result.h"
#include "core/engine/task.h"

struct heed_engine;

struct heed_engine_options {
    const char *folder; /* of the model; NULL: the default one */
    struct heed_encoder_options encoder;
    void (*wake)(void *context); /* called on the worker after publishing */
    void *wake_context;
};

/* Starts at once and opens the model on the worker; failing to open it is
 * the error of every result of a job that is of it. A job of another model opens that
 * one first, unless it was offered. */
HEED_NODISCARD bool heed_engine_create(struct heed_engine **engine,
                                       struct heed_engine_options options, struct heed_error *err);
/* Cancels, joins; wake isn't called any more. Results outlive the engine, with their
 * model and tokenizer. A worker that hangs (in a file system that doesn't
 * answer) for half a second is left behind with its model. NULL is harmless. */
void heed_engine_destroy(struct heed_engine *engine);

/* Copies the job. Newest wins; never blocks longer than a pointer swap. False
 * only when memory is exhausted. */
HEED_NODISCARD bool heed_engine_submit(struct heed_engine *engine, const struct heed_job *job,
                                       struct heed_error *err);
/* Takes a model that was opened by core/engine/loader.h: jobs of its folder are done
 * with it, in the place of the one before. */
void heed_engine_offer(struct heed_engine *engine, struct heed_loaded *loaded);
/* The newest result since the last call, or NULL. The caller releases it, or
 * gives it back. */
const struct heed_result *heed_engine_take(struct heed_engine *engine);
/* After each result that was taken: releases the one that it replaced (NULL:
 * none). The worker waits for that with the next job, a second at most, if the
 * results are large: two of them at a time are enough. */
void heed_engine_give_back(struct heed_engine *engine, const struct heed_result *result);

/* Nothing is asked for at the moment: unless a job comes first, the worker gives
 * all memory back that only work needs, and what others have freed. The next job
 * asks the system for it anew. Never waits. */
void heed_engine_rest(struct heed_engine *engine);

/* Begins a long task in place of the one in hand, which is cancelled. Takes
 * the caller's reference. Never waits. */
void heed_engine_start(struct heed_engine *engine, struct heed_task *task);
/* Ends the task of that id, within one layer of a run: nothing of it will be taken. Never waits. */
void heed_engine_cancel(struct heed_engine *engine, uint64_t id);

/* id 0: no task is in hand. */
struct heed_task_progress {
    uint64_t id;
    int done, all; /* units; all is 0 until it is known */
};

/* How far the task in hand is. The wake-up comes when that has changed since
 * it was asked for, once. */
struct heed_task_progress heed_engine_get_progress(struct heed_engine *engine);
/* The task that ended (done or failed) since the last call, or NULL. The caller releases it. */
struct heed_task *heed_engine_take_task(struct heed_engine *engine);

/* What the next job is done with, as long as it is of the same model; NULL until one is
 * open. The caller releases it. */
const struct heed_kit *heed_engine_get_kit(struct heed_engine *engine);

#endif
