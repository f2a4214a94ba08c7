/*
 * The window without a window: state, history, the text fields, hover, focus,
 * popovers. Events go in, a display list and effects come out, so that all of
 * it is tested without SDL. One thread.
 *
 *   state' = update(state, event);   list = build(state, result, size)
 */
#ifndef HEED_SCENE_UI_H
#define HEED_SCENE_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "core/engine/ablation_task.h"
#include "core/engine/engine.h"
#include "core/engine/probe_task.h"
#include "scene/display_list.h"
#include "scene/event.h"
#include "scene/examples.h"
#include "scene/metrics.h"
#include "scene/probe_files.h"
#include "scene/state.h"
#include "scene/tasks.h"

struct heed_ui;

/* What app/ must do after an event. Strings are borrowed from the ui until
 * the next call. */
struct heed_effects {
    bool quit;
    bool redraw;               /* the next build gives another picture */
    bool encode;               /* text or filter changed: submit heed_ui_get_job */
    bool want_clipboard;       /* answer with HEED_EVENT_PASTE */
    bool want_primary;         /* likewise, from the primary selection */
    const char *set_clipboard; /* NULL: leave it */
    const char *set_primary;
    const char *open_path;   /* session or text file to open */
    const char *save_path;   /* write the session there */
    const char *export_path; /* draw the view there, by its ending */
    enum heed_panel start;   /* make and start its task (heed_ui_get_ablation
                                for that one); NONE: start none */
    uint64_t start_id;       /* the task's id */
    uint64_t cancel_task;    /* the engine's task to cancel; 0: none */
    bool raise_input;        /* the text input rectangle changed */
    struct heed_rect input;  /* where an input method shows its window */
    bool text_input;         /* a text field has the focus */
    enum heed_cursor { HEED_CURSOR_ARROW, HEED_CURSOR_TEXT, HEED_CURSOR_HAND } cursor;
    double wake_in; /* seconds to the next build that differs without an
                       event (caret, motion); negative: never */
};

bool heed_ui_create(struct heed_ui **ui, struct heed_error *err);
void heed_ui_destroy(struct heed_ui *ui);

const struct heed_state *heed_ui_get_state(const struct heed_ui *ui);
/* Replaces the state (a session was opened, a first text given). With
 * undoable it is one step of the history, else the history starts anew. */
bool heed_ui_set_state(struct heed_ui *ui, const struct heed_state *state, bool undoable,
                       struct heed_error *err);

/* The newest result (retained by the ui). With ok == false the last good
 * picture stays and its message is shown in place. */
void heed_ui_set_result(struct heed_ui *ui, const struct heed_result *result);
/* How far the engine's task is. True if that changes the picture. */
bool heed_ui_set_progress(struct heed_ui *ui, struct heed_task_progress progress);
/* A task that ended; the caller keeps its reference. One that isn't awaited
 * changes nothing, one that failed leaves its message. */
void heed_ui_set_task(struct heed_ui *ui, struct heed_task *task);
/* A task that was to be started and couldn't be. */
void heed_ui_fail_task(struct heed_ui *ui, uint64_t id, const char *why);
/* The ablation to start now, of the shown result. Borrowed strings. */
struct heed_ablation_options heed_ui_get_ablation(struct heed_ui *ui, uint64_t id);
/* What the long tasks have come to, for exports. */
const struct heed_tasks *heed_ui_get_tasks(const struct heed_ui *ui);
/* As heed_panel_put_table, of what is shown. */
bool heed_ui_put_table(const struct heed_ui *ui, struct heed_buffer *out, bool json,
                       struct heed_error *err);
/* For the status bar and tooltips; NULL until they are known. */
void heed_ui_set_model(struct heed_ui *ui, const struct heed_model *model,
                       const struct heed_tokenizer *tokenizer);
/* What the list of examples offers. Borrowed until the ui is destroyed. */
void heed_ui_set_examples(struct heed_ui *ui, const struct heed_example *examples, int n);
/* The first start's hint, below the tabs until it is closed. */
void heed_ui_show_hint(struct heed_ui *ui);
/* The files of sentences that can be probed at once. Borrowed likewise. */
void heed_ui_set_probes(struct heed_ui *ui, const struct heed_probe_file *files, int n);
/* The probe to start now. Borrowed; there is a name when one is to start. */
void heed_ui_get_probe(const struct heed_ui *ui, struct heed_probe_source *source,
                       struct heed_filter *filter);
/* Opens the probe's panel on a file and starts it. */
void heed_ui_open_probe(struct heed_ui *ui, const char *path);
/* A line in the status bar until the next key or click. After save_path,
 * open_path or export_path an error brings their question back with it. */
void heed_ui_set_message(struct heed_ui *ui, const char *text, bool is_error);

/* width, height: px of the drawable; pixel_ratio: device px per window unit
 * (HiDPI). The scale of everything is pixel_ratio * state.ui_scale. */
void heed_ui_resize(struct heed_ui *ui, float width, float height, float pixel_ratio);
void heed_ui_handle(struct heed_ui *ui, const struct heed_event *event,
                    const struct heed_metrics *metrics, struct heed_effects *effects);
/* The whole window. The list is the ui's, valid until the next build. Also
 * fills effects->wake_in, cursor, input, raise_input and text_input, and sets
 * encode if a state was set since the last call that asks for another run. */
const struct heed_list *heed_ui_build(struct heed_ui *ui, double time,
                                      const struct heed_metrics *metrics,
                                      struct heed_effects *effects);
/* What to compute now. Borrowed strings. */
struct heed_job heed_ui_get_job(struct heed_ui *ui, uint64_t generation);

#endif
