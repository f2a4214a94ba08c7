#include "app/app.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_access.h"
#include "app/app_bus.h"
#include "app/app_chooser.h"
#include "app/app_desktop.h"
#include "app/app_document.h"
#include "app/app_end.h"
#include "app/app_events.h"
#include "app/app_export.h"
#include "app/app_files.h"
#include "app/app_handle.h"
#include "app/app_keeper.h"
#include "app/app_lessons.h"
#include "app/app_models.h"
#include "app/app_open.h"
#include "app/app_paint.h"
#include "app/app_private.h"
#include "app/app_recent.h"
#include "app/app_report.h"
#include "app/app_save.h"
#include "app/app_teacher.h"
#include "app/app_work.h"
#include "base/clock.h"
#include "base/platform.h"
#include "session/probes.h"
#include "state/probe_files.h"
#include "ui/actions/lesson.h"
#include "ui/actions/probe.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"

/* A window that is being resized is painted at most this often, in seconds. */
static const double resize_interval = 0.012;
/* Seconds without an event, then memory is given back. */
static const double rest_after = 15.0;

enum { MS_TO_WRITE = 500 /* what is under way at the end */ };

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

static double earlier(double a, double b)
{
    return a < 0.0 || (b >= 0.0 && b < a) ? b : a;
}

