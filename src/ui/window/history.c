#include "ui/window/history.h"

#include <stdlib.h>
#include <string.h>

#include "state/interventions.h"
#include "ui/window/fields.h"
#include "ui/window/layout.h"

/* Old steps go when their texts together are longer. */
enum { HISTORY_BYTES = 32 << 20 };

static void clear(struct heed_step **stack, int *n)
{
    for (int i = 0; i < *n; i++) {
        heed_step_destroy(stack[i]);
    }
    *n = 0;
}

static void drop_oldest(struct heed_step **stack, int *n)
{
    heed_step_destroy(stack[0]);
    (*n)--;
    memmove(stack, stack + 1, (size_t)*n * sizeof(stack[0]));
}

static void push(struct heed_step **stack, int *n, struct heed_step *step)
{
    size_t bytes = step->text_bytes;
    if (*n == HEED_HISTORY_STEPS) {
        drop_oldest(stack, n);
    }
    stack[(*n)++] = step;
    for (int i = *n - 2; i >= 0; i--) {
        bytes += stack[i]->text_bytes;
        if (bytes > HISTORY_BYTES) {
            while (i-- >= 0) {
                drop_oldest(stack, n);
            }
            return;
        }
    }
}

void heed_ui_forget(struct heed_ui *ui)
{
    struct heed_history *history = &ui->history;
    clear(history->undo, &history->n_undo);
    clear(history->redo, &history->n_redo);
    history->merge = HEED_MERGE_NONE;
    heed_step_destroy(ui->before);
    ui->before = NULL;
    heed_step_destroy(ui->before_click);
    ui->before_click = NULL;
}

bool heed_ui_begin(struct heed_ui *ui)
{
    heed_step_destroy(ui->before);
    ui->before = heed_step_create(&ui->now);
    if (ui->before == NULL) {
        heed_ui_say(ui, true, "out of memory: nothing was changed");
        return false;
    }
    return true;
}

/* And the model that makes tokens of them. */
static bool same_texts(const struct heed_state *a, const struct heed_state *b)
{
    if (!heed_state_same_model(a, b)) {
        return false;
    }
    if (a->file != NULL || b->file != NULL) {
        return a->file != NULL && b->file != NULL && strcmp(a->file, b->file) == 0 &&
               a->part == b->part;
    }
    if (strcmp(a->text, b->text) != 0) {
        return false;
    }
    if (a->pair == NULL || b->pair == NULL) {
        return a->pair == b->pair;
    }
    return strcmp(a->pair, b->pair) == 0;
}

