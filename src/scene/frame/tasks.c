#include "scene/frame/tasks.h"

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

const struct heed_probe_run *heed_frame_get_probe(const struct heed_frame *frame)
{
    return heed_tasks_get_work(frame->tasks, HEED_TASK_PROBE);
}

bool heed_probe_fits(const struct heed_frame *frame)
{
    const struct heed_probe_run *run = heed_frame_get_probe(frame);
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    return run != NULL && run->heads != NULL && maps != NULL && run->n_layers == maps->n_layers &&
           run->n_heads == maps->n_heads;
}
