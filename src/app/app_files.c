#include "app/app_files.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app_document.h"
#include "app/app_keeper.h"
#include "app/app_lessons.h"
#include "app/app_models.h"
#include "app/app_private.h"
#include "app/app_recent.h"
#include "app/app_work.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/file_reading.h"
#include "base/folder.h"
#include "base/platform.h"
#include "base/utf8.h"
#include "core/model/places.h"
#include "session/lesson_write.h"
#include "session/paths.h"
#include "session/session.h"
#include "state/sentences.h"
#include "state/state.h"
#include "ui/actions/attention_file.h"
#include "ui/actions/lesson.h"
#include "ui/actions/probe.h"
#include "ui/actions/story.h"
#include "ui/actions/tasks.h"
#include "ui/popover/examples.h"
#include "ui/popover/paths.h"
#include "ui/sheet/export_panel.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/lesson.h"

/* A change is saved so many seconds later, whatever comes after it. */
static const double save_after = 0.5;

enum {
    MS_TO_READ = 100,  /* a file, before the window goes on without */
    MS_TO_SAVE = 1200, /* the last state, at the end */
};

static const char *model_name(const struct heed_app *app)
{
    const struct heed_model *model = heed_kit_get_model(app->kit);
    return model ? heed_model_get_name(model) : NULL;
}

static void say(struct heed_app *app, bool is_error, const char *text)
{
    heed_ui_set_message(app->ui, text, is_error);
    app->redraw = true;
}

/* Says that it worked, or why it didn't. */
static void say_outcome(struct heed_app *app, bool ok, const char *done, const char *path,
                        const struct heed_error *err)
{
    char text[640];
    snprintf(text, sizeof text, "%s %s", done, path);
    say(app, !ok, ok ? text : err->text);
}

static bool ends_in(const char *path, const char *ending)
{
    const size_t a = strlen(path), b = strlen(ending);
    return a > b && strcmp(path + a - b, ending) == 0;
}

/* Of what a text field takes: controls go, tabs become spaces; blank ends go. */
static size_t make_lines(char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '\r' && i + 1 < length && text[i + 1] == '\n') {
            continue;
        }
        if ((c >= 0x20 && c != 0x7F) || c == '\n') {
            text[n++] = (char)c;
        } else if (c == '\r' || c == '\t') {
            text[n++] = ' ';
        }
    }
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\n')) {
        n--;
    }
    text[n] = '\0';
    return n;
}

