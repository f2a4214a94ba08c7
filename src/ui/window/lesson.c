#include "ui/window/lesson.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lesson/check.h"
#include "lesson/enter.h"
#include "scene/frame/tasks.h"
#include "ui/window/layout.h"
#include "ui/window/window.h"

const struct heed_lesson *heed_ui_get_lesson(const struct heed_ui *ui)
{
    const struct heed_ui_lesson *lesson = &ui->lesson;
    return lesson->at >= 0 && lesson->at < lesson->n ? &lesson->items[lesson->at] : NULL;
}

const struct heed_lesson_step *heed_ui_get_step(const struct heed_ui *ui)
{
    const struct heed_lesson *lesson = heed_ui_get_lesson(ui);
    return lesson != NULL ? &lesson->steps[ui->lesson.step] : NULL;
}

void heed_ui_lesson_forget(struct heed_ui *ui)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    if (lesson->has_before) {
        heed_state_finish(&lesson->before);
    }
    lesson->has_before = lesson->asked = lesson->answered = false;
    lesson->at = -1;
    lesson->height = lesson->caption_height = lesson->answer_height = 0;
}

bool heed_ui_lesson_allows(const struct heed_ui *ui, enum heed_command command)
{
    static const enum heed_command harmless[] = {
        HEED_COMMAND_PROJECTOR,     HEED_COMMAND_THEME,
        HEED_COMMAND_SCALE_UP,      HEED_COMMAND_SCALE_DOWN,
        HEED_COMMAND_SCALE_RESET,   HEED_COMMAND_UNPIN,
        HEED_COMMAND_FOCUS_TEXT,    HEED_COMMAND_FOCUS_SECOND,
        HEED_COMMAND_HELP,          HEED_COMMAND_GLOSSARY,
        HEED_COMMAND_ABOUT,         HEED_COMMAND_FIND,
        HEED_COMMAND_CLOSE_MESSAGE, HEED_COMMAND_CLOSE_NOTE,
        HEED_COMMAND_QUIT,          HEED_COMMAND_OPEN,
        HEED_COMMAND_SAVE,          HEED_COMMAND_ACCEPT,
        HEED_COMMAND_EXAMPLES,      HEED_COMMAND_LESSONS,
        HEED_COMMAND_LESSON,        HEED_COMMAND_LESSON_NEXT,
        HEED_COMMAND_LESSON_BACK,   HEED_COMMAND_LESSON_FIRST,
        HEED_COMMAND_LESSON_LAST,   HEED_COMMAND_LESSON_VOTE,
        HEED_COMMAND_LESSON_COUNTS, HEED_COMMAND_LESSON_SENTENCE,
        HEED_COMMAND_LESSON_LEAVE,  HEED_COMMAND_BLANK,
        HEED_COMMAND_FULLSCREEN,    HEED_COMMAND_TEACHER,
        HEED_COMMAND_LESSON_STEP,
    };
    if (!ui->lesson.asked) {
        return true;
    }
    for (size_t i = 0; i < HEED_COUNT(harmless); i++) {
        if (harmless[i] == command) {
            return true;
        }
    }
    return false;
}

/* --- what is said --- */

void heed_ui_lesson_plain(const char *words, char *text, size_t size)
{
    size_t used = 0;
    for (const char *c = words; *c != '\0' && used + 4 < size; c++) {
        if (*c == '{') {
            memcpy(text + used, "\xE2\x80\xA6", 3);
            used += 3;
            c = strchr(c, '}') != NULL ? strchr(c, '}') : c;
        } else {
            text[used++] = *c;
        }
    }
    text[used] = '\0';
}

static bool put_words(const char *words, const struct heed_lesson_world *world, char *text,
                      size_t size, struct heed_error *err)
{
    struct heed_buffer out = {0};
    const bool ok = heed_lesson_fill(&out, words, world, err);
    if (ok) {
        snprintf(text, size, "%s", out.data != NULL ? out.data : "");
    } else {
        heed_ui_lesson_plain(words, text, size);
    }
    heed_buffer_finish(&out);
    return ok;
}

