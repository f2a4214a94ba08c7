#include "app/app_open.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/app_document.h"
#include "app/app_files.h"
#include "app/app_lessons.h"
#include "app/app_models.h"
#include "app/app_private.h"
#include "app/app_recent.h"
#include "app/app_save.h"
#include "app/app_work.h"
#include "base/errand.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "core/model/places.h"
#include "session/session.h"
#include "state/sentences.h"
#include "state/state.h"
#include "ui/actions/attention_file.h"
#include "ui/actions/lesson.h"
#include "ui/actions/probe.h"
#include "ui/popover/paths.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/lesson.h"

enum { MS_TO_READ = 100 /* a file, before the window goes on without */ };

/* --- what a file holds --- */

static bool ends_in(const char *path, const char *ending)
{
    const size_t a = strlen(path), b = strlen(ending);
    return a > b && strcmp(path + a - b, ending) == 0;
}

/* The text of a file as the state holds it: of several lines a list, the first shown. */
static bool take_text(struct heed_state *state, const char *path, char *data, size_t size,
                      struct heed_error *err)
{
    size_t bad = 0;
    const size_t skip = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool ok = heed_utf8_valid(data, size, &bad);
    if (!ok) {
        heed_error_set(err, HEED_ERROR_FORMAT, "%s: byte %zu isn't UTF-8 text", path, bad);
    } else {
        const size_t length = heed_lines_tidy(data + skip, size - skip);
        const bool several = memchr(data + skip, '\n', length) != NULL;
        ok = several ? heed_sentences_set(state, data + skip, length, err) &&
                           heed_sentences_show(state, 0, err)
                     : heed_state_set_text(state, data + skip, length, err);
    }
    return ok;
}

static bool take_file(const struct heed_app *app, struct heed_state *state, const char *path,
                      char *data, size_t size, struct heed_error *err)
{
    if (ends_in(path, ".heed")) {
        return heed_session_parse(state, data, size, path, err);
    }
    if (!heed_state_copy(state, heed_ui_get_state(app->ui), err)) {
        return false;
    }
    if (!take_text(state, path, data, size, err) ||
        (state->file != NULL && !heed_state_set_file(state, NULL, err))) {
        heed_state_finish(state);
        return false;
    }
    state->query = state->key = (struct heed_pin){0, 0};
    state->n_candidates = 0;
    return true;
}

/* The panel says what can't be read. */
static void open_probe(struct heed_app *app, const char *path)
{
    char whole[PATH_MAX];
    heed_ui_open_probe(app->ui, heed_app_make_whole(whole, path));
    heed_app_note_recent(app, path);
    app->redraw = true;
    heed_app_note_change(app);
}

bool heed_app_is_attention(const char *path)
{
    return ends_in(path, ".safetensors");
}

/* It is opened by the worker. */
void heed_app_open_attention(struct heed_app *app, const char *path, enum heed_part_kind part)
{
    char whole[PATH_MAX];
    heed_ui_open_attention(app->ui, heed_app_make_whole(whole, path), part);
    heed_app_note_recent(app, path);
    app->redraw = true;
    heed_app_note_change(app);
}

void heed_app_open_second(struct heed_app *app, const char *path)
{
    char whole[PATH_MAX];
    struct heed_error err = {0};
    const bool ok =
        (heed_app_is_attention(path) ||
         heed_error_set(&err, HEED_ERROR_INPUT,
                        "'%s' is no attention file: its name must end in .safetensors", path)) &&
        heed_ui_open_second(app->ui, heed_app_make_whole(whole, path), &err);
    heed_ui_set_message(app->ui, ok ? "" : err.text, !ok);
    app->redraw = true;
    heed_app_note_change(app);
}

void heed_app_forget_dropped(struct heed_app *app)
{
    for (int i = 0; i < app->dropped.n; i++) {
        free(app->dropped.paths[i]);
    }
    app->dropped.n = 0;
}

void heed_app_list_files(struct heed_app *app, const char *const *paths, int n)
{
    struct heed_folder_entry *entries = n > 1 ? calloc((size_t)n, sizeof *entries) : NULL;
    for (int i = 0; entries && i < n; i++) {
        entries[i].name = (char *)(uintptr_t)paths[i];
    }
    if (entries) {
        const struct heed_folder files = {entries, (size_t)n};
        heed_popover_ask_which(app->ui, &files);
        app->redraw = true;
    }
    free(entries);
}

/* A lesson of one's own: it is listed, and begun. */
static void open_lesson(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    int index = 0;
    const bool ok = heed_app_add_lesson(app, path, &index, &err);
    heed_app_say_outcome(app, ok, "Opened", path, &err);
    if (ok) {
        heed_app_note_recent(app, path);
        heed_ui_start_lesson(app->ui, index + 1);
        heed_app_submit(app);
    }
}

/* --- what is there --- */

static bool is_probe(const char *path)
{
    return ends_in(path, ".tsv") || ends_in(path, ".conllu") || ends_in(path, ".dev");
}

/* The rest is read by who knows how. */
static bool is_text(const char *path)
{
    return !is_probe(path) && !heed_app_is_attention(path);
}

/* A path, looked at on another thread: what it is, and what is read of it. */
struct look {
    char path[PATH_MAX];
    bool is_folder, has_attention;
    bool ok; /* it was read */
    char *data;
    size_t size;
    struct heed_error error;
};

