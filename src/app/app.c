#include "app/app.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "base/clock.h"
#include "core/engine/variants_task.h"
#include "draw/display_list.h"
#include "session/probes.h"
#include "state/probe_files.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"

/* A window that is being resized is painted at most this often, in seconds. */
static const double resize_interval = 0.012;

static bool has_display(void)
{
    static const char *const names[] = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            return true;
        }
    }
    return false;
}

/* Called on the worker. SDL_PushEvent may be called on any thread. */
static void wake(void *context)
{
    struct heed_app *app = context;
    if (atomic_load(&app->can_wake)) {
        SDL_Event event = {.type = app->wake_event};
        SDL_PushEvent(&event);
    }
}

static void submit(struct heed_app *app)
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

/* What the worker has made since. */
static void take_results(struct heed_app *app)
{
    const struct heed_model *model = heed_engine_get_model(app->engine);
    if (model && !app->has_model) {
        app->has_model = true;
        heed_ui_set_model(app->ui, model, heed_engine_get_tokenizer(app->engine));
        app->redraw = true;
    }
    take_task(app);
    const struct heed_result *result = heed_engine_take(app->engine);
    if (!result) {
        return;
    }
    heed_ui_set_result(app->ui, result);
    const struct heed_result *replaced = result;
    if (result->ok) {
        replaced = app->result;
        app->result = result;
    }
    heed_engine_give_back(app->engine, replaced);
    app->redraw = true;
}

static void paste(struct heed_app *app, bool primary)
{
    char *text = NULL;
    if (!primary) {
        text = SDL_GetClipboardText();
    }
#if SDL_VERSION_ATLEAST(2, 26, 0)
    if (primary) {
        text = SDL_GetPrimarySelectionText();
    }
#endif
    if (text && *text) {
        heed_app_handle(app, (struct heed_event){
                                 .kind = HEED_EVENT_PASTE, .text = text, .length = strlen(text)});
    } else if (!primary) {
        /* SDL gives nothing of what comes in parts, as large texts do. */
        heed_ui_set_message(app->ui,
                            "nothing was pasted: the clipboard holds no text, or "
                            "more than can be taken at once",
                            true);
        app->redraw = true;
    }
    SDL_free(text);
}

static void set_selections(const struct heed_effects *effects)
{
    if (effects->set_clipboard) {
        SDL_SetClipboardText(effects->set_clipboard);
    }
#if SDL_VERSION_ATLEAST(2, 26, 0)
    if (effects->set_primary) {
        SDL_SetPrimarySelectionText(effects->set_primary);
    }
#endif
}

