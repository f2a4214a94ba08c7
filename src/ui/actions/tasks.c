#include "ui/actions/tasks.h"

#include "core/engine/overview_task.h"
#include "scene/frame/ablation_values.h"
#include "scene/panels/panels.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"

/* After so many seconds without another result. */
static const double later_after = 0.25;

bool heed_ui_is_fixed(struct heed_target target)
{
    return target.kind == HEED_TARGET_COMMAND &&
           (target.a == HEED_COMMAND_PANEL || target.a == HEED_COMMAND_RUN ||
            target.a == HEED_COMMAND_CANCEL || target.a == HEED_COMMAND_ABLATION_BY);
}

/* --- what comes after the picture --- */

static double quiet_in(const struct heed_ui *ui)
{
    const double since = ui->time - ui->result_since;
    return since < later_after ? later_after - since : 0;
}

/* A pair is pinned, or one of both pointed at. */
static bool has_pair(const struct heed_ui *ui)
{
    struct heed_pin query, key;
    return heed_ui_pair_in_hand(ui, &query, &key);
}

static unsigned lacks(const struct heed_ui *ui)
{
    const struct heed_result *result = ui->result;
    unsigned all = 0;
    if (result == NULL || ui->layout.inspector.w <= 0.0F || ui->waiting_since >= 0.0) {
        return 0;
    }
    if (heed_result_lacks_predictions(result)) {
        all |= HEED_LATER_PREDICTIONS;
    }
    if (result->links == NULL && heed_ui_model(ui) != NULL && has_pair(ui)) {
        all |= HEED_LATER_LINKS;
    }
    return all;
}

/* Is there anything of it that wasn't asked for yet? */
static bool is_due(const struct heed_ui *ui, unsigned all)
{
    const bool again = ui->result != NULL && ui->later_for == ui->result->generation;
    return (again ? all & ~ui->later_asked : all) != 0;
}

double heed_ui_later_in(const struct heed_ui *ui)
{
    const double in = is_due(ui, lacks(ui)) ? quiet_in(ui) : 0;
    return in > 0 ? in : -1.0;
}

void heed_ui_follow_later(struct heed_ui *ui)
{
    const unsigned all = lacks(ui);
    if (is_due(ui, all) && quiet_in(ui) <= 0) {
        ui->later = ui->later_asked = all;
        ui->later_for = ui->result->generation;
        ui->effects->encode = true;
    }
}

/* --- what the worker tells --- */

/* From its first unit on, once a second has gone. */
static void measure_rate(struct heed_tasks *tasks, double now)
{
    if (tasks->since == 0 && tasks->n_done > 0) {
        tasks->since = now;
        tasks->n_since = tasks->n_done;
    }
    const double seconds = now - tasks->since;
    if (tasks->since > 0 && seconds >= 1) {
        tasks->rate = (float)((tasks->n_done - tasks->n_since) / seconds);
    }
}

bool heed_ui_set_progress(struct heed_ui *ui, struct heed_task_progress progress)
{
    struct heed_tasks *tasks = &ui->tasks;
    if (progress.id == 0 || progress.id != tasks->running ||
        (progress.done == tasks->n_done && progress.all == tasks->n_all)) {
        return false;
    }
    tasks->n_done = progress.done;
    tasks->n_all = progress.all;
    measure_rate(tasks, ui->time);
    heed_ui_touch(ui);
    return true;
}

/* NULL: nothing comes back of it. */
static bool *ran_of(struct heed_state *state, enum heed_task_kind kind)
{
    return kind == HEED_TASK_ABLATION ? &state->ablation_ran
           : kind == HEED_TASK_PROBE  ? &state->probe_ran
                                      : NULL;
}

