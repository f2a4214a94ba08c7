#include "scene/frame/tasks.h"

#include "core/engine/overview_task.h"
#include "core/engine/probe_task.h"
#include "scene/frame/shown.h"

void heed_tasks_finish(struct heed_tasks *tasks)
{
    for (int i = 0; i < HEED_N_TASKS; i++) {
        heed_task_release(tasks->done[i]);
    }
    *tasks = (struct heed_tasks){0};
}

bool heed_tasks_runs(const struct heed_tasks *tasks, enum heed_task_kind kind)
{
    return tasks != NULL && tasks->running != 0 && tasks->kind == kind;
}

const void *heed_tasks_get_work(const struct heed_tasks *tasks, enum heed_task_kind kind)
{
    return tasks != NULL && tasks->done[kind] != NULL ? heed_task_get_work(tasks->done[kind])
                                                      : NULL;
}

const struct heed_probe_run *heed_tasks_get_probe(const struct heed_tasks *tasks)
{
    const struct heed_probe_run *run = heed_tasks_get_work(tasks, HEED_TASK_PROBE);
    const int group = run != NULL ? tasks->look.group : 0;
    return group > 0 && group <= run->n_groups ? &run->groups[group - 1] : run;
}

const struct heed_related *heed_tasks_get_related(const struct heed_tasks *tasks)
{
    const struct heed_probe_run *run = heed_tasks_get_work(tasks, HEED_TASK_PROBE);
    if (run == NULL || run->n_related == 0) {
        return NULL;
    }
    const int opened = tasks->look.relation;
    return &run->related[opened > 0 && opened <= run->n_related ? opened - 1 : 0];
}

const struct heed_probe_run *heed_frame_get_probe(const struct heed_frame *frame)
{
    return heed_tasks_get_probe(frame->tasks);
}

const struct heed_row_findings *heed_frame_get_rows(const struct heed_frame *frame)
{
    const struct heed_overview_work *work = heed_tasks_get_work(frame->tasks, HEED_TASK_OVERVIEW);
    const struct heed_result *result = frame->result;
    return work != NULL && work->result->maps == result->maps ? &work->rows : &result->rows;
}

bool heed_probe_fits(const struct heed_frame *frame)
{
    const struct heed_probe_run *run = heed_frame_get_probe(frame);
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    return run != NULL && (run->heads != NULL || run->n_related > 0) && maps != NULL &&
           run->n_layers == maps->n_layers && run->n_heads == maps->n_heads;
}
