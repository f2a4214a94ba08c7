/* Panels and the long work behind them; the measures of a pinned link. */
#ifndef HEED_UI_ACTIONS_TASKS_H
#define HEED_UI_ACTIONS_TASKS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/engine/ablation_task.h"
#include "core/engine/engine.h"
#include "scene/frame/tasks.h"

struct heed_ui;

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
HEED_NODISCARD bool heed_ui_put_table(const struct heed_ui *ui, struct heed_buffer *out, bool json,
                                      struct heed_error *err);
/* Of RUN: the open panel's task, or that of the argument. */
bool heed_ui_can_start(const struct heed_ui *ui, int32_t argument);
void heed_ui_start(struct heed_ui *ui, int32_t argument);
void heed_ui_cancel(struct heed_ui *ui);
/* Opens that of enum heed_panel, or closes it. */
void heed_ui_toggle_panel(struct heed_ui *ui, int32_t argument);
/* Esc: cancels what runs, else closes the panel; false: neither. */
bool heed_ui_leave_panel(struct heed_ui *ui);
/* What comes after the picture, from the worker. */
enum heed_later {
    HEED_LATER_PREDICTIONS = 1, /* what the model's output heads say, if they have something to */
    HEED_LATER_LINKS = 2        /* a link's measures, if a pair is pinned or pointed at */
};
/* When no run has come for a while, so that typing needn't wait for it: asks for those. */
void heed_ui_follow_later(struct heed_ui *ui);
double heed_ui_later_in(const struct heed_ui *ui); /* s; negative: never */
/* A control of a panel's header, which doesn't scroll. */
bool heed_ui_is_fixed(struct heed_target target);

/* After a result: if its file is too large to be looked at at once, the id of the task that
 * is to do so (HEED_TASK_OVERVIEW) and that counts as running from now on; 0: nothing is to
 * be started. cancel: the id of one that isn't needed any more, or 0. */
uint64_t heed_ui_follow_overview(struct heed_ui *ui, uint64_t *cancel);

/* After a result, and when a task has ended: the id of a task whose numbers were there when the
 * state that the window began with was kept, the open panel's first, and that counts as running
 * from now on; 0: nothing is to start. */
uint64_t heed_ui_resume(struct heed_ui *ui, enum heed_task_kind *kind);

#endif
