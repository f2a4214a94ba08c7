#include "cli/export_panel.h"

#include <strings.h>

#include "cli/progress.h"
#include "core/engine/ablation_task.h"
#include "core/engine/overview_task.h"
#include "core/engine/probe_task.h"
#include "scene/frame/ablation_values.h"
#include "scene/views/views.h"

bool heed_export_find_panel(const char *name, enum heed_panel *panel)
{
    for (int i = HEED_PANEL_NONE + 1; i < HEED_N_PANELS; i++) {
        if (strcasecmp(name, heed_panel_name((enum heed_panel)i)) == 0) {
            *panel = (enum heed_panel)i;
            return true;
        }
    }
    return false;
}

static bool run_probe(struct heed_tasks *tasks, const struct heed_state *state,
                      struct heed_pipeline *pipeline, struct heed_error *err)
{
    const struct heed_probe_source source = {.name = state->probe, .from_command = true};
    struct heed_task **task = &tasks->done[HEED_TASK_PROBE];
    *task = heed_probe_task_create(1, &source, &state->filter);
    if (!*task) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    return heed_task_run(*task, pipeline, NULL, NULL, err);
}

bool heed_export_run_panel(struct heed_tasks *tasks, const struct heed_state *state,
                           struct heed_pipeline *pipeline, const struct heed_result *result,
                           struct heed_error *err)
{
    if (state->panel == HEED_PANEL_PROBE && state->probe) {
        return run_probe(tasks, state, pipeline, err);
    }
    if (state->panel != HEED_PANEL_ABLATION) {
        return true;
    }
    struct heed_pin query, key;
    heed_ablation_pins(state, &query, &key);
    const struct heed_ablation_options options = {
        .id = 1,
        .result = result,
        .query = {query.first, query.count},
        .key = {key.first, key.count},
    };
    struct heed_task **task = &tasks->done[HEED_TASK_ABLATION];
    return heed_ablation_task_create(task, options, err) &&
           heed_task_run(*task, pipeline, NULL, NULL, err);
}

/* Reading takes minutes, and what a picture of its heads needs is known before. */
static bool has_room(const struct heed_export_source *source,
                     const struct heed_export_options *options, const char *path,
                     struct heed_error *err)
{
    struct heed_export_options rehearsal = *options;
    struct heed_buffer out = {0};
    rehearsal.unread = true;
    rehearsal.page = NULL;
    if (rehearsal.format == HEED_EXPORT_BY_NAME &&
        !heed_export_find_format(path, &rehearsal.format, err)) {
        return false;
    }
    const bool ok = heed_export_format_is_data(rehearsal.format) ||
                    heed_export_make(source, &rehearsal, &out, err);
    heed_buffer_finish(&out);
    return ok;
}

bool heed_export_look_at_all(struct heed_tasks *tasks, const struct heed_export_source *source,
                             const struct heed_export_options *options, const char *path,
                             struct heed_pipeline *pipeline, struct heed_error *err)
{
    struct heed_cli_progress progress = {.what = "heads"};
    struct heed_task **task = &tasks->done[HEED_TASK_OVERVIEW];
    const struct heed_state *state = source->state;
    if (state->panel != HEED_PANEL_NONE || !heed_overview_is_due(source->result) ||
        !heed_view_get_kind(state->view)->all_heads) {
        return true;
    }
    return has_room(source, options, path, err) &&
           heed_overview_task_create(task, 1, source->result, err) &&
           heed_task_run(*task, pipeline, heed_cli_show_progress, &progress, err);
}