static void note_ran(struct heed_ui *ui, enum heed_task_kind kind, bool ran)
{
    bool *field = ran_of(&ui->now.state, kind);
    if (field != NULL) {
        *field = ran;
    }
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
        const enum heed_task_kind kind = heed_task_get_kind(task);
        tasks->failed[kind] = *error;
        if (kind != HEED_TASK_PROBE || ui->now.state.panel != HEED_PANEL_PROBE) {
            heed_ui_say(ui, true, "%s", error->text); /* else its panel does */
        }
    } else {
        struct heed_task **done = &tasks->done[heed_task_get_kind(task)];
        heed_task_release(*done);
        *done = heed_task_retain(task);
        note_ran(ui, heed_task_get_kind(task), true);
        if (heed_task_get_kind(task) == HEED_TASK_PROBE) {
            tasks->look = (struct heed_probe_look){0};
        }
    }
    heed_ui_touch(ui);
}

void heed_ui_fail_task(struct heed_ui *ui, uint64_t id, const char *why)
{
    if (ui->tasks.running == id) {
        ui->tasks.running = 0;
        heed_ui_say(ui, true, "%s", why);
    }
}

const struct heed_tasks *heed_ui_get_tasks(const struct heed_ui *ui)
{
    return &ui->tasks;
}

bool heed_ui_put_table(const struct heed_ui *ui, struct heed_buffer *out, bool json,
                       struct heed_error *err)
{
    struct heed_state state;
    heed_ui_drawn_state(ui, &state);
    const struct heed_frame frame = {.state = &state,
                                     .panel = heed_panel_get_kind(state.panel),
                                     .result = ui->result,
                                     .tasks = &ui->tasks};
    return heed_panel_put_table(out, &frame, json, err);
}

/* --- commands --- */

static struct heed_token_range range_of(struct heed_pin pin)
{
    return (struct heed_token_range){pin.first, pin.count};
}

struct heed_ablation_options heed_ui_get_ablation(struct heed_ui *ui, uint64_t id)
{
    struct heed_state state;
    struct heed_pin query, key;
    heed_ui_drawn_state(ui, &state);
    heed_ablation_pins(&state, &query, &key);
    return (struct heed_ablation_options){
        .id = id,
        .result = ui->result,
        .query = range_of(query),
        .key = range_of(key),
    };
}

/* The worker has one task at a time: another kind takes its place. */
static void say_replaced(struct heed_ui *ui, enum heed_task_kind next)
{
    static const char *const names[HEED_N_TASKS] = {[HEED_TASK_ABLATION] = "ablation",
                                                    [HEED_TASK_PROBE] = "probe",
                                                    [HEED_TASK_VARIANTS] = "trial of changes",
                                                    [HEED_TASK_OVERVIEW] = "look at all heads"};
    const struct heed_tasks *tasks = &ui->tasks;
    if (tasks->running != 0 && tasks->kind != next) {
        heed_ui_say(ui, false, "the %s was stopped unfinished: the %s runs now", names[tasks->kind],
                    names[next]);
    }
}

static void run(struct heed_ui *ui, enum heed_task_kind kind)
{
    struct heed_tasks *tasks = &ui->tasks;
    tasks->running = ++ui->last_task;
    tasks->kind = kind;
    tasks->n_done = tasks->n_all = tasks->n_since = 0;
    tasks->since = 0;
    tasks->rate = 0;
    tasks->failed[tasks->kind] = (struct heed_error){0};
    heed_ui_touch(ui);
}

uint64_t heed_ui_follow_overview(struct heed_ui *ui, uint64_t *cancel)
{
    struct heed_tasks *tasks = &ui->tasks;
    const bool runs = heed_tasks_runs(tasks, HEED_TASK_OVERVIEW);
    const bool same = ui->result != NULL && ui->overview_id == ui->result->maps->id;
    *cancel = 0;
    if (!same) { /* it holds the maps */
        heed_task_release(tasks->done[HEED_TASK_OVERVIEW]);
        tasks->done[HEED_TASK_OVERVIEW] = NULL;
        *cancel = runs ? tasks->running : 0;
        tasks->running = runs ? 0 : tasks->running;
    }
    if (!heed_overview_is_due(ui->result) || (runs && same)) {
        return 0;
    }
    ui->overview_id = ui->result->maps->id;
    run(ui, HEED_TASK_OVERVIEW);
    return ui->tasks.running;
}

