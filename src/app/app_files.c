#include "app/app_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app_document.h"
#include "app/app_keeper.h"
#include "app/app_lessons.h"
#include "app/app_private.h"
#include "base/clock.h"
#include "base/lines.h"
#include "core/model/places.h"
#include "scene/frame/two_models.h"
#include "session/paths.h"
#include "session/session.h"
#include "state/state.h"
#include "ui/actions/story.h"
#include "ui/popover/examples.h"
#include "ui/sheet/export_panel.h"
#include "ui/ui.h"
#include "ui/window/document.h"

/* A change is saved so many seconds later, whatever comes after it. */
static const double save_after = 0.5;

enum { MS_TO_SAVE = 1200 /* the last state, at the end */ };

const char *heed_app_get_model_name(const struct heed_app *app)
{
    const struct heed_model *model = heed_kit_get_model(app->kit);
    return model ? heed_model_get_name(model) : NULL;
}

void heed_app_say(struct heed_app *app, bool is_error, const char *text)
{
    heed_ui_set_message(app->ui, text, is_error);
    app->redraw = true;
}

void heed_app_say_outcome(struct heed_app *app, bool ok, const char *done, const char *path,
                          const struct heed_error *err)
{
    char text[640];
    snprintf(text, sizeof text, "%s %s", done, path);
    heed_app_say(app, !ok, ok ? text : err->text);
}

/* Written as soon as they differ. */
static bool save_settings(struct heed_app *app, bool hint_seen, struct heed_error *err)
{
    struct heed_settings now = app->settings;
    const struct heed_model *model = heed_kit_get_model(app->kit);
    heed_settings_take(&now, heed_ui_get_state(app->ui));
    now.hint_seen = hint_seen;
    if (heed_compares_models(app->result)) {
        const struct heed_kit *second = app->result->compare->result->kit;
        heed_settings_put_first(now.recent, HEED_MOST_RECENT,
                                heed_model_get_folder(heed_kit_get_model(second)));
    }
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
        !heed_session_write(state, heed_app_get_model_name(app), &out, err)) {
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

/* Line ends become spaces. */
static size_t make_one_line(char *text, size_t length)
{
    const size_t n = heed_lines_tidy(text, length);
    for (size_t i = 0; i < n; i++) {
        text[i] = text[i] == '\n' ? ' ' : text[i];
    }
    return n;
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

/* Likewise that of Compare's B. */
static void leave_lost_second(struct heed_state *state, struct heed_error *warning)
{
    if (state->compare_model && !heed_model_has_config(state->compare_model)) {
        heed_error_set(warning, HEED_ERROR_INPUT,
                       "B's model in '%s' isn't there any more: B is of the same model as A",
                       state->compare_model);
        free(state->compare_model);
        state->compare_model = NULL;
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
    leave_lost_second(&state, warning);
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
        heed_app_set_document(app, options->session_path, heed_ui_get_state(app->ui));
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
