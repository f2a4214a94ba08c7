/* Which models are open, and what of the last result the next may share. */
#include <stdlib.h>
#include <string.h>

#include "core/engine/engine_private.h"
#include "core/engine/pipeline.h"

void heed_engine_keep_previous(struct heed_engine *engine, const struct heed_result *result)
{
    heed_result_release(engine->previous);
    heed_result_release(engine->previous_b);
    engine->previous = result ? heed_result_retain(result) : NULL;
    engine->previous_b =
        result && result->compare ? heed_result_retain(result->compare->result) : NULL;
}

void heed_engine_drop_unlike(struct heed_engine *engine, const struct heed_job *job)
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

/* In the place of the model before; the error is why there is none. Takes both. B's stays. */
static void put_model(struct heed_engine *engine, char *model, struct heed_pipeline *pipeline)
{
    heed_engine_keep_previous(engine, NULL);
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

void heed_engine_open_first(struct heed_engine *engine)
{
    open_model(engine, NULL);
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
    if (!first || !job->model || heed_job_is_same_model(engine->model, job->model)) {
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

bool heed_engine_switch_model(struct heed_engine *engine, const struct heed_job *job,
                              struct heed_error *err)
{
    struct heed_loaded offer = take_offer(engine, job->model);
    if (!offer.pipeline && swap_models(engine, job)) {
        return true;
    }
    if (!offer.pipeline && heed_job_is_same_model(engine->model, job->model)) {
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

bool heed_engine_switch_second(struct heed_engine *engine, struct heed_pipeline *pipeline,
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
