#include "ui/window/run.h"

#include "draw/hit.h"
#include "scene/views/needs.h"
#include "scene/views/views.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"

static const struct heed_command_info *row_of(const struct heed_ui *ui, enum heed_command command)
{
    const struct heed_command_table *table = ui->commands;
    for (int i = 0; i < table->n; i++) {
        if (table->rows[i].command == command) {
            return &table->rows[i];
        }
    }
    for (int i = 0; i < table->n_unlisted; i++) {
        if (table->unlisted[i].command == command) {
            return &table->unlisted[i];
        }
    }
    return NULL;
}

bool heed_ui_can(const struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    const struct heed_command_info *row = row_of(ui, command);
    return heed_command_lacks(ui->result, command, argument) == 0 &&
           (row == NULL || row->can == NULL || row->can(ui, argument));
}

struct heed_rect heed_ui_control_rect(struct heed_ui *ui, enum heed_command command)
{
    const struct heed_list *list = heed_ui_list(ui);
    for (size_t i = 0; i < ui->popover_items && i < list->n_items; i++) {
        const struct heed_target *target = &list->items[i].target;
        if (target->kind == HEED_TARGET_COMMAND && target->a == (int32_t)command &&
            target->b == 0) {
            return heed_item_bounds(&list->items[i]);
        }
    }
    return (struct heed_rect){0};
}

/* One step of the history. */
static void change(struct heed_ui *ui, const struct heed_command_info *row, int32_t argument)
{
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (row->flips > 0) {
        bool *value = (bool *)((char *)&ui->now.state + row->flips);
        *value = !*value;
    } else if (row->set != NULL) {
        row->set(&ui->now.state, argument);
    }
    if ((row->after & HEED_AFTER_ORIGIN) != 0) {
        heed_ui_fit(ui);
    }
    if ((row->after & HEED_AFTER_TOP) != 0) {
        ui->scroll_y = 0.0F;
    }
    if ((row->after & HEED_AFTER_REVEAL) != 0) {
        ui->reveal = true;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    if ((row->after & HEED_AFTER_FIELDS) != 0) {
        heed_ui_sync_fields(ui);
    }
}

/* What is missing, and the way back to a model. */
static bool say_lack(struct heed_ui *ui, unsigned lacks)
{
    struct heed_error err = {0};
    if (ui->now.state.file == NULL || ui->result == NULL ||
        heed_result_has(ui->result, lacks, &err)) {
        return false;
    }
    heed_ui_say(ui, false, "%s%s", err.text,
                lacks & HEED_LACKS_MODEL ? "; Ctrl+W closes it: back to the text" : "");
    return true;
}

void heed_ui_run(struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    if (say_lack(ui, heed_command_lacks(ui->result, command, argument))) {
        return;
    }
    const struct heed_command_info *row = row_of(ui, command);
    if (row == NULL || (!row->says_why && row->can != NULL && !row->can(ui, argument))) {
        return;
    }
    char why[200];
    if (heed_command_is_idle(heed_view_get_kind(ui->now.state.view), &ui->now.state, ui->result,
                             (int)command, why, sizeof(why))) {
        heed_ui_say(ui, false, "%s", why);
        return;
    }
    if (!heed_ui_lesson_allows(ui, command)) {
        heed_ui_say(ui, false, "weights are hidden until the answer: Space shows it");
        return;
    }
    if (row->menu != NULL && argument == 0) {
        ui->open_menu(ui, command, heed_ui_control_rect(ui, command), row->menu);
    } else if (row->run != NULL) {
        row->run(ui, argument);
    } else if (row->step != NULL) {
        row->step(ui, row->by);
    } else {
        change(ui, row, argument);
    }
}