/* Line ends become spaces. */
static size_t make_one_line(char *text, size_t length)
{
    const size_t n = make_lines(text, length);
    for (size_t i = 0; i < n; i++) {
        text[i] = text[i] == '\n' ? ' ' : text[i];
    }
    return n;
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
        const size_t length = make_lines(data + skip, size - skip);
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
static void open_attention(struct heed_app *app, const char *path, enum heed_part_kind part)
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

/* A model's, or of attention files, which are listed. */
static void open_folder(struct heed_app *app, const char *path)
{
    char whole[PATH_MAX], folder[PATH_MAX + 2];
    const bool lists = has_attention(path);
    if (!lists) {
        heed_app_open_model(app, path);
    }
    heed_ui_set_message(app->ui, "", false);
    if (lists) {
        const char *from = heed_app_make_whole(whole, path);
        snprintf(folder, sizeof folder, "%s%s", from, from[strlen(from) - 1] == '/' ? "" : "/");
        heed_popover_ask_in(app->ui, folder);
        app->redraw = true;
    }
}

static bool is_probe(const char *path)
{
    return ends_in(path, ".tsv") || ends_in(path, ".conllu") || ends_in(path, ".dev");
}

static void forget_reading(struct heed_app *app)
{
    free(app->reading_path);
    app->reading = NULL;
    app->reading_path = NULL;
}

bool heed_app_cancel_reading(struct heed_app *app)
{
    char text[640];
    if (!app->reading) {
        return false;
    }
    snprintf(text, sizeof text, "Gave up reading %s", app->reading_path);
    say(app, false, text);
    heed_file_reading_drop(app->reading);
    forget_reading(app);
    return true;
}

void heed_app_take_file(struct heed_app *app)
{
    struct heed_error err = {0};
    struct heed_state state = {0};
    char *data = NULL;
    size_t size = 0;
    if (!app->reading || !heed_file_reading_wait(app->reading, 0)) {
        return;
    }
    bool ok = heed_file_reading_finish(app->reading, &data, &size, &err) &&
              take_file(app, &state, app->reading_path, data, size, &err);
    free(data);
    if (ok) {
        ok = heed_ui_set_state(app->ui, &state, true, &err);
        heed_state_finish(&state);
    }
    say_outcome(app, ok, "Opened", app->reading_path, &err);
    if (ok) {
        heed_app_note_recent(app, app->reading_path);
    }
    if (ok && ends_in(app->reading_path, ".heed")) {
        heed_app_set_document(app, app->reading_path);
    }
    forget_reading(app);
    heed_app_note_change(app);
}

/* A lesson of one's own: it is listed, and begun. */
static void open_lesson(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    int index = 0;
    const bool ok = heed_app_add_lesson(app, path, &index, &err);
    say_outcome(app, ok, "Opened", path, &err);
    if (ok) {
        heed_app_note_recent(app, path);
        heed_ui_start_lesson(app->ui, index + 1);
        heed_app_submit(app);
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
    struct heed_error err = {0};
    const size_t most = ends_in(path, ".heed") ? HEED_SESSION_MAX_BYTES : HEED_MAX_TEXT;
    (void)heed_app_cancel_reading(app); /* another is wanted now */
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        open_folder(app, path);
        return;
    }
    if (heed_app_ask_before(app, path)) {
        return;
    }
    if (is_probe(path)) {
        open_probe(app, path);
        return;
    }
    if (ends_in(path, ".json")) {
        open_lesson(app, path);
        return;
    }
    if (heed_app_is_attention(path)) {
        open_attention(app, path, HEED_PART_SELF);
        return;
    }
    app->reading_path = strdup(path);
    if (!app->reading_path ||
        !heed_file_reading_start(&app->reading, path, most, heed_app_wake, app, &err)) {
        say(app, true, err.code != HEED_OK ? err.text : "not enough memory to open the file");
        forget_reading(app);
        return;
    }
    if (heed_file_reading_wait(app->reading, MS_TO_READ)) {
        heed_app_take_file(app);
        return;
    }
    char text[640];
    snprintf(text, sizeof text, "Reading %s \xE2\x80\xA6 Escape gives it up", path);
    say(app, false, text);
}

/* Written as soon as they differ. */
static bool save_settings(struct heed_app *app, bool hint_seen, struct heed_error *err)
{
    struct heed_settings now = app->settings;
    const struct heed_model *model = heed_kit_get_model(app->kit);
    heed_settings_take(&now, heed_ui_get_state(app->ui));
    now.hint_seen = hint_seen;
    if (model) {
        heed_settings_put_first(now.recent, HEED_MOST_RECENT, heed_model_get_folder(model));
    }
    memcpy(now.files, app->files, sizeof now.files);
    heed_app_take_lessons(app, &now);
    if (app->exporting) {
        heed_ui_take_export(app->ui, now.exports, now.export_folder, sizeof now.export_folder);
    }
    if (app->window.sdl) {
        now.window = app->window.place;
    }
    if (!app->has_settings || heed_settings_equal(&now, &app->settings)) {
        return true;
    }
    app->settings = now;
    return heed_settings_save(&now, err);
}

/* The state as it is now, on its way to the disk. */
static bool give_state(struct heed_app *app, struct heed_error *err)
{
    const struct heed_state *state = heed_ui_get_state(app->ui);
    struct heed_buffer out = {0};
    if (!save_settings(app, app->settings.hint_seen, err)) {
        return false;
    }
    if (app->has_saved && heed_state_equal(state, &app->saved)) {
        return true;
    }
    if (!heed_path_make_parent(app->last.path, err) ||
        !heed_session_write(state, model_name(app), &out, err)) {
        heed_buffer_finish(&out);
        return false;
    }
    heed_keeper_give(app->keeper, &out);
    heed_state_finish(&app->saved);
    app->saved = (struct heed_state){0};
    app->has_saved = heed_state_copy(&app->saved, state, NULL);
    return true;
}

void heed_app_keep_state(struct heed_app *app)
{
    struct heed_error err = {0};
    if (give_state(app, &err)) {
        app->save_at = -1.0; /* else it is tried and told when it is due */
    }
}

void heed_app_add_step(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    const struct heed_tokenizer *tokenizer = heed_kit_get_tokenizer(app->kit);
    const bool ok =
        (tokenizer ||
         heed_error_set(&err, HEED_ERROR_INPUT, "a lesson needs a model: none is open")) &&
        heed_lesson_add_step(path, heed_ui_get_state(app->ui), tokenizer, model_name(app), &err);
    say_outcome(app, ok, "A step was added to", path, &err);
}

static void save(struct heed_app *app, const char *path, bool replaces)
{
    struct heed_error err = {0};
    heed_app_keep_state(app);
    const bool ok = (replaces || heed_app_may_replace(app, path, &err)) &&
                    heed_file_check_target(path, &err) &&
                    heed_session_save(heed_ui_get_state(app->ui), model_name(app), path, &err);
    if (ok) {
        heed_app_set_document(app, path);
        heed_app_note_recent(app, path);
    }
    say_outcome(app, ok, "Saved", path, &err);
}

void heed_app_save_file(struct heed_app *app, const char *path)
{
    save(app, path, false);
}

void heed_app_replace_file(struct heed_app *app, const char *path)
{
    save(app, path, true);
}

/* A text given at the start: the rest is as it was, but pins mean nothing. */
static bool put_text(struct heed_state *state, const char *text, struct heed_error *err)
{
    const size_t length = strlen(text);
    if (length > HEED_MAX_TEXT) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the text has %zu bytes; %d are the most",
                              length, HEED_MAX_TEXT);
    }
    char *line = malloc(length + 1);
    if (!line) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for the text");
    }
    memcpy(line, text, length + 1);
    const size_t n = make_one_line(line, length);
    const bool ok =
        heed_state_set_text(state, line, n, err) && heed_state_set_pair(state, NULL, 0, err);
    state->query = state->key = (struct heed_pin){0, 0};
    state->n_candidates = 0;
    free(line);
    return ok;
}

