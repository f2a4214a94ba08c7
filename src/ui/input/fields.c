#include "ui/input/fields.h"

#include "scene/chrome/text_row.h"
#include "ui/popover/keys.h"
#include "ui/popover/popover.h"
#include "ui/sheet/export_panel.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/run.h"

static struct heed_rect inner_of(const struct heed_ui *ui, int field)
{
    if (field == HEED_UI_FIELD_POPOVER) {
        return ui->popover.inner;
    }
    if (heed_ui_is_export_field(field)) {
        return ui->exporting.inner[field - HEED_UI_FIELD_EXPORT];
    }
    return heed_chrome_field_inner(&ui->layout, field == HEED_UI_FIELD_PAIR);
}

static bool store_second(struct heed_state *state, const char *text, size_t size,
                         struct heed_error *err)
{
    return heed_state_compares(state) ? heed_state_set_compare(state, text, size, err)
                                      : heed_state_set_pair(state, text, size, err);
}

/* The field's text becomes the state's. */
static void store_text(struct heed_ui *ui, int index, const struct heed_textfield_change *change,
                       size_t old_size)
{
    struct heed_textfield *field = heed_ui_field(ui, index);
    struct heed_error err = {0};
    if (index == HEED_UI_FIELD_POPOVER) {
        heed_popover_text_changed(ui);
        return;
    }
    if (heed_ui_is_export_field(index)) {
        heed_ui_export_typed(ui, index);
        return;
    }
    const int tag = (field->text.size < old_size ? HEED_MERGE_ERASING : HEED_MERGE_TYPING) + index;
    if (change->apart) {
        heed_ui_seal(ui);
    }
    const char *text = field->text.data != NULL ? field->text.data : "";
    bool ok = heed_ui_begin(ui);
    if (ok) {
        ok = index == HEED_UI_FIELD_PAIR
                 ? store_second(&ui->now.state, text, field->text.size, &err)
                 : heed_state_set_text(&ui->now.state, text, field->text.size, &err);
        heed_ui_end(ui, tag);
    }
    if (!ok) {
        heed_ui_sync_fields(ui);
        heed_ui_say(ui, true, "%s", err.text[0] != '\0' ? err.text : "out of memory");
    }
}

static void copy_selection(const struct heed_textfield *field, struct heed_buffer *buffer,
                           const char **effect)
{
    size_t length = 0;
    const char *text = heed_textfield_selection(field, &length);
    heed_buffer_clear(buffer);
    heed_buffer_append(buffer, text, length);
    if (length > 0 && !buffer->failed) {
        *effect = buffer->data;
    }
}

/* Clipboard and primary selection. */
static void carry_out(struct heed_ui *ui, struct heed_textfield *field,
                      struct heed_textfield_change *change)
{
    if (change->copy || change->cut) {
        copy_selection(field, &ui->clipboard, &ui->effects->set_clipboard);
    }
    if (change->cut && !ui->clipboard.failed && heed_textfield_insert(field, "", 0, SIZE_MAX)) {
        change->text_changed = change->apart = change->word_ended = true;
    }
    if (change->selected) {
        copy_selection(field, &ui->primary, &ui->effects->set_primary);
    }
    ui->effects->want_clipboard = change->paste;
    ui->effects->want_primary = change->paste_primary;
}

bool heed_ui_field_event(struct heed_ui *ui, const struct heed_event *event)
{
    const int index = ui->focused_field;
    struct heed_textfield *field = heed_ui_field(ui, index);
    if (field == NULL) {
        return false;
    }
    const size_t old_size = field->text.size;
    const struct heed_text_style style = index >= HEED_UI_FIELD_POPOVER
                                             ? heed_popover_field_style(ui)
                                             : heed_chrome_field_style(&ui->layout);
    struct heed_textfield_change change =
        heed_textfield_handle(field, event, inner_of(ui, index), style, ui->metrics, HEED_MAX_TEXT);
    if (!change.handled) {
        return false;
    }
    carry_out(ui, field, &change);
    if (change.refused) {
        heed_ui_say(ui, true, "the text would be longer than 1 MiB: nothing was put in");
    }
    if (change.no_memory) {
        heed_ui_say(ui, true, "out of memory: the text stays as it was");
    }
    if (change.text_changed) {
        store_text(ui, index, &change, old_size);
    }
    if (change.word_ended) {
        heed_ui_seal(ui);
    }
    ui->caret_since = ui->time;
    heed_ui_touch(ui);
    if (change.enter && index == HEED_UI_FIELD_POPOVER) {
        heed_popover_accept(ui);
    } else if (change.enter && heed_ui_is_export_field(index)) {
        heed_ui_run(ui, HEED_COMMAND_EXPORT_SAVE, 0);
    } else if (change.enter) { /* what was typed is shown already */
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    }
    return true;
}
