#include "ui/window/fields.h"

#include <math.h>
#include <string.h>

#include "ui/window/layout.h"
#include "ui/window/motion.h"
#include "ui/window/window.h"

void heed_popover_close(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    if (popover->kind == HEED_POPOVER_NONE) {
        return;
    }
    popover->kind = HEED_POPOVER_NONE;
    popover->pending = false;
    popover->error[0] = '\0';
    popover->n_rows = 0;
    heed_ui_focus_field(ui, popover->old_field);
    ui->focus.target = popover->old_target;
    ui->focus.by_keyboard = popover->old_by_keyboard;
    heed_ui_touch(ui);
}

static const double blink = 0.53;
static const double steady_after = 10.0;

struct heed_textfield *heed_ui_field(struct heed_ui *ui, int field)
{
    switch (field) {
    case HEED_UI_FIELD_TEXT:
    case HEED_UI_FIELD_PAIR:
        return &ui->fields[field];
    case HEED_UI_FIELD_POPOVER:
        return &ui->popover.field;
    case HEED_UI_FIELD_NONE:
        return NULL;
    default:
        return &ui->exporting.fields[field - HEED_UI_FIELD_EXPORT];
    }
}

bool heed_ui_caret_on(const struct heed_ui *ui, double *next)
{
    const double since = ui->time - ui->caret_since;
    if (ui->focused_field == HEED_UI_FIELD_NONE || !ui->window_focused) {
        return false;
    }
    if (since < 0.0 || since >= steady_after || heed_ui_is_still(ui)) {
        return true;
    }
    const double beats = floor(since / blink);
    if (next != NULL) {
        *next = fmin((beats + 1.0) * blink, steady_after) - since;
    }
    return fmod(beats, 2.0) == 0.0;
}

void heed_ui_focus_field(struct heed_ui *ui, int field)
{
    const struct heed_state *state = &ui->now.state;
    if ((field == HEED_UI_FIELD_PAIR && heed_state_get_second(state) == NULL) ||
        ((field == HEED_UI_FIELD_TEXT || field == HEED_UI_FIELD_PAIR) && state->file != NULL)) {
        field = HEED_UI_FIELD_NONE;
    }
    if (ui->focused_field != field) {
        struct heed_textfield *old = heed_ui_field(ui, ui->focused_field);
        if (old != NULL) {
            heed_buffer_clear(&old->compose);
            old->dragging = false;
        }
        ui->focused_field = field;
        heed_ui_seal(ui);
        if (ui->now.state.projector) { /* a field lies over the picture */
            heed_ui_layout(ui);
        }
    }
    if (field != HEED_UI_FIELD_NONE) {
        heed_ui_field(ui, field)->follow = true;
        heed_ui_clear_focus(ui);
    }
    ui->caret_since = ui->time;
    heed_ui_touch(ui);
}

void heed_ui_fill_field(struct heed_ui *ui, struct heed_textfield *field, const char *text,
                        size_t length, bool keep_caret)
{
    if (!heed_textfield_set(field, text, length, keep_caret)) {
        heed_textfield_finish(field);
        heed_ui_say(ui, true, "out of memory for a field's text");
    }
}

/* Undo puts the caret behind what changed. */
static void sync_field(struct heed_ui *ui, struct heed_textfield *field, const char *text)
{
    const size_t length = strlen(text);
    const size_t old_length = field->text.size;
    const char *old = field->text.data;
    if (old == NULL) {
        heed_ui_fill_field(ui, field, text, length, false);
        return;
    }
    const size_t least = length < old_length ? length : old_length;
    size_t prefix = 0;
    size_t suffix = 0;
    while (prefix < least && old[prefix] == text[prefix]) {
        prefix++;
    }
    while (suffix < least - prefix && old[old_length - 1 - suffix] == text[length - 1 - suffix]) {
        suffix++;
    }
    if (prefix < old_length || prefix < length) {
        field->caret = length - suffix;
        heed_ui_fill_field(ui, field, text, length, true);
    }
}

void heed_ui_sync_fields(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    sync_field(ui, &ui->fields[HEED_UI_FIELD_TEXT], state->text);
    const char *second = heed_state_get_second(state);
    sync_field(ui, &ui->fields[HEED_UI_FIELD_PAIR], second != NULL ? second : "");
    if (second == NULL && ui->focused_field == HEED_UI_FIELD_PAIR) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_TEXT);
    }
}

static void renew_field(struct heed_ui *ui, struct heed_textfield *field, const char *text)
{
    const size_t length = strlen(text);
    if (field->text.data == NULL || field->text.size != length ||
        memcmp(field->text.data, text, length) != 0) {
        heed_ui_fill_field(ui, field, text, length, false);
    }
}

void heed_ui_renew_fields(struct heed_ui *ui)
{
    const char *second = heed_state_get_second(&ui->now.state);
    renew_field(ui, &ui->fields[HEED_UI_FIELD_TEXT], ui->now.state.text);
    renew_field(ui, &ui->fields[HEED_UI_FIELD_PAIR], second != NULL ? second : "");
    heed_ui_sync_fields(ui);
}

void heed_ui_clear_focus(struct heed_ui *ui)
{
    ui->focus.target = (struct heed_target){0};
    ui->focus.by_keyboard = false;
    heed_ui_touch(ui);
}
