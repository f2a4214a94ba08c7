#include "app/app_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"
#include "export/export.h"
#include "session/session.h"
#include "state/state.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"
#include "ui/window/document.h"

/* A change is saved after so many seconds without another. */
static const double save_after = 2.0;

static const char *model_name(const struct heed_app *app)
{
    const struct heed_model *model = heed_engine_get_model(app->engine);
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

/* A text field has one line: line ends become spaces, controls go. */
static size_t make_one_line(char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '\r' && i + 1 < length && text[i + 1] == '\n') {
            continue;
        }
        if (c >= 0x20 && c != 0x7F) {
            text[n++] = (char)c;
        } else if (c == '\n' || c == '\r' || c == '\t') {
            text[n++] = ' ';
        }
    }
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    text[n] = '\0';
    return n;
}

/* The text of a file as the state holds it. */
static bool read_text(struct heed_state *state, const char *path, struct heed_error *err)
{
    char *data = NULL;
    size_t size = 0, bad = 0;
    if (!heed_file_read(path, HEED_MAX_TEXT, &data, &size, err)) {
        return false;
    }
    const size_t skip = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool ok = heed_utf8_valid(data, size, &bad);
    if (!ok) {
        heed_error_set(err, HEED_ERROR_FORMAT, "%s: byte %zu isn't UTF-8 text", path, bad);
    } else {
        const size_t length = make_one_line(data + skip, size - skip);
        ok = heed_state_set_text(state, data + skip, length, err);
    }
    free(data);
    return ok;
}

static bool load_file(const struct heed_app *app, struct heed_state *state, const char *path,
                      struct heed_error *err)
{
    if (ends_in(path, ".heed")) {
        return heed_session_load(state, path, err);
    }
    if (!heed_state_copy(state, heed_ui_get_state(app->ui), err)) {
        return false;
    }
    if (!read_text(state, path, err)) {
        heed_state_finish(state);
        return false;
    }
    state->query = state->key = (struct heed_pin){0, 0};
    state->n_candidates = 0;
    return true;
}

/* The panel says what can't be read. The path is kept, so it must hold from any folder. */
static void open_probe(struct heed_app *app, const char *path)
{
    char *whole = realpath(path, NULL);
    heed_ui_open_probe(app->ui, whole ? whole : path);
    free(whole);
    app->redraw = true;
    heed_app_note_change(app);
}

void heed_app_open_file(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    if (ends_in(path, ".tsv")) {
        open_probe(app, path);
        return;
    }
    struct heed_state state = {0};
    bool ok = load_file(app, &state, path, &err);
    if (ok) {
        ok = heed_ui_set_state(app->ui, &state, true, &err);
        heed_state_finish(&state);
    }
    say_outcome(app, ok, "Opened", path, &err);
    heed_app_note_change(app);
}

void heed_app_save_file(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    const bool ok = heed_session_save(heed_ui_get_state(app->ui), model_name(app), path, &err);
    say_outcome(app, ok, "Saved", path, &err);
}

/* The state with nothing in it that the result doesn't have. */
static bool export_state(struct heed_app *app, const char *path, struct heed_error *err)
{
    struct heed_state state = {0};
    const struct heed_model *model = heed_engine_get_model(app->engine);
    if (!app->result) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no picture yet to export");
    }
    if (!heed_state_copy(&state, heed_ui_get_state(app->ui), err)) {
        return false;
    }
    const struct heed_run *run = app->result->run;
    heed_state_fit(&state, run->n_layers, run->n_heads, run->n_tokens);
    const struct heed_export_options options = {.tokenizer = heed_engine_get_tokenizer(app->engine),
                                                .tasks = heed_ui_get_tasks(app->ui)};
    const bool ok = heed_export_write(&state, app->result, model, &options, path, err);
    heed_state_finish(&state);
    return ok;
}

/* The open panel's table. */
static bool export_table(const struct heed_app *app, const char *path, bool json,
                         struct heed_error *err)
{
    struct heed_buffer out = {0};
    const bool ok = heed_ui_put_table(app->ui, &out, json, err) &&
                    heed_file_write(path, out.data, out.size, err);
    heed_buffer_finish(&out);
    return ok;
}

void heed_app_export_file(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    const bool json = ends_in(path, ".json");
    const bool ok = json || ends_in(path, ".csv") ? export_table(app, path, json, &err)
                                                  : export_state(app, path, &err);
    say_outcome(app, ok, "Exported", path, &err);
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
}

bool heed_app_load_first(struct heed_app *app, const struct heed_app_options *options,
                         struct heed_error *warning, struct heed_error *err)
{
    struct heed_state state = {0};
    struct heed_error unread = {0};
    *warning = (struct heed_error){0};
    load_settings(app, &unread);
    if (options->session_path) {
        if (!heed_session_load(&state, options->session_path, err)) {
            return false;
        }
    } else if (!heed_session_load_last(&state, warning) && !init_state(app, &state, err)) {
        return false;
    }
    if (warning->code == HEED_OK) {
        *warning = unread;
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
    return ok;
}

/* Written as soon as they differ. */
static bool save_settings(struct heed_app *app, bool hint_seen, struct heed_error *err)
{
    struct heed_settings now = heed_settings_of(heed_ui_get_state(app->ui));
    const struct heed_settings *old = &app->settings;
    now.hint_seen = hint_seen;
    if (!app->has_settings ||
        (now.theme == old->theme && now.palette == old->palette && now.ui_scale == old->ui_scale &&
         now.hint_seen == old->hint_seen && now.reduced_motion == old->reduced_motion)) {
        return true;
    }
    app->settings = now;
    return heed_settings_save(&now, err);
}

void heed_app_greet(struct heed_app *app)
{
    struct heed_error err = {0};
    if (!app->has_settings || app->settings.hint_seen) {
        return;
    }
    heed_ui_show_hint(app->ui);
    save_settings(app, true, &err); /* else it greets once more */
}

void heed_app_note_change(struct heed_app *app)
{
    const struct heed_state *state = heed_ui_get_state(app->ui);
    if (!app->has_saved || !heed_state_equal(state, &app->saved)) {
        app->save_at = heed_clock_seconds() + save_after;
    }
}

bool heed_app_save_last(struct heed_app *app, bool at_once, struct heed_error *err)
{
    const struct heed_state *state = heed_ui_get_state(app->ui);
    if (!at_once && (app->save_at < 0.0 || heed_clock_seconds() < app->save_at)) {
        return true;
    }
    app->save_at = -1.0;
    if (app->has_saved && heed_state_equal(state, &app->saved)) {
        return true;
    }
    if (!save_settings(app, app->settings.hint_seen, err) ||
        !heed_session_save_last(state, model_name(app), err)) {
        return false;
    }
    heed_state_finish(&app->saved);
    app->saved = (struct heed_state){0};
    app->has_saved = heed_state_copy(&app->saved, state, NULL);
    return true;
}
