#include "scene/panels/panels.h"

#include "core/engine/probe_task.h"
#include "scene/frame/tasks.h"
#include "scene/panels/ablation/ablation.h"
#include "scene/panels/ablation/panel.h"
#include "scene/panels/probe/panel.h"

void heed_panel_draw(struct heed_frame *frame, const struct heed_skin *skin, struct heed_rect rect)
{
    frame->content_width = rect.w;
    frame->content_height = rect.h;
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        heed_ablation_draw(frame, skin, rect);
        break;
    case HEED_PANEL_PROBE:
        heed_probe_panel_draw(frame, skin, rect);
        break;
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
}

float heed_panel_height(struct heed_frame *frame, float width)
{
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        return heed_ablation_height(frame, width);
    case HEED_PANEL_PROBE:
        return heed_probe_panel_height(frame, width);
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
    return width;
}

bool heed_panel_get_map(const struct heed_frame *frame, struct heed_panel_map *map)
{
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        return heed_ablation_map(frame, map);
    case HEED_PANEL_PROBE: /* by COLOR_BY, as in every view */
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
    return false;
}

static bool put_probe(struct heed_buffer *out, const struct heed_frame *frame, bool json,
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

bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                          struct heed_error *err)
{
    switch (frame->state->panel) {
    case HEED_PANEL_ABLATION:
        return heed_ablation_put_table(out, frame, json, err);
    case HEED_PANEL_PROBE:
        return put_probe(out, frame, json, err);
    case HEED_PANEL_NONE:
    case HEED_N_PANELS:
        break;
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "only a panel has a table: open one, or give a name that "
                          "ends in .svg, .pdf or .png");
}