/* Milliseconds to wait for an event; -1: for ever. */
static int wait_time(const struct heed_app *app)
{
    const double now = heed_clock_seconds();
    const double until =
        earlier(earlier(earlier(app->wake_at, app->save_at), heed_app_teacher_next(app)),
                earlier(app->rest_at, app->motion.next_at));
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

/* After a while without an event what only the next one would miss is given
 * back, once: caches, and what the heap has kept of all that was done. */
static void rest(struct heed_app *app)
{
    app->rest_at = -1.0;
    heed_ui_drop_picture(app->ui);
    heed_app_paint(app);
    heed_gl_painter_rest(app->painter);
    heed_engine_rest(app->engine);
}

/* A view may have read weights that aren't the model's any more. */
static void check_model(struct heed_app *app)
{
    struct heed_error err = {0};
    const struct heed_model *model = heed_kit_get_model(app->kit);
    if (model && !app->has_told && !heed_model_check(model, &err)) {
        app->has_told = true;
        heed_ui_set_message(app->ui, err.text, true);
        app->redraw = true;
    }
}

/* What the desktop's chooser gave. */
static void take_chosen(struct heed_app *app)
{
    char *path = heed_chooser_take(app);
    if (path) {
        heed_app_handle(app, (struct heed_event){.kind = HEED_EVENT_FILE_CHOSEN,
                                                 .text = path,
                                                 .length = strlen(path)});
        free(path);
    }
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
            app->rest_at = heed_clock_seconds() + rest_after;
            if (!is_overtaken(&event)) {
                heed_app_take_event(app, &event);
            }
        }
        heed_bus_turn(app->bus);
        take_chosen(app);
        heed_app_take_results(app);
        heed_app_take_report(app);
        heed_app_take_models(app);
        app->redraw |= heed_ui_set_stillness(app->ui, heed_desktop_is_still());
        heed_app_take_opened(app);
        heed_app_take_written(app);
        heed_app_take_listed(app);
        heed_app_take_recent(app);
        heed_app_take_looked(app);
        heed_app_step_teacher(app);
        if (app->wake_at >= 0.0 && heed_clock_seconds() >= app->wake_at) {
            app->redraw = true;
        }
        if (app->redraw && !app->quit) {
            heed_app_paint(app);
            check_model(app);
        }
        heed_motion_step(app);
        if (app->rest_at >= 0.0 && heed_clock_seconds() >= app->rest_at) {
            rest(app);
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
    heed_end_watch();
    pthread_sigmask(SIG_SETMASK, before, NULL);
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
    /* The desktop file's name, which is its class too. */
    SDL_setenv("SDL_VIDEO_X11_WMCLASS", "heed", 0);
    SDL_setenv("SDL_VIDEO_WAYLAND_WMCLASS", "heed", 0);
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
    if (!heed_window_open(&app->window, app->settings.window, err) ||
        !heed_gl_painter_create(&app->painter, err)) {
        return false;
    }
    app->metrics = heed_gl_painter_get_metrics(app->painter);
    heed_ui_resize(app->ui, (float)app->window.width, (float)app->window.height,
                   heed_window_scale(&app->window));
    heed_ui_set_dots(app->ui, app->window.dots);
    SDL_AddEventWatch(watch, app);
    app->bus = heed_bus_create(heed_app_wake, app);
    heed_desktop_watch(app->bus);
    app->access = app->bus ? heed_access_create(app) : NULL;
    return true;
}

/* Those that were named beside the one that is open. */
static void list_files(struct heed_app *app, const struct heed_app_options *options)
{
    const int n = options->n_more + 1;
    const char **paths = options->n_more > 0 ? calloc((size_t)n, sizeof *paths) : NULL;
    for (int i = 0; paths && i < n; i++) {
        paths[i] = i == 0 ? options->attention_path : options->more_paths[i - 1];
    }
    if (paths) {
        heed_app_list_files(app, paths, n);
    }
    free(paths);
}

static bool run(struct heed_app *app, const struct heed_app_options *options,
                struct heed_error *err)
{
    sigset_t before;
    struct heed_error warning;
    if (!heed_ui_create(&app->ui, err) || !heed_app_load_first(app, options, &warning, err)) {
        return false;
    }
    if (options->attention_path) {
        heed_app_open_attention(app, options->attention_path, options->part);
    }
    if (!heed_examples_load(&app->examples, err)) {
        return false;
    }
    heed_app_begin_export(app);
    heed_ui_set_examples(app->ui, app->examples.items, app->examples.n);
    if (!heed_lessons_load(&app->lessons, err)) {
        return false;
    }
    heed_ui_set_lessons(app->ui, app->lessons.items, app->lessons.n);
    heed_app_recall_lessons(app);
    int n_probes = 0;
    const struct heed_probe_file *probes = heed_probes_get(&n_probes);
    heed_ui_set_probes(app->ui, probes, n_probes);
    block_signals(&before);
    bool ok = heed_keeper_create(&app->keeper, app->last.path, heed_app_wake, app, err) &&
              heed_app_start_engine(app, options, err);
    if (ok) {
        heed_app_submit(app); /* the model is opened while the window is */
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
    if (options->file_path) {
        heed_app_handle(app, (struct heed_event){.kind = HEED_EVENT_DROP,
                                                 .text = options->file_path,
                                                 .length = strlen(options->file_path)});
    }
    list_files(app, options);
    app->redraw = true;
    app->save_at = -1.0;
    heed_end_save_from(app);
    heed_app_paint(app);
    run_loop(app);
    heed_end_begin();
    struct heed_error other;
    const bool kept = heed_app_save_last(app, true, err);
    return heed_app_end_writing(app, MS_TO_WRITE, kept ? err : &other) && kept;
}

static void stop(struct heed_app *app)
{
    atomic_store(&app->can_wake, false);
    heed_end_save_from(NULL);
    heed_app_end_report(app);
    heed_access_destroy(app->access);
    heed_chooser_close(app);
    free(heed_chooser_take(app));
    heed_bus_destroy(app->bus);
    heed_app_end_export(app);
    heed_app_end_document(app);
    heed_app_close_teacher(app);
    heed_app_drop_opening(app);
    heed_app_drop_recent(app);
    heed_app_end_writing(app, 0, NULL);
    heed_app_forget_dropped(app);
    heed_keeper_leave(app->keeper);
    heed_last_release(&app->last);
    SDL_DelEventWatch(watch, app);
    heed_app_end_models(app);
    heed_engine_destroy(app->engine);
    heed_result_release(app->result);
    heed_ui_destroy(app->ui);
    heed_kit_release(app->kit);
    heed_examples_finish(&app->examples);
    heed_lessons_finish(&app->lessons);
    if (app->painter) {
        heed_motion_finish(&app->motion);
    }
    heed_gl_painter_destroy(app->painter);
    heed_window_close(&app->window);
    heed_state_finish(&app->saved);
    SDL_Quit();
    free(app);
}

bool heed_app_run(const struct heed_app_options *options, struct heed_error *err)
{
    if (!heed_platform_has_display()) {
        return heed_error_set(err, HEED_ERROR_SYSTEM,
                              "there is no display: none of DISPLAY, "
                              "WAYLAND_DISPLAY and SDL_VIDEODRIVER is set");
    }
    heed_platform_share_heap();
    struct heed_app *app = calloc(1, sizeof *app);
    if (!app) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for the window");
    }
    app->last.lock = -1;
    app->names_model = options->model_folder != NULL;
    app->wake_at = app->save_at = app->rest_at = app->motion.next_at = -1.0;
    const bool ok = run(app, options, err);
    stop(app);
    return ok;
}
