#include "app/app_work.h"

#include "app/app_private.h"
#include "core/engine/overview_task.h"
#include "core/engine/variants_task.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"

/* SDL_PushEvent may be called on any thread. */
void heed_app_wake(void *context)
{
    struct heed_app *app = context;
    if (atomic_load(&app->can_wake)) {
        SDL_Event event = {.type = app->wake_event};
        SDL_PushEvent(&event);
    }
}

bool heed_app_start_engine(struct heed_app *app, const struct heed_app_options *options,
                           struct heed_error *err)
{
    app->encoder = (struct heed_encoder_options){.n_threads = options->n_threads,
                                                 .budget = options->attention_budget};
    const struct heed_engine_options engine = {
        .folder = options->model_folder,
        .encoder = app->encoder,
        .wake = heed_app_wake,
        .wake_context = app,
    };
    return heed_engine_create(&app->engine, engine, err);
}

void heed_app_submit(struct heed_app *app)
{
    struct heed_error err = {0};
    const struct heed_job job = heed_ui_get_job(app->ui, ++app->generation);
    if (!heed_engine_submit(app->engine, &job, &err)) {
        heed_ui_set_message(app->ui, err.text, true);
    }
}

/* How far the long task is, or what it has come to. */
static void take_task(struct heed_app *app)
{
    const struct heed_task_progress progress = heed_engine_get_progress(app->engine);
    struct heed_task *task = heed_engine_take_task(app->engine);
    if (heed_ui_set_progress(app->ui, progress)) {
        app->redraw = true;
    }
    if (task) {
        heed_ui_set_task(app->ui, task);
        heed_task_release(task);
        app->redraw = true;
    }
}

static bool make_probe(struct heed_app *app, struct heed_task **task, uint64_t id,
                       struct heed_error *err)
{
    struct heed_probe_source source = {0};
    struct heed_filter filter;
    heed_ui_get_probe(app->ui, &source, &filter);
    *task = heed_probe_task_create(id, &source, &filter);
    return *task || heed_error_set(err, HEED_ERROR_MEMORY, "out of memory: nothing was probed");
}

static void start_task(struct heed_app *app, enum heed_task_kind kind, uint64_t id)
{
    struct heed_error err = {0};
    struct heed_task *task = NULL;
    bool ok = false;
    switch (kind) {
    case HEED_TASK_ABLATION:
        ok = heed_ablation_task_create(&task, heed_ui_get_ablation(app->ui, id), &err);
        break;
    case HEED_TASK_PROBE:
        ok = make_probe(app, &task, id, &err);
        break;
    case HEED_TASK_VARIANTS: /* of the shown result, as an ablation */
        ok = heed_variants_task_create(&task, id, heed_ui_get_ablation(app->ui, id).result, &err);
        break;
    case HEED_TASK_OVERVIEW:
        ok = heed_overview_task_create(&task, id, app->result, &err);
        break;
    case HEED_N_TASKS:
        break;
    }
    if (ok) {
        heed_engine_start(app->engine, task);
    } else {
        heed_ui_fail_task(app->ui, id, err.text);
    }
}

/* The ui is to know another model; takes the reference. What it showed may be of the one
 * before, which the caller releases. */
static const struct heed_kit *put_kit(struct heed_app *app, const struct heed_kit *kit)
{
    const struct heed_kit *old = app->kit;
    app->kit = kit;
    app->has_told = false;
    app->redraw = true;
    heed_ui_set_model(app->ui, heed_kit_get_model(kit), heed_kit_get_tokenizer(kit));
    return old;
}

/* What had run before this window began, one after the other. */
static void resume(struct heed_app *app)
{
    enum heed_task_kind kind = HEED_N_TASKS;
    const uint64_t resumed = heed_ui_resume(app->ui, &kind);
    if (resumed != 0) {
        start_task(app, kind, resumed);
    }
}

void heed_app_take_results(struct heed_app *app)
{
    const struct heed_kit *first = app->kit ? NULL : heed_engine_get_kit(app->engine);
    const struct heed_kit *old = first ? put_kit(app, first) : NULL;
    take_task(app);
    const struct heed_result *result = heed_engine_take(app->engine);
    if (!result) {
        resume(app);
        return;
    }
    if (result->ok && result->kit && result->kit != app->kit) {
        old = put_kit(app, heed_kit_retain(result->kit));
    }
    heed_ui_set_result(app->ui, result);
    heed_kit_release(old);
    const struct heed_result *replaced = result;
    if (result->ok) {
        replaced = app->result;
        app->result = result;
    }
    heed_engine_give_back(app->engine, replaced);
    app->redraw = true;
    uint64_t cancel = 0;
    const uint64_t overview = heed_ui_follow_overview(app->ui, &cancel);
    if (cancel != 0) {
        heed_engine_cancel(app->engine, cancel);
    }
    if (overview != 0) {
        start_task(app, HEED_TASK_OVERVIEW, overview);
    }
    resume(app);
}

void heed_app_give_work(struct heed_app *app, const struct heed_effects *effects)
{
    if (effects->encode) {
        heed_app_submit(app);
    }
    if (effects->cancel_task != 0) {
        heed_engine_cancel(app->engine, effects->cancel_task);
    }
    if (effects->start) {
        start_task(app, effects->start_kind, effects->start_id);
    }
}
