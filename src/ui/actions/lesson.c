#include "ui/actions/lesson.h"

#include <string.h>

#include "lesson/enter.h"
#include "scene/widgets/target.h"
#include "ui/actions/tasks.h"
#include "ui/window/document.h"
#include "ui/window/fields.h"
#include "ui/window/layout.h"
#include "ui/window/lesson.h"
#include "ui/window/run.h"
#include "ui/window/window.h"

void heed_ui_set_lessons(struct heed_ui *ui, const struct heed_lesson *lessons, int n)
{
    ui->lesson.items = lessons;
    ui->lesson.n = n < HEED_UI_MOST_LESSONS ? n : HEED_UI_MOST_LESSONS;
    heed_ui_layout(ui);
}

int heed_ui_get_reached(const struct heed_ui *ui, int index)
{
    return index >= 0 && index < ui->lesson.n ? ui->lesson.reached[index] : 0;
}

void heed_ui_set_reached(struct heed_ui *ui, int index, int reached)
{
    if (index >= 0 && index < ui->lesson.n && reached >= 0) {
        const int n = ui->lesson.items[index].n_steps;
        ui->lesson.reached[index] = reached < n ? reached : n;
    }
}

/* The arrows go from card to card. */
static void focus_card(struct heed_ui *ui)
{
    const int at = ui->lesson.at >= 0 ? ui->lesson.at : 0;
    heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    ui->focus.target = heed_command_target(HEED_COMMAND_LESSON, at + 1);
    ui->focus.by_keyboard = true;
}

void heed_ui_toggle_lessons(struct heed_ui *ui, int32_t argument)
{
    (void)argument;
    ui->lesson.page = !ui->lesson.page && ui->lesson.n > 0;
    ui->scroll_x = ui->scroll_y = 0.0F;
    heed_ui_clear_focus(ui);
    if (ui->lesson.page) {
        focus_card(ui);
    }
    heed_ui_layout(ui);
}

/* The state before is kept for leaving. */
static bool keep_before(struct heed_ui *ui)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    if (!lesson->has_before) {
        lesson->has_before = heed_state_copy(&lesson->before, &ui->now.state, NULL);
    }
    return lesson->has_before;
}

/* A text of one's own stays while the lesson's would have stayed, too. */
static bool keeps_text(const struct heed_ui *ui, const struct heed_lesson_step *to)
{
    const struct heed_lesson_step *from = heed_ui_get_step(ui);
    return from != NULL && from != to && !heed_lesson_has_texts(from, &ui->now.state) &&
           from->state.view == to->state.view && heed_lesson_has_texts(to, &from->state);
}

static bool set_step(struct heed_ui *ui, const struct heed_lesson_step *step, bool own_text)
{
    struct heed_state state;
    struct heed_error error = {0};
    if (!heed_lesson_enter(&state, step, ui->tokenizer, ui->model, &ui->now.state, own_text,
                           &error)) {
        heed_ui_say(ui, true, "the step can't be shown: %s", error.text);
        return false;
    }
    ui->lesson.moving = true;
    const bool ok = heed_ui_set_state(ui, &state, true, &error);
    ui->lesson.moving = false;
    heed_state_finish(&state);
    if (!ok) {
        heed_ui_say(ui, true, "%s", error.text);
    }
    return ok;
}

/* A step that shows a probe's panel runs its file, if that isn't there already. */
static void run_probe(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_probe_run *done = heed_tasks_get_work(&ui->tasks, HEED_TASK_PROBE);
    if (state->panel == HEED_PANEL_PROBE && state->probe != NULL &&
        (done == NULL || strcmp(done->name, state->probe) != 0)) {
        heed_ui_start(ui, HEED_TASK_PROBE + 1);
    }
}

