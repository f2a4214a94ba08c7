#include "ui/window/document.h"

#include <math.h>

#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/layout.h"

/* At least 640 x 480 logical px remain. */
void heed_ui_fit_scale(struct heed_ui *ui)
{
    const float most = fminf(ui->width / 640.0F, ui->height / 480.0F) / ui->pixel_ratio;
    if (ui->now.state.ui_scale > fmaxf(most, 1.0F)) {
        ui->now.state.ui_scale = fmaxf(floorf(most * 20.0F) / 20.0F, 1.0F);
    }
}

bool heed_ui_set_state(struct heed_ui *ui, const struct heed_state *state, bool undoable,
                       struct heed_error *err)
{
    struct heed_state copy;
    if (!heed_state_copy(&copy, state, err)) {
        return false;
    }
    /* One that says nothing of a model takes the one that is open. */
    if (copy.model == NULL && !heed_state_set_model(&copy, ui->now.state.model, err)) {
        heed_state_finish(&copy);
        return false;
    }
    if (heed_state_compares(&copy) && !heed_state_begin_compare(&copy, err)) {
        heed_state_finish(&copy);
        return false;
    }
    if (ui->popover.pending) {
        heed_popover_close(ui);
    }
    if (!heed_ui_begin(ui)) {
        heed_state_finish(&copy);
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the session");
    }
    heed_state_finish(&ui->now.state);
    ui->now.state = copy;
    if (!ui->lesson.moving) {
        heed_ui_lesson_forget(ui);
        ui->lesson.page = false;
    }
    heed_ui_fit_scale(ui);
    heed_ui_seal(ui);
    heed_ui_end(ui, HEED_MERGE_NONE);
    ui->now.state.ablation_ran = copy.ablation_ran; /* of its own text */
    ui->now.state.probe_ran = copy.probe_ran;
    ui->now.pin_version = ui->now.text_version;
    ui->reveal = true;
    if (!undoable) {
        heed_ui_forget(ui);
    }
    heed_ui_renew_fields(ui);
    if (ui->now.state.projector) { /* no field is seen until "/" */
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    }
    heed_ui_layout(ui);
    heed_ui_touch(ui);
    return true;
}