/* The first claim that doesn't hold, in words; false: all do. */
static bool find_lost(const struct heed_lesson_step *step, const struct heed_lesson_world *world,
                      char *text, size_t size)
{
    for (int i = 0; i < step->n_claims; i++) {
        const struct heed_lesson_claim *claim = &step->claims[i];
        struct heed_lesson_value value;
        struct heed_error error = {0};
        bool holds = false;
        if (!heed_lesson_claim_holds(claim, world, &holds, &value, &error)) {
            snprintf(text, size, "%.300s", error.text);
            return true;
        }
        if (!holds && claim->name != NULL) {
            snprintf(text, size, "%s is %s, not %s", claim->of, value.name, claim->name);
            return true;
        }
        if (!holds) {
            snprintf(text, size, "%s is %.2f", claim->of, value.number);
            return true;
        }
    }
    return false;
}

static void say_lost(struct heed_ui *ui, const struct heed_lesson_step *step,
                     const struct heed_lesson_world *world, const struct heed_error *error)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    char what[400] = "";
    const bool own = !heed_lesson_has_texts(step, &ui->now.state);
    bool lost = error->code != HEED_OK;
    if (lost) {
        snprintf(what, sizeof(what), "%.380s", error->text);
    } else {
        lost = find_lost(step, world, what, sizeof(what));
    }
    lesson->lost[0] = '\0';
    if (own && lost) {
        snprintf(lesson->lost, sizeof(lesson->lost), "Not said of your sentence: %s.", what);
    } else if (own) {
        snprintf(lesson->lost, sizeof(lesson->lost),
                 "Your sentence, its own numbers: what the step says holds of it, too.");
    } else if (lost) {
        snprintf(lesson->lost, sizeof(lesson->lost), "Not so in this model: %s.", what);
    }
}

static void say_question(struct heed_ui *ui, const struct heed_lesson_step *step,
                         const struct heed_lesson_world *world)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    put_words(step->ask.question, world, lesson->headline, sizeof(lesson->headline), NULL);
    if (ui->printed) {
        snprintf(lesson->text, sizeof(lesson->text),
                 "Decide before you turn the page: the answer is on the next.");
    } else {
        snprintf(lesson->text, sizeof(lesson->text),
                 "Decide before you see: 1 to %d vote, Space shows.", step->ask.n);
    }
    lesson->lost[0] = '\0';
}

static void say_step(struct heed_ui *ui, const struct heed_lesson_step *step,
                     const struct heed_lesson_world *world)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    struct heed_error error = {0};
    struct heed_error second = {0};
    const bool head =
        put_words(step->headline, world, lesson->headline, sizeof(lesson->headline), &error);
    if (!put_words(step->text, world, lesson->text, sizeof(lesson->text), &second) && head) {
        error = second;
    }
    say_lost(ui, step, world, &error);
}

static struct heed_lesson_world world_of(const struct heed_ui *ui)
{
    return (struct heed_lesson_world){
        .result = ui->result,
        .model = ui->model,
        .tokenizer = ui->tokenizer,
        .probe = heed_tasks_get_work(&ui->tasks, HEED_TASK_PROBE),
    };
}

/* A probe's numbers come when it is done. */
static bool is_settled(const struct heed_ui *ui)
{
    return ui->result != NULL && ui->waiting_since < 0.0 &&
           ui->seen_generation >= ui->job_generation &&
           !heed_tasks_runs(&ui->tasks, HEED_TASK_PROBE);
}

static void say_unsettled(struct heed_ui *ui, const struct heed_lesson_step *step)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    heed_ui_lesson_plain(lesson->asked ? step->ask.question : step->headline, lesson->headline,
                         sizeof(lesson->headline));
    heed_ui_lesson_plain(lesson->asked ? "" : step->text, lesson->text, sizeof(lesson->text));
    lesson->lost[0] = '\0';
}

