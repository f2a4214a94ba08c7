/* A step of a lesson, run: its state, result and, for a probe's panel, its task. */
#ifndef HEED_CLI_LESSON_STEP_H
#define HEED_CLI_LESSON_STEP_H

#include "core/engine/pipeline.h"
#include "lesson/expression.h"
#include "lesson/lesson.h"
#include "scene/frame/tasks.h"

struct heed_cli_step {
    struct heed_state state;
    const struct heed_result *result;
    struct heed_tasks tasks; /* a probe's is kept from step to step */
    char probe[256];         /* the file that it is of */
};

/* ID of a lesson that comes with heed, or a file's path (it has a '/' or ends in .json). */
HEED_NODISCARD bool heed_cli_read_lesson(struct heed_lesson *lesson, const char *name,
                                         struct heed_error *err);
/* Runs the step. *at begins as zero and is used again for the next. */
HEED_NODISCARD bool heed_cli_run_step(struct heed_cli_step *at, const struct heed_lesson *lesson,
                                      int step, struct heed_pipeline *pipeline,
                                      struct heed_error *err);
struct heed_lesson_world heed_cli_step_world(const struct heed_cli_step *at,
                                             const struct heed_pipeline *pipeline);
void heed_cli_step_finish(struct heed_cli_step *at);

#endif
