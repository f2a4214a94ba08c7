/* What has no command, for memory_test.py: it ends as heed does, with 1 and
 * one line on stderr when something can't be done.
 *
 * usage: steps session FILE            a session is read, and written to saved.heed
 *        steps settings                settings are read, and written
 *        steps window MODEL FILE       one keystroke in a window of that session:
 *                                      the run that it asks for, and the frame's
 *                                      list on standard output */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "core/engine/pipeline.h"
#include "draw/metrics.h"
#include "render/record/record.h"
#include "session/session.h"
#include "session/settings.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"

static bool step_session(const char *file, struct heed_error *err)
{
    struct heed_state state = {0};
    if (!heed_session_load(&state, file, err)) {
        return false;
    }
    const bool ok = heed_session_save(&state, "a model", "saved.heed", err);
    heed_state_finish(&state);
    return ok;
}

static bool step_settings(struct heed_error *err)
{
    struct heed_settings settings = heed_settings_default();
    return heed_settings_load(&settings, err) && heed_settings_save(&settings, err);
}

/* --- the window --- */

struct window {
    struct heed_pipeline *pipeline;
    struct heed_ui *ui;
    const struct heed_list *list;
    uint64_t generation;
};

/* Without memory of their own, which a painter's have. */
static float measure_width(void *context, struct heed_text_style style, const char *text,
                           size_t length)
{
    (void)context;
    (void)text;
    return style.size * 0.5f * (float)length;
}

static float measure_caret(void *context, struct heed_text_style style, const char *text,
                           size_t length, size_t offset)
{
    return measure_width(context, style, text, offset < length ? offset : length);
}

static const struct heed_metrics metrics = {.width = measure_width, .caret = measure_caret};

/* As the worker does; the status bar tells what a run took. */
static void answer(struct window *window)
{
    struct heed_error error = {0};
    const struct heed_result *result = NULL;
    const struct heed_job job = heed_ui_get_job(window->ui, ++window->generation);
    if (heed_pipeline_run(window->pipeline, &job, (struct heed_pipeline_hints){0}, &result,
                          &error)) {
        ((struct heed_run *)result->run)->encode_ms = 1;
    } else {
        result = heed_result_fail(job.generation, &error, HEED_WANTS_NOTHING);
    }
    if (result) {
        heed_ui_set_result(window->ui, result);
        heed_result_release(result);
    } else {
        heed_ui_set_message(window->ui, error.text, true);
    }
}

static void build(struct window *window, double time)
{
    struct heed_effects effects = {0};
    window->list = heed_ui_build(window->ui, time, &metrics, &effects);
    if (effects.encode) {
        answer(window);
        window->list = heed_ui_build(window->ui, time, &metrics, &effects);
    }
}

/* What the frame says of memory, as an error. */
static bool check_frame(const struct heed_list *list, struct heed_error *err)
{
    if (list->failed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory: the frame isn't shown");
    }
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_TEXT && strstr(item->as.text.text, "memory")) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "the frame says: %s", item->as.text.text);
        }
    }
    return true;
}

static bool print_frame(const struct heed_list *list, struct heed_error *err)
{
    struct heed_buffer text = {0};
    heed_record_write(list, &text);
    const bool ok = text.failed ? heed_error_set(err, HEED_ERROR_MEMORY, "no memory for the dump")
                                : heed_file_write("-", text.data, text.size, err);
    heed_buffer_finish(&text);
    return ok;
}

static bool type_letter(struct window *window, struct heed_error *err)
{
    struct heed_effects effects = {0};
    const struct heed_event key = {.kind = HEED_EVENT_TEXT, .text = "s", .length = 1, .time = 11};
    heed_ui_set_model(window->ui, heed_pipeline_get_model(window->pipeline),
                      heed_pipeline_get_tokenizer(window->pipeline));
    heed_ui_resize(window->ui, 1280, 800, 1);
    answer(window);
    build(window, 10);
    if (!check_frame(window->list, err)) {
        return false;
    }
    heed_ui_handle(window->ui, &key, &metrics, &effects);
    if (effects.encode) {
        answer(window);
    }
    build(window, 11);
    return check_frame(window->list, err) && print_frame(window->list, err);
}

static bool step_window(const char *model, const char *file, struct heed_error *err)
{
    struct window window = {0};
    struct heed_state state = {0};
    const struct heed_encoder_options options = {.n_threads = 1};
    const bool ok = heed_session_load(&state, file, err) &&
                    heed_pipeline_open(&window.pipeline, model, options, err) &&
                    heed_ui_create(&window.ui, err) &&
                    heed_ui_set_state(window.ui, &state, false, err) && type_letter(&window, err);
    heed_ui_destroy(window.ui);
    heed_pipeline_close(window.pipeline);
    heed_state_finish(&state);
    return ok;
}

int main(int argc, char **argv)
{
    struct heed_error error = {0};
    bool ok = false;
    if (argc == 3 && strcmp(argv[1], "session") == 0) {
        ok = step_session(argv[2], &error);
    } else if (argc == 2 && strcmp(argv[1], "settings") == 0) {
        ok = step_settings(&error);
    } else if (argc == 4 && strcmp(argv[1], "window") == 0) {
        ok = step_window(argv[2], argv[3], &error);
    } else {
        heed_error_set(&error, HEED_ERROR_USAGE, "steps session | settings | window ...");
    }
    if (!ok) {
        fprintf(stderr, "heed: %s\n", error.text);
    }
    return ok ? 0 : 1;
}