/* A new state begins with the settings. */
static bool init_state(struct heed_app *app, struct heed_state *state, struct heed_error *err)
{
    if (!heed_state_init(state, err)) {
        return false;
    }
    heed_settings_apply(&app->settings, state);
    return true;
}

/* A broken file stays as it is; its message is the warning. */
static void load_settings(struct heed_app *app, struct heed_error *warning)
{
    app->settings = heed_settings_default();
    app->has_settings = heed_settings_load(&app->settings, warning);
    memcpy(app->files, app->settings.files, sizeof app->files);
}

/* The last state's model may be gone; one that is asked for now comes first. */
static void leave_lost_model(struct heed_state *state, const struct heed_app_options *options,
                             struct heed_error *warning)
{
    const char *wanted = getenv("HEED_MODEL");
    if (!state->model) {
        return;
    }
    const bool is_lost = !heed_model_has_config(state->model);
    if (is_lost) {
        heed_error_set(warning, HEED_ERROR_INPUT,
                       "the model in '%s' isn't there any more: this is the usual one",
                       state->model);
    }
    if (is_lost || options->model_folder || (wanted && wanted[0] != '\0')) {
        free(state->model);
        state->model = NULL;
    }
}

/* The last state's file may be gone: its text isn't. */
static void leave_lost_file(struct heed_state *state, struct heed_error *warning)
{
    if (state->file && access(state->file, R_OK) != 0) {
        heed_error_set(warning, HEED_ERROR_INPUT, "'%s' isn't there any more: this is the text",
                       state->file);
        if (!heed_state_set_file(state, NULL, NULL)) {
            *warning = (struct heed_error){0};
        }
    }
}

bool heed_app_load_first(struct heed_app *app, const struct heed_app_options *options,
                         struct heed_error *warning, struct heed_error *err)
{
    struct heed_state state = {0};
    struct heed_error unread = {0};
    *warning = (struct heed_error){0};
    load_settings(app, &unread);
    if (!heed_last_claim(&app->last, err)) {
        return false;
    }
    if (options->session_path) {
        if (!heed_session_load(&state, options->session_path, err)) {
            return false;
        }
    } else if (!heed_last_load(&app->last, &state, warning) && !init_state(app, &state, err)) {
        return false;
    } else {
        leave_lost_file(&state, warning);
    }
    leave_lost_model(&state, options, warning);
    if (warning->code == HEED_OK) {
        *warning = unread;
    }
    if (warning->code == HEED_OK && app->last.number > 1) {
        heed_error_set(warning, HEED_ERROR_INPUT,
                       "another window of heed is open: this one keeps its text by itself, in %s",
                       heed_last_name(&app->last));
    }
    bool ok = !options->text || put_text(&state, options->text, err);
    if (options->filter) {
        state.filter = *options->filter;
        if (!state.pair) {
            state.filter.segments = HEED_SEGMENTS_ALL;
        }
    }
    ok = ok && heed_ui_set_state(app->ui, &state, false, err);
    heed_state_finish(&state);
    if (ok && options->session_path) {
        heed_app_set_document(app, options->session_path);
    }
    if (ok && options->attention_path) {
        open_attention(app, options->attention_path, options->part);
    }
    return ok;
}

void heed_app_greet(struct heed_app *app)
{
    struct heed_error err = {0};
    if (!app->has_settings || app->settings.hint_seen) {
        return;
    }
    heed_ui_show_hint(app->ui);
    heed_ui_begin_story(app->ui);
    save_settings(app, true, &err); /* else it greets once more */
}

void heed_app_note_change(struct heed_app *app)
{
    const struct heed_state *state = heed_ui_get_state(app->ui);
    if (app->save_at < 0.0 && (!app->has_saved || !heed_state_equal(state, &app->saved))) {
        app->save_at = heed_clock_seconds() + save_after;
    }
}

bool heed_app_save_last(struct heed_app *app, bool at_once, struct heed_error *err)
{
    bool ok = heed_keeper_check(app->keeper, err);
    app->has_saved = app->has_saved && ok; /* the next change tries again */
    if (at_once) {
        struct heed_error other;
        app->save_at = -1.0;
        return give_state(app, ok ? err : &other) &&
               heed_keeper_flush(app->keeper, MS_TO_SAVE, ok ? err : &other) && ok;
    }
    if (ok && app->save_at >= 0.0 && heed_clock_seconds() >= app->save_at) {
        app->save_at = -1.0;
        ok = give_state(app, err);
    }
    return ok;
}
