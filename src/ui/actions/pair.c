#include "ui/actions/pair.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/layout.h"
#include "ui/window/pins.h"

void heed_ui_toggle_pair(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    const bool adding = state->pair == NULL;
    if (!heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    if (!heed_state_set_pair(state, adding ? "" : NULL, 0, NULL)) {
        heed_ui_say(ui, true, "out of memory: no second text was added");
    }
    if (!adding) {
        state->filter.segments = HEED_SEGMENTS_ALL;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
    heed_ui_layout(ui);
    heed_ui_focus_field(ui, adding ? HEED_UI_FIELD_PAIR : HEED_UI_FIELD_TEXT);
}

/* A's model by its folder: B's may be none. */
static bool swap_models(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    const char *folder = state->model;
    if (folder == NULL && ui->model != NULL) {
        folder = heed_model_get_folder(ui->model);
    }
    char *copy = folder != NULL ? strdup(folder) : NULL;
    if (copy == NULL) {
        return false;
    }
    free(state->model);
    state->model = state->compare_model;
    state->compare_model = copy;
    return true;
}

void heed_ui_swap(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    char **first = state->file != NULL ? &state->file : &state->text;
    char *second = state->compare;
    if (state->file == NULL && state->compare_model != NULL && !swap_models(ui)) {
        heed_ui_say(ui, true, "out of memory: A and B stay as they are");
        heed_ui_end(ui, HEED_MERGE_NONE);
        return;
    }
    state->compare = *first;
    *first = second;
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
}

void heed_ui_copy_a(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    const char *first = state->file != NULL ? state->file : state->text;
    if (!heed_state_set_compare(state, first, strlen(first), NULL)) {
        heed_ui_say(ui, true, "out of memory: B stays as it is");
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
}

/* Bytes [*from, *to) of A's text that a pin of it stands for; false: none. */
static bool find_bytes(const struct heed_ui *ui, struct heed_pin pin, size_t *from, size_t *to)
{
    const struct heed_encoding *encoding = ui->result->encoding;
    const char *text = ui->now.state.text;
    const size_t length = strlen(text);
    if (pin.in_b || pin.count == 0 || pin.first + pin.count > encoding->n_tokens ||
        !heed_ui_whole_word(ui, &pin)) {
        return false;
    }
    const struct heed_token *first = &encoding->tokens[pin.first];
    const struct heed_token *last = &encoding->tokens[pin.first + pin.count - 1];
    if (first->is_template || first->segment != 0 || last->segment != 0) {
        return false;
    }
    *from = heed_utf8_offset(text, length, (size_t)first->start);
    *to = heed_utf8_offset(text, length, (size_t)last->end);
    return *from < *to;
}

void heed_ui_twin_of(struct heed_ui *ui, struct heed_pin pin)
{
    struct heed_state *state = &ui->now.state;
    size_t from = 0, to = 0;
    if (ui->result == NULL || state->file != NULL || !find_bytes(ui, pin, &from, &to)) {
        heed_ui_say(ui, false, "point at the word of the text that is to be another in B");
        return;
    }
    if (!heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    if (heed_state_set_compare(state, state->text, strlen(state->text), NULL)) {
        state->view = HEED_VIEW_COMPARE;
        state->panel = HEED_PANEL_NONE;
    } else {
        heed_ui_say(ui, true, "out of memory: B stays as it is");
    }
    heed_ui_fit(ui);
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
    heed_ui_layout(ui);
    heed_ui_focus_field(ui, HEED_UI_FIELD_PAIR);
    struct heed_textfield *field = heed_ui_field(ui, HEED_UI_FIELD_PAIR);
    if (field->text.size >= to) {
        field->anchor = from;
        field->caret = to;
    }
    heed_ui_touch(ui);
}

void heed_ui_twin(struct heed_ui *ui, int32_t argument)
{
    const struct heed_hover it = heed_ui_in_hand(ui);
    (void)argument;
    heed_ui_twin_of(ui, it.key.count > 0 ? it.key : it.query);
}

void heed_ui_set_compare_map(struct heed_state *state, int32_t argument)
{
    const bool states = state->compare_map == HEED_COMPARE_LAYERS;
    state->compare_heads = false;
    state->compare_map = argument > 0 ? (enum heed_compare_map)(argument - 1)
                         : states     ? HEED_COMPARE_DIFFERENCE
                                      : HEED_COMPARE_LAYERS;
}

void heed_ui_set_compare_tab(struct heed_state *state, int32_t argument)
{
    const bool states = state->compare_map == HEED_COMPARE_LAYERS;
    const int now = state->compare_heads ? 2 : states ? 3 : 1;
    const int next = argument > 0 ? argument : now % 3 + 1;
    state->compare_heads = next == 2;
    if (next != 2 && (next == 3) != states) {
        state->compare_map = next == 3 ? HEED_COMPARE_LAYERS : HEED_COMPARE_DIFFERENCE;
    }
}
