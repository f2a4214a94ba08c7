#include "app/app_document.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "app/app_recent.h"
#include "app/app_work.h"
#include "base/errand.h"
#include "base/folder.h"
#include "base/utf8.h"
#include "state/sentences.h"
#include "ui/popover/paths.h"
#include "ui/ui.h"

enum {
    TITLE_BYTES = 96,
    MOST_LISTED = 4096,
    MS_TO_LIST = 50, /* a folder, before a frame is drawn without */
};

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void heed_app_set_document(struct heed_app *app, const char *path, const struct heed_state *state)
{
    char *copy = strdup(path);
    if (copy) {
        free(app->document_path);
        app->document_path = copy;
    }
    heed_state_finish(&app->document);
    app->document = (struct heed_state){0};
    app->has_document = copy && heed_state_copy(&app->document, state, NULL);
}

static bool has_changes(const struct heed_app *app)
{
    struct heed_state now = *heed_ui_get_state(app->ui);
    now.ablation_ran = app->document.ablation_ran; /* that it has run is no change of anybody's */
    now.probe_ran = app->document.probe_ran;
    return app->has_document && !heed_state_equal(&app->document, &now);
}

bool heed_app_is_saved(const struct heed_app *app)
{
    return !has_changes(app);
}

void heed_app_forget_asked(struct heed_app *app)
{
    free(app->asked_path);
    app->asked_path = NULL;
}

static bool note_asked(struct heed_app *app, const char *path)
{
    heed_app_forget_asked(app);
    app->asked_path = strdup(path);
    return app->asked_path != NULL;
}

bool heed_app_ask_before(struct heed_app *app, const char *path)
{
    const size_t n = strlen(path);
    if (n < 5 || strcmp(path + n - 5, ".heed") != 0 || !has_changes(app)) {
        return false;
    }
    if (note_asked(app, path)) {
        heed_popover_ask_open(app->ui, name_of(app->document_path));
    } else {
        heed_ui_set_message(app->ui, "not enough memory to open the session", true);
    }
    app->redraw = true;
    return true;
}

bool heed_app_may_replace(const struct heed_app *app, const char *path)
{
    const bool own = app->document_path && strcmp(path, app->document_path) == 0;
    const bool asked = app->asked_path && strcmp(path, app->asked_path) == 0 &&
                       heed_popover_shows_problem(app->ui);
    return own || asked;
}

void heed_app_ask_replace(struct heed_app *app, const char *path, struct heed_error *err)
{
    if (!heed_popover_is_waiting(app->ui)) {
        heed_error_set(err, HEED_ERROR_INPUT, "there is a '%s' already: it is as it was", path);
    } else if (note_asked(app, path)) {
        heed_error_set(err, HEED_ERROR_INPUT, "There is such a file: Enter replaces it.");
    } else {
        heed_error_set(err, HEED_ERROR_MEMORY,
                       "not enough memory to ask whether '%s' may be replaced", path);
    }
}

/* The name of the sentence that is shown, else the text. */
static const char *name_sentence(const struct heed_state *state, size_t *length)
{
    const char *name = NULL;
    *length = 0;
    if (state->sentence > 0) {
        name = heed_sentences_get_name(state, state->sentence - 1, length);
    }
    if (*length == 0) {
        name = state->text;
        *length = strlen(name);
    }
    return name;
}

static void follow_title(struct heed_app *app)
{
    char name[TITLE_BYTES], title[TITLE_BYTES + 16];
    const struct heed_state *state = heed_ui_get_state(app->ui);
    size_t length = 0;
    const char *named = name_sentence(state, &length);
    if (app->has_document || state->file) {
        named = name_of(app->has_document ? app->document_path : state->file);
        length = strlen(named);
    }
    heed_utf8_cut(name, sizeof name, named, length);
    snprintf(title, sizeof title, "heed%s%s%s", name[0] ? ": " : "", name,
             has_changes(app) ? " *" : "");
    if (strcmp(title, SDL_GetWindowTitle(app->window.sdl)) != 0) {
        SDL_SetWindowTitle(app->window.sdl, title);
    }
}

/* --- the folder of a path that is typed --- */

struct listing {
    char path[PATH_MAX];
    struct heed_folder folder;
};

/* One that can't be read has nothing to list; opening tells why. */
static void list(void *job)
{
    struct listing *it = job;
    if (!heed_folder_read(&it->folder, it->path, MOST_LISTED, NULL)) {
        it->folder = (struct heed_folder){0};
    }
}

static void destroy_listing(void *job)
{
    struct listing *it = job;
    heed_folder_finish(&it->folder);
    free(it);
}

static void drop_listing(struct heed_app *app)
{
    heed_errand_drop(app->listing);
    app->listing = NULL;
}

static void start_listing(struct heed_app *app, const char *path)
{
    static const struct heed_errand_kind kind = {list, destroy_listing};
    struct listing *it = calloc(1, sizeof *it);
    if (it) {
        snprintf(it->path, sizeof it->path, "%s", path);
        snprintf(app->listing_path, sizeof app->listing_path, "%s", path);
        if (!heed_errand_start(&app->listing, &kind, it, heed_app_wake, app, NULL)) {
            free(it);
        }
    }
}

static void show_listing(struct heed_app *app)
{
    struct heed_folder recent = {0};
    struct listing *it = heed_errand_finish(app->listing);
    app->listing = NULL;
    heed_app_get_recent(app, &recent);
    heed_popover_list(app->ui, &it->folder, &recent);
    heed_folder_finish(&recent);
    destroy_listing(it);
}

void heed_app_take_listed(struct heed_app *app)
{
    app->redraw |= app->listing && heed_errand_wait(app->listing, 0);
}

static void list_folder(struct heed_app *app)
{
    const char *typed = heed_popover_get_unlisted(app->ui);
    char whole[PATH_MAX];
    if (!typed || !heed_folder_expand(typed, whole, sizeof whole)) {
        drop_listing(app);
        return;
    }
    char *slash = strrchr(whole, '/');
    slash = slash ? slash + 1 : whole;
    *slash = '\0';
    if (app->listing && strcmp(app->listing_path, whole) != 0) {
        drop_listing(app);
    }
    if (!app->listing) {
        start_listing(app, whole);
    }
    if (app->listing && heed_errand_wait(app->listing, MS_TO_LIST)) {
        show_listing(app);
    }
}

void heed_app_follow_document(struct heed_app *app)
{
    list_folder(app);
    follow_title(app);
}

void heed_app_end_document(struct heed_app *app)
{
    drop_listing(app);
    heed_state_finish(&app->document);
    free(app->document_path);
    free(app->asked_path);
}
