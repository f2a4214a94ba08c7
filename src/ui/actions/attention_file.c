#include "ui/actions/attention_file.h"

#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/run.h"

void heed_ui_open_attention(struct heed_ui *ui, const char *path, enum heed_part_kind part)
{
    struct heed_state *state = &ui->now.state;
    struct heed_error err = {0};
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (!heed_state_set_file(state, path, &err)) {
        heed_ui_say(ui, true, "%s", err.text);
        return;
    }
    state->part = part;
    if (heed_view_get_kind(state->view)->needs & HEED_LACKS_MODEL) {
        state->view = HEED_VIEW_LINKS;
    }
    ui->scroll_x = ui->scroll_y = 0.0F;
    ui->zoom = 1.0F;
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
}

void heed_ui_close_file(struct heed_ui *ui)
{
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (heed_state_set_file(&ui->now.state, NULL, NULL)) {
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