/* ask: an unanswered question is open then. */
static void enter(struct heed_ui *ui, int at, int step, bool ask)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    const struct heed_lesson *it = &lesson->items[at];
    const struct heed_lesson_step *to = &it->steps[step];
    const bool own_text = lesson->at == at && keeps_text(ui, to);
    heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    if (!set_step(ui, to, own_text)) {
        return;
    }
    lesson->at = at;
    lesson->step = step;
    lesson->asked = ask && to->ask.n > 0;
    lesson->answered = false;
    lesson->page = false;
    lesson->of_step = -1;
    memset(lesson->votes, 0, sizeof(lesson->votes));
    lesson->reached[at] = lesson->reached[at] > step + 1 ? lesson->reached[at] : step + 1;
    heed_ui_clear_focus(ui);
    heed_ui_fit(ui);
    ui->second_page =
        heed_state_compares(&to->state) && to->state.compare_map != HEED_COMPARE_DIFFERENCE;
    run_probe(ui);
    heed_ui_layout(ui);
}

void heed_ui_start_lesson(struct heed_ui *ui, int32_t argument)
{
    const int at = argument - 1;
    if (at < 0 || at >= ui->lesson.n || ui->model == NULL || ui->tokenizer == NULL ||
        !keep_before(ui)) {
        heed_ui_say(ui, true, "a lesson needs a model: open heed with one");
        return;
    }
    const int reached = ui->lesson.reached[at];
    const bool goes_on = reached > 0 && reached < ui->lesson.items[at].n_steps;
    enter(ui, at, goes_on ? reached - 1 : 0, true);
}

static void reveal(struct heed_ui *ui)
{
    ui->lesson.asked = false;
    ui->lesson.answered = true;
    ui->reveal = true; /* there is less room then */
    heed_ui_layout(ui);
}

void heed_ui_lesson_next(struct heed_ui *ui, int32_t argument)
{
    const struct heed_lesson *lesson = heed_ui_get_lesson(ui);
    (void)argument;
    if (lesson != NULL && ui->lesson.asked) {
        reveal(ui);
    } else if (lesson != NULL && ui->lesson.step + 1 < lesson->n_steps) {
        enter(ui, ui->lesson.at, ui->lesson.step + 1, true);
    }
}

void heed_ui_lesson_back(struct heed_ui *ui, int32_t argument)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    (void)argument;
    if (lesson->at >= 0 && lesson->answered) {
        lesson->answered = false;
        lesson->asked = true;
        memset(lesson->votes, 0, sizeof(lesson->votes));
        heed_ui_layout(ui);
    } else if (lesson->at >= 0 && lesson->step > 0) {
        enter(ui, lesson->at, lesson->step - 1, false);
    }
}

void heed_ui_lesson_go(struct heed_ui *ui, int32_t argument)
{
    const struct heed_lesson *lesson = heed_ui_get_lesson(ui);
    if (lesson != NULL && argument > 0 && argument <= lesson->n_steps) {
        enter(ui, ui->lesson.at, argument - 1, true);
    }
}

void heed_ui_lesson_first(struct heed_ui *ui, int32_t argument)
{
    (void)argument;
    heed_ui_lesson_go(ui, 1);
}

void heed_ui_lesson_last(struct heed_ui *ui, int32_t argument)
{
    const struct heed_lesson *lesson = heed_ui_get_lesson(ui);
    (void)argument;
    heed_ui_lesson_go(ui, lesson != NULL ? lesson->n_steps : 0);
}

void heed_ui_lesson_vote(struct heed_ui *ui, int32_t argument)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    const struct heed_lesson_step *step = heed_ui_get_step(ui);
    const int choice = (argument < 0 ? -argument : argument) - 1;
    if (step == NULL || !lesson->asked || choice >= step->ask.n) {
        return;
    }
    if (choice < 0) {
        memset(lesson->votes, 0, sizeof(lesson->votes));
    } else if (argument > 0) {
        lesson->votes[choice]++;
        lesson->last_vote = choice;
    } else if (lesson->votes[choice] > 0) {
        lesson->votes[choice]--;
    }
    heed_ui_touch(ui);
}

void heed_ui_lesson_counts(struct heed_ui *ui, int32_t argument)
{
    (void)argument;
    ui->lesson.hides_counts = !ui->lesson.hides_counts;
    heed_ui_touch(ui);
}

void heed_ui_lesson_sentence(struct heed_ui *ui, int32_t argument)
{
    const struct heed_lesson_step *step = heed_ui_get_step(ui);
    (void)argument;
    if (step != NULL && set_step(ui, step, false)) {
        ui->lesson.of_step = -1;
        heed_ui_layout(ui);
    }
}

