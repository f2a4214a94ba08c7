#include "app/app_recent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app_private.h"
#include "app/app_work.h"
#include "base/errand.h"
#include "base/platform.h"
#include "ui/popover/paths.h"
#include "ui/ui.h"

const char *heed_app_make_whole(char whole[PATH_MAX], const char *path)
{
    char folder[PATH_MAX];
    const bool is_whole = heed_platform_is_absolute(path) || !getcwd(folder, sizeof folder);
    const int length =
        snprintf(whole, PATH_MAX, "%s%s%s", is_whole ? "" : folder, is_whole ? "" : "/", path);
    return length > 0 && length < PATH_MAX ? whole : path;
}

void heed_app_note_recent(struct heed_app *app, const char *path)
{
    char whole[PATH_MAX];
    heed_settings_put_first(app->files, HEED_MOST_FILES, heed_app_make_whole(whole, path));
    memset(app->has_gone, 0, sizeof app->has_gone);
    app->has_looked = false;
}

/* --- what has gone --- */

struct look {
    char files[HEED_MOST_FILES][PATH_MAX];
    bool has_gone[HEED_MOST_FILES];
};

static void look(void *job)
{
    struct look *it = job;
    for (int i = 0; i < HEED_MOST_FILES; i++) {
        const bool is_named = it->files[i][0] != '\0';
        it->has_gone[i] =
            is_named && access(it->files[i], F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
    }
}

void heed_app_take_recent(struct heed_app *app)
{
    if (!app->recent || !heed_errand_wait(app->recent, 0)) {
        return;
    }
    struct look *it = heed_errand_finish(app->recent);
    app->recent = NULL;
    if (memcmp(it->files, app->files, sizeof app->files) == 0 &&
        memcmp(it->has_gone, app->has_gone, sizeof app->has_gone) != 0) {
        memcpy(app->has_gone, it->has_gone, sizeof app->has_gone);
        heed_popover_relist(app->ui);
        app->redraw = true;
    }
    free(it);
}

void heed_app_drop_recent(struct heed_app *app)
{
    heed_errand_drop(app->recent);
    app->recent = NULL;
}

void heed_app_follow_recent(struct heed_app *app)
{
    static const struct heed_errand_kind kind = {look, free};
    struct heed_path_question question;
    const bool asks = heed_popover_get_question(app->ui, &question) && !question.saves;
    if (!asks || app->has_looked) {
        app->has_looked = asks;
        return;
    }
    struct look *it = calloc(1, sizeof *it);
    app->has_looked = true;
    heed_app_drop_recent(app);
    if (it) {
        memcpy(it->files, app->files, sizeof it->files);
        if (!heed_errand_start(&app->recent, &kind, it, heed_app_wake, app, NULL)) {
            free(it);
        }
    }
}

void heed_app_get_recent(const struct heed_app *app, struct heed_folder *recent)
{
    char path[PATH_MAX];
    *recent = (struct heed_folder){.entries = calloc(HEED_MOST_FILES, sizeof *recent->entries)};
    for (int i = 0; recent->entries && i < HEED_MOST_FILES && app->files[i][0] != '\0'; i++) {
        heed_folder_shorten(app->files[i], path, sizeof path);
        char *name = app->has_gone[i] ? NULL : strdup(path);
        if (name) {
            recent->entries[recent->n++].name = name;
        }
    }
}
