#include "scene/ui_private.h"

bool heed_ui_panel_works(enum heed_panel panel)
{
    return panel == HEED_PANEL_NONE ||
           heed_commands_get_info(HEED_COMMAND_PANEL, (int32_t)panel) != NULL;
}

/* --- what the worker tells --- */

bool heed_ui_set_progress(struct heed_ui *ui, struct heed_task_progress progress)
{
    struct heed_tasks *tasks = &ui->tasks;
    if (progress.id == 0 || progress.id != tasks->running ||
        (progress.done == tasks->n_done && progress.all == tasks->n_all)) {
        return false;
    }
    tasks->n_done = progress.done;
    tasks->n_all = progress.all;
    heed_ui_touch(ui);
    return true;
}

void heed_ui_set_task(struct heed_ui *ui, struct heed_task *task)
{
    struct heed_tasks *tasks = &ui->tasks;
    const struct heed_error *error = heed_task_get_error(task);
    if (heed_task_get_id(task) != tasks->running) {
        return;
    }
    tasks->running = 0;
    if (error != NULL) {
        heed_ui_say(ui, true, "%s", error->text);
    } else {
        struct heed_task **done = &tasks->done[heed_task_get_kind(task)];
        heed_task_release(*done);
        *done = heed_task_retain(task);
    }
    heed_ui_touch(ui);
}

const struct heed_tasks *heed_ui_get_tasks(const struct heed_ui *ui)
{
    return &ui->tasks;
}

/* --- commands --- */

/* The task that a panel's button starts; NULL: it can't, and that was said. */
static struct heed_task *make_task(struct heed_ui *ui, enum heed_panel panel,
                                   uint64_t id)
{
    (void)ui;
    (void)panel;
    (void)id;
    return NULL;
}

static void start(struct heed_ui *ui, enum heed_panel panel)
{
    struct heed_tasks *tasks = &ui->tasks;
    struct heed_task *task = make_task(ui, panel, ui->last_task + 1);
    if (task == NULL) {
        return;
    }
    heed_task_release(ui->effects->start_task);
    ui->effects->start_task = task;
    tasks->running = ++ui->last_task;
    tasks->kind = heed_task_get_kind(task);
    tasks->n_done = tasks->n_all = 0;
    heed_ui_touch(ui);
}

static void cancel(struct heed_ui *ui)
{
    ui->effects->cancel_task = ui->tasks.running;
    ui->tasks.running = 0;
    heed_ui_touch(ui);
}

static void toggle(struct heed_ui *ui, enum heed_panel panel)
{
    struct heed_state *state = &ui->now.state;
    if (heed_ui_begin(ui)) {
        state->panel = state->panel == panel ? HEED_PANEL_NONE : panel;
        ui->scroll_x = ui->scroll_y = 0.0F;
        ui->zoom = 1.0F;
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

bool heed_ui_can_panel(const struct heed_ui *ui, enum heed_command command,
                       int32_t argument)
{
    switch (command) {
    case HEED_COMMAND_RUN:
        return ui->result != NULL &&
               (argument > 0 || ui->now.state.panel != HEED_PANEL_NONE);
    case HEED_COMMAND_CANCEL:
        return ui->tasks.running != 0;
    default:
        return heed_ui_panel_works((enum heed_panel)argument);
    }
}

bool heed_ui_run_panel(struct heed_ui *ui, enum heed_command command,
                       int32_t argument)
{
    if (command != HEED_COMMAND_PANEL && command != HEED_COMMAND_RUN &&
        command != HEED_COMMAND_CANCEL) {
        return false;
    }
    if (!heed_ui_can_panel(ui, command, argument)) {
        return true;
    }
    if (command == HEED_COMMAND_PANEL) {
        toggle(ui, (enum heed_panel)argument);
    } else if (command == HEED_COMMAND_RUN) {
        start(ui, argument > 0 ? (enum heed_panel)argument : ui->now.state.panel);
    } else {
        cancel(ui);
    }
    return true;
}

bool heed_ui_leave_panel(struct heed_ui *ui)
{
    if (ui->tasks.running != 0) {
        cancel(ui);
        return true;
    }
    if (ui->now.state.panel != HEED_PANEL_NONE) {
        toggle(ui, ui->now.state.panel);
        return true;
    }
    return false;
}
