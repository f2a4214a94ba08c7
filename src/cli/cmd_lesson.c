#include <stddef.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/lesson_step.h"
#include "lesson/check.h"
#include "session/lesson_write.h"
#include "session/lessons.h"
#include "session/session.h"

/* --- list --- */

static void put_lesson(struct heed_buffer *out, const struct heed_lesson *lesson, bool json,
                       bool first)
{
    int n_questions = 0;
    for (int i = 0; i < lesson->n_steps; i++) {
        n_questions += lesson->steps[i].ask.n > 0;
    }
    if (!json) {
        heed_buffer_printf(out, "%-9s %2d min  %2d steps  %d question%s  %s\n", lesson->id,
                           lesson->minutes, lesson->n_steps, n_questions,
                           n_questions == 1 ? " " : "s", lesson->title);
        return;
    }
    heed_buffer_printf(out, "%s{\"id\":\"%s\",\"minutes\":%d,\"steps\":%d,\"questions\":%d,",
                       first ? "" : ",", lesson->id, lesson->minutes, lesson->n_steps, n_questions);
    heed_buffer_puts(out, "\"title\":");
    heed_buffer_put_json(out, lesson->title, strlen(lesson->title));
    heed_buffer_puts(out, ",\"aim\":");
    heed_buffer_put_json(out, lesson->aim, strlen(lesson->aim));
    heed_buffer_puts(out, ",\"limits\":");
    heed_buffer_put_json(out, lesson->limits, strlen(lesson->limits));
    heed_buffer_puts(out, "}");
}

static bool list(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_lessons lessons = {0};
    struct heed_buffer out = {0};
    if (options->n_more > 0) {
        return heed_error_set(err, HEED_ERROR_USAGE, "lesson list takes no '%s'", options->more[0]);
    }
    if (!heed_lessons_load(&lessons, err)) {
        return false;
    }
    heed_buffer_puts(&out, options->json ? "{\"lessons\":[" : "");
    for (int i = 0; i < lessons.n; i++) {
        put_lesson(&out, &lessons.items[i], options->json, i == 0);
    }
    heed_buffer_puts(&out, options->json ? "]}\n" : "");
    heed_lessons_finish(&lessons);
    return heed_cli_print_end(&out, err);
}

/* --- check --- */

static void note(void *context, const char *problem)
{
    (void)context;
    heed_cli_note("%s", problem);
}

static bool put_sound(const struct heed_lesson *lesson, struct heed_error *err)
{
    struct heed_buffer out = {0};
    int n_claims = 0;
    int n_questions = 0;
    for (int i = 0; i < lesson->n_steps; i++) {
        n_claims += lesson->steps[i].n_claims;
        n_questions += lesson->steps[i].ask.n > 0;
    }
    heed_buffer_printf(&out, "%s: %d steps, %d claims hold, %d answer%s right\n", lesson->path,
                       lesson->n_steps, n_claims, n_questions, n_questions == 1 ? " is" : "s are");
    return heed_cli_print_end(&out, err);
}

static bool check_one(const char *name, struct heed_pipeline *pipeline, struct heed_error *err)
{
    struct heed_lesson lesson = {0};
    struct heed_cli_step at = {0};
    struct heed_lesson_critic critic = {.tell = note};
    if (!heed_cli_read_lesson(&lesson, name, err)) {
        return false;
    }
    heed_lesson_check_words(&lesson, &critic);
    bool ok = true;
    for (int i = 0; ok && i < lesson.n_steps; i++) {
        ok = heed_cli_run_step(&at, &lesson, i, pipeline, err);
        if (ok) {
            const struct heed_lesson_world world = heed_cli_step_world(&at, pipeline);
            heed_lesson_check_step(&lesson, i, &world, &critic);
        }
    }
    if (ok && critic.n > 0) {
        ok = heed_error_set(err, HEED_ERROR_INPUT, "'%s': %d thing%s in the lesson %s wrong", name,
                            critic.n, critic.n == 1 ? "" : "s", critic.n == 1 ? "is" : "are");
    }
    ok = ok && put_sound(&lesson, err);
    heed_cli_step_finish(&at);
    heed_lesson_finish(&lesson);
    return ok;
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_pipeline *pipeline = NULL;
    if (options->n_more == 0) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "lesson check needs a FILE or an ID (heed lesson --help)");
    }
    bool ok = heed_cli_open_model(&pipeline, options, err);
    for (int i = 0; ok && i < options->n_more; i++) {
        ok = check_one(options->more[i], pipeline, err);
    }
    heed_pipeline_close(pipeline);
    return ok;
}

/* --- new --- */

/* Each session is a step. */
static bool add_sessions(const struct heed_cli_options *options, struct heed_pipeline *pipeline,
                         struct heed_error *err)
{
    const char *name = heed_model_get_name(heed_pipeline_get_model(pipeline));
    for (int i = 1; i < options->n_more; i++) {
        struct heed_state state = {0};
        if (!heed_session_load(&state, options->more[i], err)) {
            return false;
        }
        const bool ok = heed_lesson_add_step(options->more[0], &state,
                                             heed_pipeline_get_tokenizer(pipeline), name, err);
        heed_state_finish(&state);
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool begin(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_pipeline *pipeline = NULL;
    if (options->n_more < 2) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "lesson new needs a FILE.json and a session (heed lesson --help)");
    }
    const bool ok =
        heed_cli_open_model(&pipeline, options, err) && add_sessions(options, pipeline, err);
    heed_pipeline_close(pipeline);
    return ok;
}

/* --- the command --- */

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    const char *word = options->text;
    if (word != NULL && strcmp(word, "list") == 0) {
        return list(options, err);
    }
    if (word != NULL && strcmp(word, "check") == 0) {
        return check(options, err);
    }
    if (word != NULL && strcmp(word, "new") == 0) {
        return begin(options, err);
    }
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "lesson needs list, check FILE or new FILE (heed lesson --help)");
}

const struct heed_command heed_command_lesson = {
    .name = "lesson",
    .usage = "list | check FILE|ID ... | new FILE.json SESSION.heed ...",
    .summary = "list the lessons, check one, or begin one of your own",
    .about =
        "list: the lessons that come with heed; in the window they are under Lessons (F4).\n"
        "check: of a lesson's file (docs/lessons.md; its words lie in en/ beside it), or of one\n"
        "that list names, that it is read, its claims hold and its answers are right on the\n"
        "model, no number is typed where one can be computed, and all it points at is there.\n"
        "What is wrong is told with file and line, and ends in status 1.\n"
        "new: adds each session to a lesson as a step, and makes it if it isn't there; in the\n"
        "window this is \"Lesson: add this as a step\" (Ctrl+K).\n",
    .argument = "list, check or new",
    .takes_more = true,
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON,
    .run = run,
};
