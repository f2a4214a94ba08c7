#include "scene/tasks.h"

#include <stddef.h>

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
