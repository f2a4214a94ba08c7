#include "ui/actions/heads.h"

#include <string.h>

#include "scene/views/compare/ranking.h"
#include "ui/window/history.h"

static void show_or_hide(struct heed_state *state, struct heed_head_id id, bool show)
{
    if (show) {
        heed_state_show(state, id);
    } else {
        heed_state_hide(state, id);
    }
}

/* All others go; it keeps its colour if it was shown. */
static void hide_others(struct heed_state *state, struct heed_head_id id)
{
    for (int i = state->n_shown - 1; i >= 0; i--) {
        if (!heed_head_equal(state->shown[i].id, id)) {
            heed_state_hide(state, state->shown[i].id);
        }
    }
    heed_state_show(state, id);
}

void heed_ui_isolate(struct heed_ui *ui, struct heed_head_id id)
{
    if (heed_ui_begin(ui)) {
        hide_others(&ui->now.state, id);
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

static void toggle(struct heed_ui *ui, struct heed_head_id id)
{
    struct heed_state *state = &ui->now.state;
    heed_step_destroy(ui->before_click);
    ui->before_click = heed_step_create(&ui->now);
    if (!heed_ui_begin(ui)) {
        return;
    }
    ui->last_head_shown = !heed_state_shows(state, id, NULL);
    show_or_hide(state, id, ui->last_head_shown);
    ui->last_head = id;
    ui->has_last_head = true;
    heed_ui_seal(ui);
    heed_ui_end(ui, HEED_MERGE_HEAD_CLICK);
}

/* The shown heads are those from before the click on this one; false without such a click. */
static bool restore_before(struct heed_ui *ui, struct heed_head_id id)
{
    struct heed_state *state = &ui->now.state;
    if (ui->before_click == NULL || !heed_head_equal(id, ui->last_head)) {
        return false;
    }
    struct heed_moment old;
    heed_step_read(ui->before_click, &old);
    memcpy(state->shown, old.state.shown, sizeof(state->shown));
    state->n_shown = old.state.n_shown;
    state->matrix_head = old.state.matrix_head;
    return true;
}

void heed_ui_open_head(struct heed_ui *ui, struct heed_head_id id, bool after_click)
{
    if (!heed_ui_begin(ui)) {
        return;
    }
    const bool merges = after_click && restore_before(ui, id);
    hide_others(&ui->now.state, id);
    ui->now.state.view = HEED_VIEW_MATRIX;
    heed_ui_fit(ui);
    heed_ui_end(ui, merges ? HEED_MERGE_HEAD_CLICK : HEED_MERGE_NONE);
    heed_ui_seal(ui);
}

/* The second click of two: as if the first hadn't been. */
static void isolate_from_before(struct heed_ui *ui, struct heed_head_id id)
{
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (!restore_before(ui, id)) {
        hide_others(&ui->now.state, id);
        heed_ui_end(ui, HEED_MERGE_NONE);
        return;
    }
    hide_others(&ui->now.state, id);
    ui->last_head_shown = true;
    heed_ui_end(ui, HEED_MERGE_HEAD_CLICK);
    heed_ui_seal(ui);
}

/* From the head clicked last to this one: all get what that one got. */
static void click_range(struct heed_ui *ui, struct heed_head_id id)
{
    const struct heed_head_id from = ui->last_head;
    const int top = from.layer < id.layer ? from.layer : id.layer;
    const int bottom = from.layer < id.layer ? id.layer : from.layer;
    const int left = from.head < id.head ? from.head : id.head;
    const int right = from.head < id.head ? id.head : from.head;
    if (!heed_ui_begin(ui)) {
        return;
    }
    for (int layer = top; layer <= bottom; layer++) {
        for (int head = left; head <= right; head++) {
            const struct heed_head_id it = {(int16_t)layer, (int16_t)head};
            show_or_hide(&ui->now.state, it, ui->last_head_shown);
        }
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
}

void heed_ui_click_head(struct heed_ui *ui, struct heed_head_id id, int clicks, uint8_t mods)
{
    if ((mods & HEED_MOD_SHIFT) != 0 && ui->has_last_head) {
        click_range(ui, id);
    } else if (clicks == 2) {
        isolate_from_before(ui, id);
    } else {
        toggle(ui, id);
    }
}

void heed_ui_click_ranked(struct heed_ui *ui, struct heed_head_id id, uint8_t mods)
{
    if ((mods & HEED_MOD_SHIFT) != 0) {
        toggle(ui, id);
    } else {
        heed_ui_isolate(ui, id);
    }
}

/* A layer's heads, or the heads of this number in every layer. */
static void show_line(struct heed_ui *ui, int of, bool down)
{
    struct heed_head_id ids[HEED_MAX_SHOWN];
    const int all = down ? heed_ui_n_layers(ui) : heed_ui_n_heads(ui);
    int n = 0;
    for (; n < all && n < HEED_MAX_SHOWN; n++) {
        ids[n] = (struct heed_head_id){(int16_t)(down ? n : of), (int16_t)(down ? of : n)};
    }
    if (heed_ui_begin(ui)) {
        heed_state_show_only(&ui->now.state, ids, n);
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

void heed_ui_show_layer(struct heed_ui *ui, int layer)
{
    show_line(ui, layer, false);
}

void heed_ui_show_column(struct heed_ui *ui, int head)
{
    show_line(ui, head, true);
}

void heed_ui_step_layer(struct heed_ui *ui, int by)
{
    struct heed_state *state = &ui->now.state;
    const int n_layers = heed_ui_n_layers(ui);
    for (int i = 0; i < state->n_shown; i++) {
        const int layer = state->shown[i].id.layer + by;
        if (layer < 0 || layer >= n_layers) {
            return;
        }
    }
    if (state->n_shown == 0 || !heed_ui_begin(ui)) {
        return;
    }
    for (int i = 0; i < state->n_shown; i++) {
        state->shown[i].id.layer = (int16_t)(state->shown[i].id.layer + by);
    }
    state->matrix_head.layer = (int16_t)(state->matrix_head.layer + by);
    heed_ui_end(ui, HEED_MERGE_NONE);
}

void heed_ui_choose_matrix(struct heed_ui *ui, struct heed_head_id id)
{
    if (heed_state_shows(&ui->now.state, id, NULL) && heed_ui_begin(ui)) {
        ui->now.state.matrix_head = id;
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

void heed_ui_step_matrix(struct heed_ui *ui, int by)
{
    const struct heed_state *state = &ui->now.state;
    int index = 0;
    if (state->n_shown == 0) {
        return;
    }
    if (heed_state_shows(state, state->matrix_head, &index)) {
        index = (index + by + state->n_shown) % state->n_shown;
    }
    heed_ui_choose_matrix(ui, state->shown[index].id);
}

void heed_ui_show_most(struct heed_ui *ui, int32_t argument)
{
    enum { MOST = 3 };
    struct heed_head_id ids[MOST];
    (void)argument;
    const int n = heed_compare_most(&ui->now.state, ui->result, ids, MOST);
    if (n > 0 && heed_ui_begin(ui)) {
        heed_state_show_only(&ui->now.state, ids, n);
        ui->now.state.matrix_head = ids[0];
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}
