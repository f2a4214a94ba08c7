#include "app/app_models.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_files.h"
#include "app/app_private.h"
#include "app/app_work.h"
#include "core/model/locate.h"
#include "ui/popover/models.h"
#include "ui/ui.h"

/* ---- what there is ---- */

/* Looks anew: folders come and go. What was found before stays until there is more. */
static void look(struct heed_app *app)
{
    const char *recent[HEED_MOST_RECENT];
    int n = 0;
    struct heed_error err = {0};
    struct heed_catalog *fresh = NULL;
    while (n < HEED_MOST_RECENT && app->settings.recent[n][0] != '\0') {
        recent[n] = app->settings.recent[n];
        n++;
    }
    if (!heed_catalog_create(&fresh, recent, n, heed_app_wake, app, &err)) {
        heed_ui_set_message(app->ui, err.text, true);
        return;
    }
    heed_ui_set_catalogs(app->ui, fresh, app->inside);
    heed_catalog_destroy(app->models);
    app->models = fresh;
    app->n_models = -1;
}

static void look_in(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    struct heed_catalog *fresh = NULL;
    if (!heed_catalog_create_inside(&fresh, path, heed_app_wake, app, &err)) {
        heed_ui_set_message(app->ui, err.text, true);
        return;
    }
    heed_ui_set_catalogs(app->ui, app->models, fresh);
    heed_catalog_destroy(app->inside);
    app->inside = fresh;
    app->n_inside = -1;
}

static bool has_more(const struct heed_catalog *catalog, int *known)
{
    bool is_done = false;
    const int n = catalog ? heed_catalog_count(catalog, &is_done) : 0;
    const int now = is_done ? n : -1 - n; /* the end is news, too */
    const bool more = now != *known;
    *known = now;
    return more;
}

/* ---- the one that is opened ---- */

static void load(struct heed_app *app, const char *folder)
{
    struct heed_error err = {0};
    if ((!app->loader && !heed_loader_create(&app->loader, heed_app_wake, app, &err)) ||
        !heed_loader_start(app->loader, folder, app->encoder, &err)) {
        heed_ui_fail_load(app->ui, folder, err.text);
    }
}

static void take_load(struct heed_app *app)
{
    struct heed_loaded loaded = {0};
    if (!app->loader) {
        return;
    }
    const struct heed_load_progress progress = heed_loader_get_progress(app->loader);
    if (heed_loader_take(app->loader, &loaded)) {
        char folder[PATH_MAX];
        snprintf(folder, sizeof folder, "%s", loaded.folder);
        if (loaded.pipeline) {
            heed_engine_offer(app->engine, &loaded);
            heed_ui_take_model(app->ui, folder);
            heed_app_submit(app);
            heed_app_note_change(app);
        } else {
            heed_ui_fail_load(app->ui, folder, loaded.error.text);
        }
        heed_loaded_finish(&loaded);
        app->redraw = true;
    } else if (progress.is_loading) {
        heed_ui_set_load(app->ui, progress);
        app->redraw = true;
    }
}

void heed_app_open_model(struct heed_app *app, const char *folder)
{
    char whole[PATH_MAX];
    char name[256];
    const char *path = realpath(folder, whole) ? whole : folder;
    heed_model_choose_name(name, sizeof name, path, "");
    heed_ui_load_model(app->ui, path, name);
    load(app, path);
    app->redraw = true;
}

void heed_app_follow_models(struct heed_app *app, const struct heed_effects *effects)
{
    if (effects->cancel_load && app->loader) {
        heed_loader_cancel(app->loader);
    }
    if (effects->load_model) {
        load(app, effects->load_model);
    }
    if (effects->look_for_models) {
        look(app);
    }
    if (effects->look_in) {
        look_in(app, effects->look_in);
    }
}

void heed_app_take_models(struct heed_app *app)
{
    const bool more = has_more(app->models, &app->n_models);
    if (has_more(app->inside, &app->n_inside) || more) {
        heed_ui_set_catalogs(app->ui, app->models, app->inside);
        app->redraw = true;
    }
    take_load(app);
}

void heed_app_end_models(struct heed_app *app)
{
    heed_loader_destroy(app->loader);
    heed_catalog_destroy(app->models);
    heed_catalog_destroy(app->inside);
}