void heed_ui_leave_lesson(struct heed_ui *ui, int32_t argument)
{
    struct heed_ui_lesson *lesson = &ui->lesson;
    struct heed_error error = {0};
    (void)argument;
    if (lesson->has_before) {
        heed_lesson_keep_look(&lesson->before, &ui->now.state);
        if (!heed_ui_set_state(ui, &lesson->before, true, &error)) {
            heed_ui_say(ui, true, "%s", error.text);
        }
    }
    heed_ui_lesson_forget(ui);
    ui->second_page = false;
    heed_ui_layout(ui);
}

/* --- keys --- */

static bool vote_key(struct heed_ui *ui, const struct heed_event *event)
{
    const int digit = (int)event->key - '0';
    if (event->key == HEED_KEY_BACKSPACE && ui->lesson.asked) {
        heed_ui_lesson_vote(ui, -(ui->lesson.last_vote + 1));
        return true;
    }
    if (event->mods == HEED_MOD_SHIFT && (event->key == 'V' || event->key == 'R')) {
        heed_ui_run(
            ui, event->key == 'V' ? HEED_COMMAND_LESSON_COUNTS : HEED_COMMAND_LESSON_SENTENCE, 0);
        return true;
    }
    if (digit < 0 || digit > 9) {
        return false;
    }
    if (digit <= HEED_LESSON_CHOICES && ui->lesson.asked) {
        heed_ui_lesson_vote(ui, (event->mods & HEED_MOD_SHIFT) != 0 ? -digit : digit);
    }
    return true;
}

static bool is_step_key(enum heed_key key)
{
    return key == HEED_KEY_PAGE_DOWN || key == HEED_KEY_PAGE_UP;
}

/* Projected Compare has two screens, one below the other. */
static bool turns_page(const struct heed_ui *ui, enum heed_key key)
{
    return ui->now.state.projector && heed_state_compares(&ui->now.state) && !ui->lesson.asked &&
           (key == HEED_KEY_DOWN || key == HEED_KEY_UP);
}

static bool plain_key(struct heed_ui *ui, enum heed_key key)
{
    if (turns_page(ui, key)) {
        heed_ui_run(ui, key == HEED_KEY_DOWN ? HEED_COMMAND_PAGE_NEXT : HEED_COMMAND_PAGE_BACK, 0);
        return true;
    }
    switch (key) {
    case HEED_KEY_SPACE:
    case HEED_KEY_RIGHT:
    case HEED_KEY_DOWN:
    case HEED_KEY_PAGE_DOWN:
        heed_ui_run(ui, HEED_COMMAND_LESSON_NEXT, 0);
        return true;
    case HEED_KEY_LEFT:
    case HEED_KEY_UP:
    case HEED_KEY_PAGE_UP:
        heed_ui_run(ui, HEED_COMMAND_LESSON_BACK, 0);
        return true;
    case HEED_KEY_HOME:
        heed_ui_run(ui, HEED_COMMAND_LESSON_FIRST, 0);
        return true;
    case HEED_KEY_END:
        heed_ui_run(ui, HEED_COMMAND_LESSON_LAST, 0);
        return true;
    case HEED_KEY_ESCAPE:
        heed_ui_run(ui, ui->pair_large ? HEED_COMMAND_ZOOM_PAIR : HEED_COMMAND_LESSON_LEAVE, 0);
        return true;
    default:
        return false;
    }
}

bool heed_ui_lesson_key(struct heed_ui *ui, const struct heed_event *event)
{
    const bool in_field = ui->focused_field != HEED_UI_FIELD_NONE;
    if (ui->lesson.at < 0 || ui->lesson.page || (event->mods & ~HEED_MOD_SHIFT) != 0) {
        return false;
    }
    if (event->mods == 0 && is_step_key(event->key)) {
        return plain_key(ui, event->key);
    }
    if (in_field || (ui->focus.by_keyboard && ui->focus.target.kind != HEED_TARGET_NONE)) {
        return false;
    }
    return vote_key(ui, event) || (event->mods == 0 && plain_key(ui, event->key));
}
