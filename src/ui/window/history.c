#include "ui/window/history.h"

#include <stdlib.h>
#include <string.h>

#include "state/interventions.h"
#include "ui/window/fields.h"
#include "ui/window/layout.h"

/* Old steps go when their texts together are longer. */
enum { HISTORY_BYTES = 32 << 20 };

struct heed_moment *heed_moment_create(const struct heed_moment *from)
{
    struct heed_moment *moment = malloc(sizeof(*moment));
    if (moment == NULL) {
        return NULL;
    }
    *moment = *from;
    if (!heed_state_copy(&moment->state, &from->state, NULL)) {
        free(moment);
        return NULL;
    }
    return moment;
}

void heed_moment_destroy(struct heed_moment *moment)
{
    if (moment != NULL) {
        heed_state_finish(&moment->state);
        free(moment);
    }
}

static void clear(struct heed_moment **stack, int *n)
{
    for (int i = 0; i < *n; i++) {
        heed_moment_destroy(stack[i]);
    }
    *n = 0;
}

static void drop_oldest(struct heed_moment **stack, int *n)
{
    heed_moment_destroy(stack[0]);
    (*n)--;
    memmove(stack, stack + 1, (size_t)*n * sizeof(stack[0]));
}

static size_t text_bytes(const struct heed_moment *moment)
{
    const struct heed_state *state = &moment->state;
    return strlen(state->text) + (state->pair != NULL ? strlen(state->pair) : 0) +
           (state->compare != NULL ? strlen(state->compare) : 0);
}

static void push(struct heed_moment **stack, int *n, struct heed_moment *moment)
{
    size_t bytes = text_bytes(moment);
    if (*n == HEED_HISTORY_STEPS) {
        drop_oldest(stack, n);
    }
    stack[(*n)++] = moment;
    for (int i = *n - 2; i >= 0; i--) {
        bytes += text_bytes(stack[i]);
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
    heed_moment_destroy(ui->before);
    ui->before = NULL;
    heed_moment_destroy(ui->before_click);
    ui->before_click = NULL;
}

bool heed_ui_begin(struct heed_ui *ui)
{
    heed_moment_destroy(ui->before);
    ui->before = heed_moment_create(&ui->now);
    if (ui->before == NULL) {
        heed_ui_say(ui, true, "out of memory: nothing was changed");
        return false;
    }
    return true;
}

static bool same_texts(const struct heed_state *a, const struct heed_state *b)
{
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

/* Whether B is to be encoded, and which. */
static bool same_comparison(const struct heed_state *a, const struct heed_state *b)
{
    const char *before = heed_state_compares(a) ? a->compare : NULL;
    const char *after = heed_state_compares(b) ? b->compare : NULL;
    return after == NULL || (before != NULL && strcmp(before, after) == 0);
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

/* What follows from having another state than `before`. */
static void state_changed(struct heed_ui *ui, const struct heed_moment *before)
{
    if (needs_encoding(&before->state, &ui->now.state)) {
        ui->effects->encode = true;
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
    struct heed_moment *before = ui->before;
    ui->before = NULL;
    if (before == NULL || heed_state_equal(&before->state, &ui->now.state)) {
        heed_moment_destroy(before);
        return;
    }
    if (!same_texts(&before->state, &ui->now.state) ||
        !same_comparison(&before->state, &ui->now.state)) {
        ui->now.text_version = ui->next_version++;
    }
    state_changed(ui, before);
    clear(history->redo, &history->n_redo);
    if (merge != HEED_MERGE_NONE && merge == history->merge && history->n_undo > 0) {
        heed_moment_destroy(before);
    } else {
        push(history->undo, &history->n_undo, before);
    }
    history->merge = merge;
}

bool heed_ui_undo(struct heed_ui *ui, bool redo)
{
    struct heed_history *history = &ui->history;
    struct heed_moment **from = redo ? history->redo : history->undo;
    struct heed_moment **to = redo ? history->undo : history->redo;
    int *n_from = redo ? &history->n_redo : &history->n_undo;
    int *n_to = redo ? &history->n_undo : &history->n_redo;
    if (*n_from == 0) {
        return false;
    }
    struct heed_moment *old = malloc(sizeof(*old));
    if (old == NULL) {
        return false;
    }
    struct heed_moment *fresh = from[--*n_from];
    *old = ui->now;
    ui->now = *fresh;
    free(fresh);
    if (ui->now.state.view != old->state.view) { /* as its tab does */
        ui->scroll_x = ui->scroll_y = 0.0F;
        ui->zoom = 1.0F;
    }
    ui->reveal = true;
    state_changed(ui, old);
    push(to, n_to, old);
    history->merge = HEED_MERGE_NONE;
    heed_ui_sync_fields(ui);
    return true;
}

static bool same_file(const struct heed_state *a, const struct heed_state *b)
{
    return a->part == b->part && (a->file != NULL) == (b->file != NULL) &&
           (a->file == NULL || strcmp(a->file, b->file) == 0);
}

bool heed_ui_give_file_up(struct heed_ui *ui)
{
    struct heed_history *history = &ui->history;
    if (ui->now.state.file == NULL || history->n_undo == 0 ||
        same_file(&ui->now.state, &history->undo[history->n_undo - 1]->state)) {
        return false;
    }
    if (!heed_ui_undo(ui, false)) {
        return false;
    }
    clear(history->redo, &history->n_redo);
    return true;
}