/* The path is the ui's and won't outlive the next call to it. */
static void with_path(struct heed_app *app, const char *path,
                      void (*act)(struct heed_app *, const char *))
{
    char *copy = path ? SDL_strdup(path) : NULL;
    if (copy) {
        act(app, copy);
        SDL_free(copy);
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

static void start_task(struct heed_app *app, enum heed_panel panel, uint64_t id)
{
    struct heed_error err = {0};
    struct heed_task *task = NULL;
    bool ok = false;
    switch (panel) {
    case HEED_PANEL_ABLATION:
        ok = heed_ablation_task_create(&task, heed_ui_get_ablation(app->ui, id), &err);
        break;
    case HEED_PANEL_PROBE:
        ok = make_probe(app, &task, id, &err);
        break;
    case HEED_RUN_VARIANTS: /* of the shown result, as an ablation */
        ok = heed_variants_task_create(&task, id, heed_ui_get_ablation(app->ui, id).result, &err);
        break;
    case HEED_PANEL_NONE:
        break;
    }
    if (ok) {
        heed_engine_start(app->engine, task);
    } else {
        heed_ui_fail_task(app->ui, id, err.text);
    }
}

/* What the engine is to do. */
static void give_work(struct heed_app *app, const struct heed_effects *effects)
{
    if (effects->encode) {
        submit(app);
    }
    if (effects->cancel_task != 0) {
        heed_engine_cancel(app->engine, effects->cancel_task);
    }
    if (effects->start != HEED_PANEL_NONE) {
        start_task(app, effects->start, effects->start_id);
    }
}

static void carry_out(struct heed_app *app, const struct heed_effects *effects)
{
    app->quit |= effects->quit;
    app->redraw |= effects->redraw;
    set_selections(effects);
    heed_window_follow(&app->window, effects);
    give_work(app, effects);
    if (effects->redraw) {
        heed_app_note_change(app);
    }
    const bool want_clipboard = effects->want_clipboard;
    const bool want_primary = effects->want_primary;
    with_path(app, effects->open_path, heed_app_open_file);
    with_path(app, effects->save_path, heed_app_save_file);
    with_path(app, effects->export_path, heed_app_export_file);
    if (want_clipboard || want_primary) {
        paste(app, want_primary);
    }
}

void heed_app_handle(struct heed_app *app, struct heed_event event)
{
    struct heed_effects effects = {0};
    event.time = heed_clock_seconds();
    heed_ui_handle(app->ui, &event, app->metrics, &effects);
    carry_out(app, &effects);
}

/* Only what has changed, if the window still has the rest. */
static void show(struct heed_app *app, const struct heed_list *list)
{
    struct heed_window *window = &app->window;
    struct heed_error err = {0};
    const uint64_t before = heed_gl_painter_get_work(app->painter).pixels;
    if (!window->keeps) {
        heed_gl_painter_forget(app->painter);
    }
    if (!heed_gl_painter_repaint(app->painter, list, window->width, window->height, &err)) {
        heed_ui_set_message(app->ui, err.text, true);
    }
    if (app->exposed || heed_gl_painter_get_work(app->painter).pixels != before) {
        app->exposed = false;
        heed_window_show(window);
    }
}

void heed_app_paint(struct heed_app *app)
{
    struct heed_window *window = &app->window;
    struct heed_effects effects = {0};
    const double now = heed_clock_seconds();
    app->redraw = false;
    app->painted_at = now;
    if (heed_window_measure(window)) {
        heed_ui_resize(app->ui, (float)window->width, (float)window->height, window->pixel_ratio);
    }
    const struct heed_list *list = heed_ui_build(app->ui, now, app->metrics, &effects);
    show(app, list);
    heed_window_follow(window, &effects);
    give_work(app, &effects);
    app->wake_at = effects.wake_in >= 0.0 ? now + effects.wake_in : -1.0;
}

/* Paints while a system holds the loop during a resize. */
static int watch(void *context, SDL_Event *event)
{
    struct heed_app *app = context;
    if (event->type == SDL_WINDOWEVENT && event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED &&
        heed_clock_seconds() - app->painted_at > resize_interval) {
        heed_app_paint(app);
    }
    return 0;
}

/* Milliseconds to wait for an event; -1: for ever. */
static int wait_time(const struct heed_app *app)
{
    const double now = heed_clock_seconds();
    double until = app->wake_at;
    if (app->save_at >= 0.0 && (until < 0.0 || app->save_at < until)) {
        until = app->save_at;
    }
    if (app->redraw) {
        return 0;
    }
    if (until < 0.0) {
        return -1;
    }
    return until > now ? (int)ceil(fmin(until - now, 3600.0) * 1e3) : 0;
}

/* A pointer that moved further already: only where it is now counts. */
static bool is_overtaken(const SDL_Event *event)
{
    SDL_Event next;
    return event->type == SDL_MOUSEMOTION &&
           SDL_PeepEvents(&next, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
           next.type == SDL_MOUSEMOTION;
}

static void run_loop(struct heed_app *app)
{
    while (!app->quit) {
        SDL_Event event;
        const int wait = wait_time(app);
        bool got = wait == 0  ? SDL_PollEvent(&event)
                   : wait < 0 ? SDL_WaitEvent(&event)
                              : SDL_WaitEventTimeout(&event, wait);
        /* What is queued behind a request to quit is still typed. */
        for (; got; got = SDL_PollEvent(&event)) {
            if (!is_overtaken(&event)) {
                heed_app_take_event(app, &event);
            }
        }
        take_results(app);
        if (app->wake_at >= 0.0 && heed_clock_seconds() >= app->wake_at) {
            app->redraw = true;
        }
        if (app->redraw && !app->quit) {
            heed_app_paint(app);
        }
        struct heed_error err = {0};
        if (!heed_app_save_last(app, false, &err)) {
            heed_ui_set_message(app->ui, err.text, true);
            app->redraw = true;
        }
    }
}

/* SDL turns SIGINT and SIGTERM into a request to quit; hanging up means the
 * same. They must reach this thread, which waits for events. */
static void block_signals(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

static void unblock_signals(const sigset_t *before)
{
    struct sigaction action;
    if (sigaction(SIGTERM, NULL, &action) == 0 && action.sa_handler != SIG_DFL &&
        action.sa_handler != SIG_IGN) {
        sigaction(SIGHUP, &action, NULL);
    }
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static bool start_engine(struct heed_app *app, const struct heed_app_options *options,
                         struct heed_error *err)
{
    const struct heed_engine_options engine = {
        .folder = options->model_folder,
        .encoder = {.n_threads = options->n_threads},
        .wake = wake,
        .wake_context = app,
    };
    return heed_engine_create(&app->engine, engine, err);
}

/* Without a real display SDL falls back to one that nobody sees. */
static bool check_driver(struct heed_error *err)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    const char *asked = getenv("SDL_VIDEODRIVER");
    if ((!asked || !*asked) && driver &&
        (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0)) {
        const char *x11 = getenv("DISPLAY");
        const char *wayland = getenv("WAYLAND_DISPLAY");
        return heed_error_set(err, HEED_ERROR_SYSTEM, "the display %s can't be opened",
                              x11 && *x11 ? x11 : wayland);
    }
    return true;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

/* An X server that is just starting is waited for, for a second: it is asked
 * again in less than a millisecond. */
static void await_x11(void)
{
    enum { TRIES = 20, PAUSE_MS = 50 };
    if (!is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("SDL_VIDEODRIVER")) {
        return;
    }
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11");
    for (int i = 0; i < TRIES && SDL_InitSubSystem(SDL_INIT_VIDEO) != 0; i++) {
        SDL_Delay(PAUSE_MS);
    }
    SDL_SetHint(SDL_HINT_VIDEODRIVER, NULL);
}

static bool open_display(struct heed_error *err)
{
    await_x11();
    if (SDL_WasInit(SDL_INIT_VIDEO) == 0 && SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        return heed_error_set(err, HEED_ERROR_SYSTEM, "the display can't be used: %s",
                              SDL_GetError());
    }
    return check_driver(err);
}

static bool start_window(struct heed_app *app, struct heed_error *err)
{
    SDL_SetHint(SDL_HINT_APP_NAME, "heed");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
#ifdef SDL_HINT_IME_SUPPORT_EXTENDED_TEXT
    SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1");
#endif
    if (!open_display(err)) {
        return false;
    }
    app->wake_event = SDL_RegisterEvents(1);
    atomic_store(&app->can_wake, true);
    if (!heed_window_open(&app->window, err) || !heed_gl_painter_create(&app->painter, err)) {
        return false;
    }
    app->metrics = heed_gl_painter_get_metrics(app->painter);
    heed_ui_resize(app->ui, (float)app->window.width, (float)app->window.height,
                   app->window.pixel_ratio);
    SDL_AddEventWatch(watch, app);
    return true;
}

static bool run(struct heed_app *app, const struct heed_app_options *options,
                struct heed_error *err)
{
    sigset_t before;
    struct heed_error warning;
    if (!heed_ui_create(&app->ui, err) || !heed_app_load_first(app, options, &warning, err)) {
        return false;
    }
    if (!heed_examples_load(&app->examples, err)) {
        return false;
    }
    heed_ui_set_examples(app->ui, app->examples.items, app->examples.n);
    int n_probes = 0;
    const struct heed_probe_file *probes = heed_probes_get(&n_probes);
    heed_ui_set_probes(app->ui, probes, n_probes);
    block_signals(&before);
    bool ok = start_engine(app, options, err);
    if (ok) {
        submit(app); /* the model is opened while the window is */
        ok = start_window(app, err);
    }
    unblock_signals(&before);
    if (!ok) {
        return false;
    }
    if (warning.code != HEED_OK) {
        heed_ui_set_message(app->ui, warning.text, true);
    } else {
        heed_app_greet(app);
    }
    app->redraw = true;
    app->save_at = -1.0;
    heed_app_paint(app);
    run_loop(app);
    return heed_app_save_last(app, true, err);
}

static void stop(struct heed_app *app)
{
    atomic_store(&app->can_wake, false);
    SDL_DelEventWatch(watch, app);
    heed_engine_destroy(app->engine);
    heed_result_release(app->result);
    heed_ui_destroy(app->ui);
    heed_examples_finish(&app->examples);
    heed_gl_painter_destroy(app->painter);
    heed_window_close(&app->window);
    heed_state_finish(&app->saved);
    SDL_Quit();
    free(app);
}

bool heed_app_run(const struct heed_app_options *options, struct heed_error *err)
{
    if (!has_display()) {
        return heed_error_set(err, HEED_ERROR_SYSTEM,
                              "there is no display: none of DISPLAY, "
                              "WAYLAND_DISPLAY and SDL_VIDEODRIVER is set");
    }
    struct heed_app *app = calloc(1, sizeof *app);
    if (!app) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for the window");
    }
    app->wake_at = app->save_at = -1.0;
    const bool ok = run(app, options, err);
    stop(app);
    return ok;
}
