#include "ui/window/window.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void heed_ui_touch(struct heed_ui *ui)
{
    ui->dirty = true;
    ui->changed = true;
}

void heed_ui_say(struct heed_ui *ui, bool is_error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(ui->message, sizeof(ui->message), format, arguments);
    va_end(arguments);
    ui->message_is_error = is_error;
    ui->message_of_result = false;
    ui->message_until = 0.0;
    heed_ui_touch(ui);
}

void heed_ui_seal(struct heed_ui *ui)
{
    ui->history.merge = HEED_MERGE_NONE;
}

static bool is_of_file(const struct heed_ui *ui)
{
    return ui->result != NULL && ui->result->file != NULL;
}

const struct heed_model *heed_ui_model(const struct heed_ui *ui)
{
    return is_of_file(ui) ? NULL : ui->model;
}

const struct heed_tokenizer *heed_ui_tokenizer(const struct heed_ui *ui)
{
    return is_of_file(ui) ? NULL : ui->tokenizer;
}

int heed_ui_n_layers(const struct heed_ui *ui)
{
    if (ui->result != NULL) {
        return ui->result->maps->n_layers;
    }
    return ui->model != NULL ? heed_model_get_config(ui->model)->n_layers : 0;
}

int heed_ui_n_heads(const struct heed_ui *ui)
{
    if (ui->result != NULL) {
        return ui->result->maps->n_heads;
    }
    return ui->model != NULL ? heed_model_get_config(ui->model)->n_heads : 0;
}

void heed_ui_drawn_state(const struct heed_ui *ui, struct heed_state *state)
{
    *state = ui->now.state;
    if (ui->result != NULL && ui->now.pin_version != ui->result_version) {
        state->query = state->key = (struct heed_pin){0, 0};
        state->n_candidates = 0;
        for (int i = 0; i < state->n_cuts; i++) {
            state->cuts[i].query.count = 0; /* not of these tokens: no words */
        }
    }
}

const struct heed_list *heed_ui_list(struct heed_ui *ui)
{
    if (ui->dirty) {
        ui->rebuild(ui);
    }
    return &ui->list;
}

void heed_ui_clamp_scroll(struct heed_ui *ui)
{
    const struct heed_layout *layout = &ui->layout;
    float *inspector = heed_ui_inspector_scroll(ui);
    const float old[4] = {ui->rail_scroll, *inspector, ui->scroll_x, ui->scroll_y};
    ui->rail_scroll = fmaxf(fminf(ui->rail_scroll, ui->rail_content - layout->rail.h), 0.0F);
    *inspector = fmaxf(fminf(*inspector, ui->inspector_content - layout->inspector.h), 0.0F);
    ui->scroll_x = fmaxf(fminf(ui->scroll_x, ui->content_width - layout->canvas.w), 0.0F);
    ui->scroll_y = fmaxf(fminf(ui->scroll_y, ui->content_height - layout->canvas.h), 0.0F);
    if (old[0] != ui->rail_scroll || old[1] != *inspector || old[2] != ui->scroll_x ||
        old[3] != ui->scroll_y) {
        heed_ui_touch(ui);
    }
}
