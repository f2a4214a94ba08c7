#include "ui/window/layout.h"

#include "scene/chrome/text_row.h"
#include "state/interventions.h"
#include "ui/window/fields.h"
#include "ui/window/window.h"

void heed_ui_layout(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_layout_input input = {
        .width = ui->width,
        .height = ui->height,
        .scale = ui->pixel_ratio * state->ui_scale,
        .has_pair = heed_state_get_second(state) != NULL,
        .lettered = heed_state_compares(state),
        .rows = ui->rows[HEED_UI_FIELD_TEXT],
        .pair_rows = ui->rows[HEED_UI_FIELD_PAIR],
        .inspector_open = ui->inspector_open,
        .rail_open = ui->rail_open,
        .note_height = ui->note_height,
        .strip = heed_state_count_off(state) > 0 && !heed_view_get_kind(state->view)->shows_off,
        .projector = state->projector,
        .field_open =
            ui->focused_field == HEED_UI_FIELD_TEXT || ui->focused_field == HEED_UI_FIELD_PAIR,
        .caption_height =
            ui->lesson.caption_height > 0 ? ui->lesson.caption_height : ui->caption_height,

        .lesson_height = ui->lesson.height,
        .answer_height = ui->lesson.answer_height,
        .page = ui->lesson.page};
    ui->layout = heed_layout_compute(&input);
    if (state->file != NULL &&
        (ui->focused_field == HEED_UI_FIELD_TEXT || ui->focused_field == HEED_UI_FIELD_PAIR)) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE); /* it isn't seen */
    }
    heed_ui_clamp_scroll(ui);
    heed_ui_touch(ui);
}

void heed_ui_measure_fields(struct heed_ui *ui)
{
    bool changed = false;
    for (int i = 0; i < 2; i++) {
        const bool pair = i == HEED_UI_FIELD_PAIR;
        const struct heed_rect inner = heed_chrome_field_inner(&ui->layout, pair);
        const int rows =
            inner.w > 0.0F && ui->now.state.file == NULL
                ? heed_textfield_count_rows(&ui->fields[i], inner.w,
                                            heed_chrome_field_style(&ui->layout), ui->metrics)
                : 1;
        changed = changed || rows != ui->rows[i];
        ui->rows[i] = rows;
    }
    if (changed) {
        heed_ui_layout(ui);
    }
}
