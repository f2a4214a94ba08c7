/* What the engine's files share: its state, the models that are open, the worker. */
#ifndef HEED_CORE_ENGINE_ENGINE_PRIVATE_H
#define HEED_CORE_ENGINE_ENGINE_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "core/engine/engine.h"
#include "core/engine/file_slot.h"
#include "core/engine/owned_job.h"

struct heed_engine {
    struct heed_engine_options options;
    char *folder;
    struct heed_stock *stock; /* of jobs */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a job came, quit, or the worker ended */
    /* Under the lock: */
    struct heed_owned_job *pending;
    struct heed_loaded offered;           /* that no job has asked for yet */
    const struct heed_kit *kit;           /* the pipeline's, held */
    const struct heed_owned_job *current; /* what the worker is at */
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

void heed_engine_free(struct heed_engine *engine);

/* The worker's thread: opens the first model, then does jobs and, where there are none, units
 * of the task, until it is to quit. context: the engine. */
void *heed_engine_work(void *context);
/* Whether the next result isn't begun before this one is in its place. */
bool heed_engine_is_large(const struct heed_result *result);

/* --- the worker's own --- */

/* What the next result may share with this one; NULL: nothing. */
void heed_engine_keep_previous(struct heed_engine *engine, const struct heed_result *result);
/* Keeps nothing whose run the job can't share: it goes to the stock. */
void heed_engine_drop_unlike(struct heed_engine *engine, const struct heed_job *job);
/* The first model; open_error is why there is none. */
void heed_engine_open_first(struct heed_engine *engine);
/* The job's model takes the place of the one before. False: no memory. */
HEED_NODISCARD bool heed_engine_switch_model(struct heed_engine *engine, const struct heed_job *job,
                                             struct heed_error *err);
/* B's model is that of the job, and closed when jobs have none any more. */
HEED_NODISCARD bool heed_engine_switch_second(struct heed_engine *engine,
                                              struct heed_pipeline *pipeline,
                                              const struct heed_job *job, struct heed_error *err);

#endif
