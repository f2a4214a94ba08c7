#include "ui/actions/attention_file.h"

#include <stdlib.h>
#include <string.h>

#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/layout.h"
#include "ui/window/run.h"

void heed_ui_open_attention(struct heed_ui *ui, const char *path, enum heed_part_kind part)
{
    struct heed_state *state = &ui->now.state;
    struct heed_error err = {0};
    char *second = state->file != NULL && state->compare != NULL ? strdup(state->compare) : NULL;
    if (!heed_ui_begin(ui)) {
        free(second);
        return;
    }
    const bool ok = heed_state_set_file(state, path, &err) &&
                    (second == NULL || heed_state_set_compare(state, second, strlen(second), &err));
    free(second);
    if (!ok) {
        heed_ui_say(ui, true, "%s", err.text);
        return;
    }
    state->part = part;
    if (heed_view_get_kind(state->view)->needs & HEED_LACKS_MODEL ||
        (heed_state_compares(state) && !heed_state_begin_compare(state, NULL))) {
        state->view = HEED_VIEW_LINKS;
    }
    heed_ui_fit(ui);
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
}

bool heed_ui_open_second(struct heed_ui *ui, const char *path, struct heed_error *err)
{
    struct heed_state *state = &ui->now.state;
    if (state->file == NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "no attention file is open to compare with");
    }
    if (!heed_ui_begin(ui)) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the step");
    }
    const bool ok = heed_state_set_compare(state, path, strlen(path), err);
    state->view = HEED_VIEW_COMPARE;
    state->panel = HEED_PANEL_NONE;
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_layout(ui);
    return ok;
}

void heed_ui_close_file(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (heed_state_set_file(state, NULL, NULL)) {
        if (heed_state_compares(state) && !heed_state_begin_compare(state, NULL)) {
            state->view = HEED_VIEW_LINKS;
        }
        heed_ui_end(ui, HEED_MERGE_NONE);
        heed_ui_sync_fields(ui);
        heed_ui_focus_field(ui, HEED_UI_FIELD_TEXT);
    }
}

bool heed_ui_has_parts(const struct heed_ui *ui)
{
    const unsigned parts = ui->result != NULL ? ui->result->parts : 0;
    return ui->now.state.file != NULL && (parts & (parts - 1)) != 0;
}

void heed_ui_step_part(struct heed_ui *ui, int by)
{
    const struct heed_result *result = ui->result;
    if (!heed_ui_has_parts(ui)) {
        return;
    }
    int part = (int)heed_part_choose(result->parts, ui->now.state.part);
    do {
        part = (part + by + HEED_N_PART_KINDS) % HEED_N_PART_KINDS;
    } while (!(result->parts >> part & 1));
    heed_ui_run(ui, HEED_COMMAND_PART, part);
}
