#include "core/engine/probe_task.h"
#include "scene/frame/panel_kind.h"
#include "scene/frame/tasks.h"
#include "scene/panels/probe/listed.h"
#include "scene/panels/probe/panel.h"

static bool put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                      struct heed_error *err)
{
    const struct heed_probe_run *run = heed_tasks_get_work(frame->tasks, HEED_TASK_PROBE);
    if (run == NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the probe hasn't run: run it first");
    }
    if (json) {
        heed_probe_put_json(out, run);
    } else {
        heed_probe_put_csv(out, run);
    }
    return !out->failed ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the table");
}

/* The map of heads is by COLOR_BY, as in every view. */
const struct heed_panel_kind heed_panel_probe = {
    .task = HEED_TASK_PROBE,
    .needs = HEED_LACKS_MODEL,
    .what = "How often each head looks from the pronoun, or the word, to the right one, over all "
            "sentences of a file.",
    .draw = heed_probe_panel_draw,
    .height = heed_probe_panel_height,
    .put_table = put_table,
    .follow = heed_probe_listed_follow,
    .forget = heed_probe_listed_forget,
};
