#include "app/app_report.h"

#include <SDL.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "app/app_files.h"
#include "app/app_private.h"
#include "app/app_work.h"
#include "base/buffer.h"
#include "base/platform.h"
#include "base/version.h"
#include "core/engine/kit.h"
#include "core/model/model.h"
#include "core/tensor/kernels.h"
#include "render/gl/gl_program.h"
#include "ui/ui.h"

/* While the weights are read. */
struct heed_app_report {
    struct heed_app *app; /* to be woken */
    const struct heed_kit *kit;
    pthread_t thread;
    atomic_bool is_done;
    char hash[65];
    struct heed_error err; /* why there is no hash */
};

static void *work(void *context)
{
    struct heed_app_report *report = context;
    if (!heed_model_hash(heed_kit_get_model(report->kit), report->hash, &report->err)) {
        report->hash[0] = '\0';
    }
    atomic_store(&report->is_done, true);
    heed_app_wake(report->app);
    return NULL;
}

static void put_system(struct heed_buffer *out)
{
    struct utsname name;
    const int cores = heed_platform_cores();
    if (uname(&name) == 0) {
        heed_buffer_printf(out, "system: %s %s, %s, %d core%s, %.1f GB\n", name.sysname,
                           name.release, name.machine, cores, cores == 1 ? "" : "s",
                           heed_platform_memory() / 1e9);
    }
}

static void put_model(struct heed_buffer *out, const struct heed_app_report *report)
{
    const struct heed_model *model = heed_kit_get_model(report->kit);
    if (!model) {
        heed_buffer_puts(out, "model: none is open\n");
        return;
    }
    const struct heed_model_config *config = heed_model_get_config(model);
    heed_buffer_printf(out, "model: %s (%s), %d layers x %d heads, width %d\n",
                       heed_model_get_name(model), heed_model_get_architecture(model),
                       config->n_layers, config->n_heads, config->hidden);
    heed_buffer_printf(out, "weights: %s%s\n", report->hash[0] ? "sha256 " : "",
                       report->hash[0] ? report->hash : report->err.text);
}

static void put_window(struct heed_buffer *out, const struct heed_app *app)
{
    SDL_version sdl;
    char graphics[256];
    const char *driver = SDL_GetCurrentVideoDriver();
    const struct heed_window *window = &app->window;
    const struct heed_kernel_set *kernels =
        app->encoder.kernels ? heed_kernels_find(app->encoder.kernels) : heed_kernels_get_fastest();
    SDL_GetVersion(&sdl);
    heed_gl_describe(graphics, sizeof graphics);
    heed_buffer_printf(out, "kernels: %s\n", kernels ? kernels->name : "none");
    heed_buffer_printf(out, "graphics: %s\n", graphics);
    heed_buffer_printf(
        out, "window: %d x %d px, %.2g px a unit, %.0f dots an inch, SDL %d.%d.%d, %s\n",
        window->width, window->height, (double)window->pixel_ratio, (double)window->dots, sdl.major,
        sdl.minor, sdl.patch, driver ? driver : "no driver");
}

static void finish(struct heed_app *app, const struct heed_app_report *report)
{
    struct heed_buffer out = {0};
    heed_buffer_printf(&out, "heed %s\n", heed_version);
    put_system(&out);
    put_model(&out, report);
    put_window(&out, app);
    heed_buffer_puts(&out, "What I did:\nWhat I saw:\nWhat I expected:\n");
    const bool ok = !out.failed && SDL_SetClipboardText(out.data) == 0;
    heed_buffer_finish(&out);
    heed_app_say(app, !ok,
                 ok ? "Copied what a report needs: paste it there, and add what you did"
                    : "the clipboard can\xE2\x80\x99t be written");
}

void heed_app_copy_report(struct heed_app *app)
{
    const struct heed_app_report bare = {0};
    if (!app->kit) {
        finish(app, &bare);
        return;
    }
    struct heed_app_report *report = app->report ? NULL : calloc(1, sizeof *report);
    if (!report) { /* the one that is under way will do */
        return;
    }
    report->app = app;
    report->kit = heed_kit_retain(app->kit);
    if (pthread_create(&report->thread, NULL, work, report) != 0) {
        heed_kit_release(report->kit);
        free(report);
        heed_app_say(app, true, "no thread can be started for the report");
        return;
    }
    app->report = report;
}

void heed_app_end_report(struct heed_app *app)
{
    if (app->report) {
        pthread_join(app->report->thread, NULL);
        heed_kit_release(app->report->kit);
        free(app->report);
        app->report = NULL;
    }
}

void heed_app_take_report(struct heed_app *app)
{
    if (app->report && atomic_load(&app->report->is_done)) {
        finish(app, app->report);
        heed_app_end_report(app);
    }
}
