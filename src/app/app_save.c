#include "app/app_save.h"

#include <stdio.h>
#include <string.h>

#include "app/app_document.h"
#include "app/app_files.h"
#include "app/app_private.h"
#include "app/app_recent.h"
#include "app/app_work.h"
#include "base/file_writing.h"
#include "session/lesson_write.h"
#include "session/session.h"
#include "ui/ui.h"

enum { MS_TO_WRITE = 100 /* a file, before the window goes on without */ };

static void forget(struct heed_app *app)
{
    app->saving.writing = NULL;
    heed_state_finish(&app->saving.session);
    app->saving.session = (struct heed_state){0};
}

void heed_app_take_written(struct heed_app *app)
{
    struct heed_saving *it = &app->saving;
    struct heed_error err = {0};
    struct heed_saved saved = {.path = it->path};
    if (!it->writing || !heed_file_writing_wait(it->writing, 0)) {
        return;
    }
    saved.ok = heed_file_writing_finish(it->writing, &saved.is_there, &err);
    saved.problem = err.text;
    it->writing = NULL;
    it->take(app, &saved);
    forget(app);
    heed_app_note_change(app);
}

bool heed_app_cancel_writing(struct heed_app *app)
{
    char text[PATH_MAX + 64];
    if (!app->saving.writing) {
        return false;
    }
    heed_file_writing_drop(app->saving.writing);
    snprintf(text, sizeof text, "Gave up waiting for %s: it may be written or not",
             app->saving.path);
    forget(app);
    heed_app_say(app, true, text);
    return true;
}

bool heed_app_end_writing(struct heed_app *app, int ms, struct heed_error *err)
{
    struct heed_saving *it = &app->saving;
    bool is_there = false;
    if (!it->writing) {
        return true;
    }
    bool ok = heed_file_writing_wait(it->writing, ms);
    if (ok) {
        ok = heed_file_writing_finish(it->writing, &is_there, err);
    } else {
        heed_file_writing_drop(it->writing);
        heed_error_set(err, HEED_ERROR_FILE, "can't write '%s': the disk doesn't answer", it->path);
    }
    forget(app);
    return ok;
}

bool heed_app_is_writing(struct heed_app *app)
{
    char text[PATH_MAX + 64];
    const bool is = app->saving.writing != NULL;
    if (is) {
        snprintf(text, sizeof text, "still writing %s: Escape gives it up", app->saving.path);
        heed_app_say(app, true, text);
    }
    return is;
}

bool heed_app_write(struct heed_app *app, const char *path, struct heed_buffer *bytes,
                    bool replaces,
                    void (*take)(struct heed_app *app, const struct heed_saved *saved),
                    struct heed_error *err)
{
    struct heed_saving *it = &app->saving;
    char text[PATH_MAX + 64];
    snprintf(it->path, sizeof it->path, "%s", path);
    it->take = take;
    if (!heed_file_writing_start(&it->writing, path, bytes, replaces, heed_app_wake, app, err)) {
        return false;
    }
    if (heed_file_writing_wait(it->writing, MS_TO_WRITE)) {
        heed_app_take_written(app);
    } else {
        snprintf(text, sizeof text, "Writing %s \xE2\x80\xA6 Escape gives it up", path);
        heed_app_say(app, false, text);
    }
    return true;
}

/* --- sessions --- */

static void take_session(struct heed_app *app, const struct heed_saved *saved)
{
    struct heed_error err = {0};
    bool ok = saved->ok;
    if (ok) {
        heed_app_set_document(app, saved->path, &app->saving.session);
        heed_app_note_recent(app, saved->path);
    } else if (saved->is_there) {
        heed_app_ask_replace(app, saved->path, &err);
    } else {
        heed_error_set(&err, HEED_ERROR_FILE, "%s", saved->problem);
    }
    heed_app_say_outcome(app, ok, "Saved", saved->path, &err);
}

static void save(struct heed_app *app, const char *path, bool replaces)
{
    struct heed_error err = {0};
    struct heed_buffer out = {0};
    const struct heed_state *state = heed_ui_get_state(app->ui);
    heed_app_keep_state(app);
    if (heed_app_is_writing(app)) {
        return;
    }
    if (!heed_session_write(state, heed_app_get_model_name(app), &out, &err) ||
        !heed_state_copy(&app->saving.session, state, &err) ||
        !heed_app_write(app, path, &out, replaces || heed_app_may_replace(app, path), take_session,
                        &err)) {
        heed_buffer_finish(&out);
        forget(app);
        heed_app_say(app, true, err.text);
    }
}

void heed_app_save_file(struct heed_app *app, const char *path)
{
    save(app, path, false);
}

void heed_app_replace_file(struct heed_app *app, const char *path)
{
    save(app, path, true);
}

void heed_app_add_step(struct heed_app *app, const char *path)
{
    struct heed_error err = {0};
    const struct heed_tokenizer *tokenizer = heed_kit_get_tokenizer(app->kit);
    const bool ok = (tokenizer || heed_error_set(&err, HEED_ERROR_INPUT,
                                                 "a lesson needs a model: none is open")) &&
                    heed_lesson_add_step(path, heed_ui_get_state(app->ui), tokenizer,
                                         heed_app_get_model_name(app), &err);
    heed_app_say_outcome(app, ok, "A step was added to", path, &err);
}