/* True if one may be picked from it. */
static bool has_attention(const char *folder)
{
    struct heed_folder inside = {0};
    bool has = false;
    if (!heed_folder_read(&inside, folder, SIZE_MAX, NULL)) {
        return false;
    }
    for (size_t i = 0; i < inside.n && !has; i++) {
        has = !inside.entries[i].is_folder && heed_app_is_attention(inside.entries[i].name);
    }
    heed_folder_finish(&inside);
    return has && !heed_model_has_config(folder);
}

static void look_at(void *job)
{
    struct look *it = job;
    struct stat status;
    const size_t most = ends_in(it->path, ".heed") ? HEED_SESSION_MAX_BYTES : HEED_MAX_TEXT;
    if (stat(it->path, &status) == 0 && S_ISDIR(status.st_mode)) {
        it->is_folder = true;
        it->has_attention = has_attention(it->path);
    } else if (is_text(it->path)) {
        it->ok = heed_file_read_regular(it->path, most, &it->data, &it->size, &it->error);
    }
}

static void destroy_look(void *job)
{
    struct look *it = job;
    free(it->data);
    free(it);
}

/* --- opening --- */

/* A model's, or of attention files, which are listed. */
static void open_folder(struct heed_app *app, const struct look *it)
{
    char whole[PATH_MAX], folder[PATH_MAX + 2];
    if (!it->has_attention) {
        heed_app_open_model(app, it->path);
    }
    heed_ui_set_message(app->ui, "", false);
    if (it->has_attention) {
        const char *from = heed_app_make_whole(whole, it->path);
        snprintf(folder, sizeof folder, "%s%s", from, from[strlen(from) - 1] == '/' ? "" : "/");
        heed_popover_ask_in(app->ui, folder);
        app->redraw = true;
    }
}

static void open_text(struct heed_app *app, const struct look *it)
{
    struct heed_error err = it->error;
    struct heed_state state = {0};
    bool ok = it->ok && take_file(app, &state, it->path, it->data, it->size, &err);
    if (ok) {
        ok = heed_ui_set_state(app->ui, &state, true, &err);
        heed_state_finish(&state);
    }
    heed_app_say_outcome(app, ok, "Opened", it->path, &err);
    if (ok) {
        heed_app_note_recent(app, it->path);
    }
    if (ok && ends_in(it->path, ".heed")) {
        heed_app_set_document(app, it->path, heed_ui_get_state(app->ui));
    }
    heed_app_note_change(app);
}

static void open_looked(struct heed_app *app, const struct look *it)
{
    if (it->is_folder) {
        open_folder(app, it);
    } else if (heed_app_ask_before(app, it->path)) {
        return;
    } else if (is_probe(it->path)) {
        open_probe(app, it->path);
    } else if (ends_in(it->path, ".json")) {
        open_lesson(app, it->path);
    } else if (heed_app_is_attention(it->path)) {
        heed_app_open_attention(app, it->path, HEED_PART_SELF);
    } else {
        open_text(app, it);
    }
}

bool heed_app_cancel_opening(struct heed_app *app)
{
    char text[PATH_MAX + 64];
    if (!app->opening) {
        return false;
    }
    snprintf(text, sizeof text, "Gave up reading %s", app->opening_path);
    heed_app_say(app, false, text);
    heed_app_drop_opening(app);
    return true;
}

void heed_app_drop_opening(struct heed_app *app)
{
    heed_errand_drop(app->opening);
    app->opening = NULL;
}

void heed_app_take_opened(struct heed_app *app)
{
    if (app->opening && heed_errand_wait(app->opening, 0)) {
        struct look *it = heed_errand_finish(app->opening);
        app->opening = NULL;
        open_looked(app, it);
        destroy_look(it);
    }
}

void heed_app_open_anyway(struct heed_app *app, bool save)
{
    char *path = app->asked_path;
    app->asked_path = NULL;
    if (save && app->document_path) {
        heed_app_save_file(app, app->document_path);
    }
    if (path && (!save || heed_app_is_saved(app))) {
        app->has_document = false; /* it may go */
        heed_app_open_file(app, path);
    }
    free(path);
}

/* The window waits for a disk that is quick, and goes on beside one that isn't. */
void heed_app_open_file(struct heed_app *app, const char *path)
{
    static const struct heed_errand_kind kind = {look_at, destroy_look};
    struct heed_error err = {0};
    char text[PATH_MAX + 64];
    (void)heed_app_cancel_opening(app); /* another is wanted now */
    struct look *it = calloc(1, sizeof *it);
    if (!it || strlen(path) >= sizeof it->path) {
        heed_app_say(app, true, it ? "the path is too long" : "not enough memory to open the file");
        free(it);
        return;
    }
    memcpy(it->path, path, strlen(path) + 1);
    snprintf(app->opening_path, sizeof app->opening_path, "%s", path);
    if (!heed_errand_start(&app->opening, &kind, it, heed_app_wake, app, &err)) {
        heed_app_say(app, true, err.text);
        destroy_look(it);
        return;
    }
    if (heed_errand_wait(app->opening, MS_TO_READ)) {
        heed_app_take_opened(app);
        return;
    }
    snprintf(text, sizeof text, "Reading %s \xE2\x80\xA6 Escape gives it up", path);
    heed_app_say(app, false, text);
}
