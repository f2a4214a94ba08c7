#include "cli/lesson_step.h"

#include <stdio.h>
#include <string.h>

#include "core/engine/probe_task.h"
#include "lesson/enter.h"
#include "session/lessons.h"
#include "session/probes.h"
#include "state/job.h"

bool heed_cli_read_lesson(struct heed_lesson *lesson, const char *name, struct heed_error *err)
{
    const size_t length = strlen(name);
    const bool is_path =
        strchr(name, '/') != NULL || (length > 5 && strcmp(name + length - 5, ".json") == 0);
    return is_path ? heed_lesson_read(lesson, name, err) : heed_lessons_load_one(lesson, name, err);
}

static void forget_state(struct heed_cli_step *at)
{
    heed_result_release(at->result);
    at->result = NULL;
    if (at->state.text != NULL) {
        heed_state_finish(&at->state);
        at->state = (struct heed_state){0};
    }
}

void heed_cli_step_finish(struct heed_cli_step *at)
{
    forget_state(at);
    heed_tasks_finish(&at->tasks);
}

/* The file is one that comes with heed, or a path. */
static bool run_probe(struct heed_cli_step *at, struct heed_pipeline *pipeline,
                      struct heed_error *err)
{
    int n = 0;
    const struct heed_probe_file *files = heed_probes_get(&n);
    struct heed_probe_source source = {.name = at->state.probe};
    for (int i = 0; i < n; i++) {
        if (strcmp(files[i].name, at->state.probe) == 0) {
            source.data = files[i].data;
            source.size = files[i].size;
        }
    }
    const struct heed_filter filter = heed_filter_default();
    heed_task_release(at->tasks.done[HEED_TASK_PROBE]);
    at->tasks.done[HEED_TASK_PROBE] = heed_probe_task_create(1, &source, &filter);
    if (at->tasks.done[HEED_TASK_PROBE] == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    snprintf(at->probe, sizeof at->probe, "%s", at->state.probe);
    return heed_task_run(at->tasks.done[HEED_TASK_PROBE], pipeline, NULL, NULL, err);
}

bool heed_cli_run_step(struct heed_cli_step *at, const struct heed_lesson *lesson, int step,
                       struct heed_pipeline *pipeline, struct heed_error *err)
{
    struct heed_head_id heads[HEED_MAX_SHOWN];
    const struct heed_lesson_step *it = &lesson->steps[step];
    forget_state(at);
    if (!heed_lesson_enter(&at->state, it, heed_pipeline_get_tokenizer(pipeline),
                           heed_pipeline_get_model(pipeline), NULL, false, err)) {
        struct heed_error reason = *err;
        return heed_error_set(err, reason.code, "'%s', line %d: %s", lesson->path, it->line,
                              reason.text);
    }
    const struct heed_job job = heed_state_get_job(&at->state, heads);
    if (!heed_pipeline_run(pipeline, &job, (struct heed_pipeline_hints){0}, &at->result, err)) {
        return false;
    }
    const struct heed_run *run = at->result->run;
    heed_state_fit(&at->state, run->n_layers, run->n_heads, run->n_tokens);
    return at->state.panel != HEED_PANEL_PROBE || at->state.probe == NULL ||
           strcmp(at->probe, at->state.probe) == 0 || run_probe(at, pipeline, err);
}

struct heed_lesson_world heed_cli_step_world(const struct heed_cli_step *at,
                                             const struct heed_pipeline *pipeline)
{
    return (struct heed_lesson_world){.result = at->result,
                                      .model = heed_pipeline_get_model(pipeline),
                                      .tokenizer = heed_pipeline_get_tokenizer(pipeline),
                                      .probe = heed_tasks_get_work(&at->tasks, HEED_TASK_PROBE)};
}