/* Without its words in the text a question can't be asked: the weights are shown at once. */
static void weigh(struct heed_ui *ui, const struct heed_lesson_step *step,
                  const struct heed_lesson_world *world)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    struct heed_error error = {0};
    if (step->ask.n == 0) {
        return;
    }
    lesson->answer = heed_lesson_answer(&step->ask, world, lesson->values, &error);
    if (lesson->answer == 0) {
        lesson->asked = lesson->answered = false;
    }
}

void heed_ui_lesson_follow(struct heed_ui *ui)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    const struct heed_lesson_step *step = heed_ui_get_step(ui);
    if (step == NULL) {
        return;
    }
    const struct heed_lesson_world world = world_of(ui);
    const bool settled = is_settled(ui);
    if (settled == lesson->settled && lesson->of_at == lesson->at &&
        lesson->of_step == lesson->step && lesson->of_asked == lesson->asked &&
        (!settled || (lesson->of_result == world.result && lesson->of_probe == world.probe))) {
        return;
    }
    if (settled) {
        weigh(ui, step, &world);
    }
    if (!settled) {
        say_unsettled(ui, step);
    } else if (lesson->asked) {
        say_question(ui, step, &world);
    } else {
        say_step(ui, step, &world);
    }
    lesson->settled = settled;
    lesson->of_at = lesson->at;
    lesson->of_step = lesson->step;
    lesson->of_asked = lesson->asked;
    lesson->of_result = world.result;
    lesson->of_probe = world.probe;
}

/* Projected it is read from the last row. */
static float answer_scale(const struct heed_ui *ui)
{
    return ui->now.state.projector ? 1.65F * heed_lesson_scale(&ui->layout) : ui->layout.scale;
}

void heed_ui_lesson_get_look(const struct heed_ui *ui, struct heed_lesson_look *look)
{
    const struct heed_ui_lesson *lesson = &ui->lesson;
    *look = (struct heed_lesson_look){.page = lesson->page,
                                      .items = lesson->items,
                                      .n_items = lesson->n,
                                      .reached = lesson->reached,
                                      .lesson = lesson->page ? NULL : heed_ui_get_lesson(ui)};
    if (look->lesson == NULL) {
        return;
    }
    look->step = lesson->step;
    look->asked = lesson->asked;
    look->answered = lesson->answered && lesson->settled;
    look->hides_counts = lesson->hides_counts;
    look->settled = lesson->settled;
    look->answer = lesson->answer;
    look->answer_scale = answer_scale(ui);
    memcpy(look->votes, lesson->votes, sizeof(look->votes));
    memcpy(look->values, lesson->values, sizeof(look->values));
    look->headline = lesson->headline;
    look->text = lesson->text;
    look->lost = lesson->lost[0] != '\0' ? lesson->lost : NULL;
}

void heed_ui_lesson_measure(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    struct heed_lesson_look look;
    struct heed_skin own = *skin;
    float height = 0;
    float caption = 0;
    float answer = 0;
    heed_ui_lesson_get_look(ui, &look);
    if (look.lesson != NULL && ui->now.state.projector) {
        own.scale = heed_lesson_scale(&ui->layout);
        caption = heed_lesson_caption_height(&own, ui->width, &look);
        own.scale = answer_scale(ui);
        answer = roundf(heed_lesson_answer_height(&own, ui->layout.canvas.w, &look));
    } else if (look.lesson != NULL) {
        own.scale = ui->layout.scale;
        height = heed_lesson_band_height(&own, ui->layout.canvas.w, &look);
        answer = roundf(heed_lesson_answer_height(&own, ui->layout.canvas.w, &look));
    }
    if (height != lesson->height || caption != lesson->caption_height ||
        answer != lesson->answer_height) {
        lesson->height = height;
        lesson->caption_height = caption;
        lesson->answer_height = answer;
        heed_ui_layout(ui);
    }
}