/* What had run, and isn't there, as the state that the window began with says. */
static unsigned find_ran(struct heed_ui *ui)
{
    unsigned found = 0;
    for (int kind = 0; kind < HEED_N_TASKS; kind++) {
        const bool *ran = ran_of(&ui->now.state, (enum heed_task_kind)kind);
        found |= ran != NULL && *ran && ui->tasks.done[kind] == NULL ? 1U << kind : 0;
    }
    return found;
}

/* The open panel's first. */
static enum heed_task_kind next_of(const struct heed_ui *ui, unsigned kinds)
{
    const struct heed_panel_kind *panel = heed_panel_get_kind(ui->now.state.panel);
    if (panel != NULL && (kinds & 1U << panel->task) != 0) {
        return panel->task;
    }
    int kind = 0;
    while (kind < HEED_N_TASKS && (kinds & 1U << kind) == 0) {
        kind++;
    }
    return (enum heed_task_kind)kind;
}

uint64_t heed_ui_resume(struct heed_ui *ui, enum heed_task_kind *kind)
{
    if (ui->result == NULL || !ui->result->ok) {
        return 0;
    }
    ui->resumes = ui->has_resumed ? ui->resumes & find_ran(ui) : find_ran(ui);
    ui->has_resumed = true;
    *kind = next_of(ui, ui->resumes);
    if (ui->tasks.running != 0 || *kind == HEED_N_TASKS) {
        return 0;
    }
    ui->resumes &= ~(1U << *kind);
    run(ui, *kind);
    return ui->tasks.running;
}

static void start(struct heed_ui *ui, enum heed_task_kind kind)
{
    struct heed_tasks *tasks = &ui->tasks;
    if (kind == HEED_TASK_PROBE && ui->now.state.probe == NULL) {
        heed_ui_say(ui, false, "choose a file of sentences first, or drop one here");
        return;
    }
    say_replaced(ui, kind);
    run(ui, kind);
    ui->effects->start = true;
    ui->effects->start_kind = kind;
    ui->effects->start_id = tasks->running;
}

void heed_ui_cancel(struct heed_ui *ui)
{
    ui->effects->cancel_task = ui->tasks.running;
    ui->tasks.running = 0;
    if (ui->tasks.done[ui->tasks.kind] == NULL) {
        note_ran(ui, ui->tasks.kind, false); /* it isn't wanted when the next window begins */
    }
    heed_ui_touch(ui);
}

void heed_ui_toggle_panel(struct heed_ui *ui, int32_t argument)
{
    struct heed_state *state = &ui->now.state;
    if (heed_ui_begin(ui)) {
        state->panel =
            (int32_t)state->panel == argument ? HEED_PANEL_NONE : (enum heed_panel)argument;
        heed_ui_fit(ui);
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

/* Of RUN's argument; with 0 a panel is open. */
static enum heed_task_kind task_of(const struct heed_ui *ui, int32_t argument)
{
    return argument > 0 ? (enum heed_task_kind)(argument - 1)
                        : heed_panel_get_kind(ui->now.state.panel)->task;
}

bool heed_ui_can_start(const struct heed_ui *ui, int32_t argument)
{
    return (argument > 0 || ui->now.state.panel != HEED_PANEL_NONE) &&
           (ui->result != NULL || task_of(ui, argument) == HEED_TASK_PROBE);
}

void heed_ui_start(struct heed_ui *ui, int32_t argument)
{
    start(ui, task_of(ui, argument));
}

bool heed_ui_leave_panel(struct heed_ui *ui)
{
    if (ui->tasks.running != 0 && ui->tasks.kind != HEED_TASK_OVERVIEW) {
        heed_ui_cancel(ui);
        return true;
    }
    if (ui->now.state.panel != HEED_PANEL_NONE) {
        heed_ui_toggle_panel(ui, (int32_t)ui->now.state.panel);
        return true;
    }
    return false;
}