static bool same_string(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Whether B is to be encoded, and which. */
static bool same_comparison(const struct heed_state *a, const struct heed_state *b)
{
    const char *before = heed_state_compares(a) ? a->compare : NULL;
    const char *after = heed_state_compares(b) ? b->compare : NULL;
    return after == NULL || (before != NULL && strcmp(before, after) == 0 &&
                             same_string(a->compare_model, b->compare_model));
}

/* The heads that an average is over. */
static bool same_heads(const struct heed_state *a, const struct heed_state *b)
{
    if (a->n_shown != b->n_shown) {
        return false;
    }
    for (int i = 0; i < a->n_shown; i++) {
        if (!heed_head_equal(a->shown[i].id, b->shown[i].id)) {
            return false;
        }
    }
    return true;
}

static bool needs_encoding(const struct heed_state *a, const struct heed_state *b)
{
    return !same_texts(a, b) || !same_comparison(a, b) || !heed_state_same_off(a, b) ||
           !heed_filter_same_maps(&a->filter, &b->filter) ||
           (b->filter.aggregate != HEED_AGGREGATE_NONE && !same_heads(a, b));
}

/* What had run, of other texts or another file, hasn't any more. */
static void follow_work(struct heed_state *state, const struct heed_state *before)
{
    state->ablation_ran = state->ablation_ran && same_texts(before, state);
    state->probe_ran = state->probe_ran && heed_state_same_model(before, state) &&
                       same_string(before->probe, state->probe);
}

/* What follows from having another state than `before`. */
static void state_changed(struct heed_ui *ui, const struct heed_state *before)
{
    ui->n_changes++;
    follow_work(&ui->now.state, before);
    if (needs_encoding(before, &ui->now.state)) {
        ui->effects->encode = true;
        ui->later = 0;
        if (ui->waiting_since < 0.0) {
            ui->waiting_since = ui->time;
        }
    }
    heed_ui_layout(ui);
    heed_ui_touch(ui);
}

void heed_ui_end(struct heed_ui *ui, int merge)
{
    struct heed_history *history = &ui->history;
    struct heed_step *step = ui->before;
    ui->before = NULL;
    if (step == NULL) {
        return;
    }
    struct heed_moment before;
    heed_step_read(step, &before);
    if (heed_state_equal(&before.state, &ui->now.state)) {
        heed_step_destroy(step);
        return;
    }
    if (!same_texts(&before.state, &ui->now.state) ||
        !same_comparison(&before.state, &ui->now.state)) {
        ui->now.text_version = ui->next_version++;
    }
    state_changed(ui, &before.state);
    clear(history->redo, &history->n_redo);
    if (merge != HEED_MERGE_NONE && merge == history->merge && history->n_undo > 0) {
        heed_step_destroy(step);
    } else {
        push(history->undo, &history->n_undo, step);
    }
    history->merge = merge;
}

bool heed_ui_undo(struct heed_ui *ui, bool redo)
{
    struct heed_history *history = &ui->history;
    struct heed_step **from = redo ? history->redo : history->undo;
    struct heed_step **to = redo ? history->undo : history->redo;
    int *n_from = redo ? &history->n_redo : &history->n_undo;
    int *n_to = redo ? &history->n_undo : &history->n_redo;
    struct heed_step *left = *n_from > 0 ? heed_step_of(&ui->now) : NULL;
    if (left == NULL) {
        return false;
    }
    struct heed_moment old = ui->now;
    struct heed_step *step = from[--*n_from];
    heed_step_read(step, &ui->now);
    free(step);
    ui->now.state.ablation_ran = old.state.ablation_ran; /* no step undoes that */
    ui->now.state.probe_ran = old.state.probe_ran;
    if (ui->now.state.view != old.state.view) { /* as its tab does */
        heed_ui_fit(ui);
    }
    ui->reveal = true;
    state_changed(ui, &old.state);
    push(to, n_to, left);
    history->merge = HEED_MERGE_NONE;
    heed_ui_sync_fields(ui);
    return true;
}

static bool same_file(const struct heed_state *a, const struct heed_state *b)
{
    return a->part == b->part && (a->file != NULL) == (b->file != NULL) &&
           (a->file == NULL || strcmp(a->file, b->file) == 0);
}

/* A model that was there when heed began has no step to go back by. */
static bool give_model_up(struct heed_ui *ui)
{
    const struct heed_state before = {.text = ""};
    if (ui->now.state.model == NULL || !heed_state_set_model(&ui->now.state, NULL, NULL)) {
        return false;
    }
    ui->now.text_version = ui->next_version++;
    state_changed(ui, &before);
    return true;
}

bool heed_ui_give_second_up(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    const struct heed_state before = {.text = ""};
    if (state->compare_model == NULL || !heed_state_set_compare_model(state, NULL, NULL)) {
        return false;
    }
    ui->now.text_version = ui->next_version++;
    state_changed(ui, &before);
    return true;
}

bool heed_ui_give_up(struct heed_ui *ui, bool model)
{
    struct heed_history *history = &ui->history;
    const struct heed_state *now = &ui->now.state;
    struct heed_moment before = ui->now;
    if (history->n_undo > 0) {
        heed_step_read(history->undo[history->n_undo - 1], &before);
    }
    if (model && heed_state_same_model(now, &before.state)) {
        return give_model_up(ui);
    }
    if (!model && (now->file == NULL ||
                   (same_file(now, &before.state) && same_comparison(&before.state, now)))) {
        return false;
    }
    if (!heed_ui_undo(ui, false)) {
        return false;
    }
    clear(history->redo, &history->n_redo);
    return true;
}
