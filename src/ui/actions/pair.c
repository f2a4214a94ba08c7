#include "ui/actions/pair.h"

#include <string.h>

#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/layout.h"

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

void heed_ui_swap(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    char *text = state->text;
    state->text = state->compare;
    state->compare = text;
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
    if (!heed_state_set_compare(state, state->text, strlen(state->text), NULL)) {
        heed_ui_say(ui, true, "out of memory: B stays as it is");
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
}
