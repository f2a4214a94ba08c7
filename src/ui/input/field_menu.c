#include "ui/input/field_menu.h"

#include <string.h>

#include "ui/input/fields.h"
#include "ui/popover/popover.h"
#include "ui/window/fields.h"

static int field_in_hand(const struct heed_ui *ui)
{
    return ui->popover.kind != HEED_POPOVER_NONE ? ui->popover.old_field : ui->focused_field;
}

static const struct heed_textfield *get_field(const struct heed_ui *ui)
{
    return heed_ui_field((struct heed_ui *)ui, field_in_hand(ui));
}

/* "[MASK]" as the model writes it; NULL: it has none. */
static const char *mask_of(const struct heed_ui *ui)
{
    const struct heed_tokenizer *tokenizer = heed_ui_tokenizer(ui);
    const int32_t id = tokenizer != NULL ? heed_tokenizer_get_mask_id(tokenizer) : -1;
    return id >= 0 ? heed_tokenizer_get_piece(tokenizer, id) : NULL;
}

bool heed_ui_can_field(const struct heed_ui *ui, int32_t argument)
{
    const struct heed_textfield *field = get_field(ui);
    switch ((enum heed_field_act)argument) {
    case HEED_FIELD_CUT:
    case HEED_FIELD_COPY:
        return field != NULL && field->caret != field->anchor;
    case HEED_FIELD_PASTE:
        return field != NULL;
    case HEED_FIELD_ALL:
        return field != NULL && field->text.size > 0;
    case HEED_FIELD_MASK:
        return ui->now.state.file == NULL && mask_of(ui) != NULL;
    }
    return false;
}

/* A mask where the caret is; only texts have it, of a model that reads it. */
static void insert_mask(struct heed_ui *ui)
{
    const char *mask = mask_of(ui);
    if (!heed_ui_can_field(ui, HEED_FIELD_MASK)) {
        heed_ui_say(ui, false, "there is no text, or its model has no mask token");
        return;
    }
    if (ui->focused_field != HEED_UI_FIELD_PAIR) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_TEXT);
    }
    const struct heed_event event = {
        .kind = HEED_EVENT_PASTE, .text = mask, .length = strlen(mask)};
    heed_ui_field_event(ui, &event);
}

/* What its keys do. */
void heed_ui_run_field(struct heed_ui *ui, int32_t argument)
{
    static const char keys[] = {[HEED_FIELD_CUT] = 'X',
                                [HEED_FIELD_COPY] = 'C',
                                [HEED_FIELD_PASTE] = 'V',
                                [HEED_FIELD_ALL] = 'A'};
    if (argument == HEED_FIELD_MASK) {
        insert_mask(ui);
    } else if (heed_ui_can_field(ui, argument)) {
        const struct heed_event event = {
            .kind = HEED_EVENT_KEY, .key = (enum heed_key)keys[argument], .mods = HEED_MOD_CTRL};
        heed_ui_field_event(ui, &event);
    }
}

static void add(struct heed_ui *ui, enum heed_field_act act, const char *label, const char *key)
{
    heed_popover_add(&ui->popover,
                     (struct heed_popover_row){.command = HEED_COMMAND_FIELD,
                                               .argument = act,
                                               .label = label,
                                               .key = key,
                                               .disabled = !heed_ui_can_field(ui, act)});
}

static void fill(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const char *mask = mask_of(ui);
    add(ui, HEED_FIELD_CUT, "Cut", "Ctrl+X");
    add(ui, HEED_FIELD_COPY, "Copy", "Ctrl+C");
    add(ui, HEED_FIELD_PASTE, "Paste", "Ctrl+V");
    add(ui, HEED_FIELD_ALL, "Select all", "Ctrl+A");
    if (popover->old_field == HEED_UI_FIELD_TEXT || popover->old_field == HEED_UI_FIELD_PAIR) {
        add(ui, HEED_FIELD_MASK,
            mask != NULL ? heed_popover_label(popover, "Insert %s", mask)
                         : "Insert a mask: this model has none",
            mask != NULL ? NULL : "");
    }
    while (popover->selected + 1 < popover->n_rows && popover->rows[popover->selected].disabled) {
        popover->selected++;
    }
}

void heed_ui_open_field_menu(struct heed_ui *ui, struct heed_rect anchor)
{
    heed_popover_open_menu(ui, HEED_COMMAND_FIELD, anchor, fill);
}
