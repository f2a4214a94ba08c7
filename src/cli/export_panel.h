/*
 * What an export's panel shows: its long task, run at once. Views come first:
 * --view takes a panel's name where it takes a view's.
 */
#ifndef HEED_CLI_EXPORT_PANEL_H
#define HEED_CLI_EXPORT_PANEL_H

#include <stdbool.h>

#include "base/error.h"
#include "core/engine/pipeline.h"
#include "export/export.h"
#include "scene/frame/tasks.h"
#include "state/state.h"

/* True if it is a panel's name, any case. */
bool heed_export_find_panel(const char *name, enum heed_panel *panel);
/* Runs the state's panel on the result that the pipeline made of it; nothing
 * to do if none is open. heed_tasks_finish frees what is in tasks. */
HEED_NODISCARD bool heed_export_run_panel(struct heed_tasks *tasks, const struct heed_state *state,
                                          struct heed_pipeline *pipeline,
                                          const struct heed_result *result, struct heed_error *err);

/* A picture of every head of a large file needs every head: looks at all of them, if the
 * picture has room; else does nothing. Errors: also those of heed_export_write. */
HEED_NODISCARD bool heed_export_look_at_all(struct heed_tasks *tasks,
                                            const struct heed_export_source *source,
                                            const struct heed_export_options *options,
                                            const char *path, struct heed_pipeline *pipeline,
                                            struct heed_error *err);

#endif
