#include "ui/input/keys.h"

#include "ui/actions/lesson.h"
#include "ui/input/fields.h"
#include "ui/input/focus.h"
#include "ui/popover/keys.h"
#include "ui/popover/models.h"
#include "ui/popover/paths.h"
#include "ui/popover/popover.h"
#include "ui/popover/search.h"
#include "ui/sheet/export_panel.h"
#include "ui/window/fields.h"
#include "ui/window/run.h"

static bool is_tab(const struct heed_event *event)
{
    return event->key == HEED_KEY_TAB && (event->mods & ~HEED_MOD_SHIFT) == 0;
}

/* What the page of settings shows goes on by its keys. */
static bool is_set_there(enum heed_command command)
{
    return command == HEED_COMMAND_UNDO || command == HEED_COMMAND_REDO ||
           command == HEED_COMMAND_THEME || command == HEED_COMMAND_SCALE_UP ||
           command == HEED_COMMAND_SCALE_DOWN || command == HEED_COMMAND_SCALE_RESET;
}

/* A popover takes every key but those that close or replace it. */
static void popover_key(struct heed_ui *ui, const struct heed_event *event)
{
    const bool in_field = ui->focused_field == HEED_UI_FIELD_POPOVER;
    const struct heed_command_info *info =
        heed_commands_find(ui->commands, &ui->now.state, event, true);
    const enum heed_command command = info != NULL ? info->command : HEED_COMMAND_NONE;
    if (ui->popover.kind == HEED_POPOVER_SEARCH && event->key == HEED_KEY_ENTER) {
        heed_search_step(ui, (event->mods & HEED_MOD_SHIFT) != 0 ? -1 : 1);
    } else if (command == HEED_COMMAND_SEARCH) {
        heed_popover_close(ui);
        heed_popover_open_search(ui);
    } else if (command == HEED_COMMAND_UNPIN || command == HEED_COMMAND_QUIT) {
        heed_ui_run(ui, command, 0);
    } else if (command == HEED_COMMAND_HELP || command == HEED_COMMAND_FIND ||
               command == HEED_COMMAND_ABOUT || command == HEED_COMMAND_EXAMPLES ||
               command == HEED_COMMAND_GLOSSARY || command == HEED_COMMAND_SETTINGS) {
        const enum heed_popover_kind kind =
            command == HEED_COMMAND_HELP       ? HEED_POPOVER_HELP
            : command == HEED_COMMAND_ABOUT    ? HEED_POPOVER_ABOUT
            : command == HEED_COMMAND_GLOSSARY ? HEED_POPOVER_GLOSSARY
            : command == HEED_COMMAND_SETTINGS ? HEED_POPOVER_SETTINGS
            : command == HEED_COMMAND_FIND     ? HEED_POPOVER_FIND
                                               : HEED_POPOVER_EXAMPLES;
        const bool was_open = ui->popover.kind == kind;
        heed_popover_close(ui);
        if (!was_open) {
            heed_ui_run(ui, command, 0);
        }
    } else if (ui->popover.kind == HEED_POPOVER_SETTINGS && is_set_there(command)) {
        heed_ui_run(ui, command, 0);
    } else if (ui->popover.kind == HEED_POPOVER_PATH &&
               (command == HEED_COMMAND_OPEN || command == HEED_COMMAND_SAVE)) {
        heed_ui_run(ui, HEED_COMMAND_BROWSE, 0);
    } else if (is_tab(event) && event->mods == 0 && heed_popover_complete_path(ui)) {
        return;
    } else if (command == HEED_COMMAND_MODELS || command == HEED_COMMAND_COMPARE_MODEL) {
        const bool was_open = ui->popover.kind == HEED_POPOVER_MODELS;
        heed_popover_close(ui);
        if (!was_open) {
            heed_ui_run(ui, command, 0);
        }
    } else if (is_tab(event) && ui->popover.kind == HEED_POPOVER_MODELS && in_field &&
               event->mods == 0 && heed_models_complete(ui)) {
        return;
    } else if (heed_popover_turn(ui, event->key)) {
        return;
    } else if (is_tab(event)) {
        heed_ui_tab(ui, (event->mods & HEED_MOD_SHIFT) != 0);
    } else if (!in_field && heed_ui_focus_key(ui, event)) {
        return;
    } else if (!(in_field && heed_ui_field_event(ui, event))) {
        heed_popover_key(ui, event);
    }
}

static bool in_folder(const struct heed_ui *ui)
{
    return ui->focused_field == HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER;
}

void heed_ui_key_event(struct heed_ui *ui, const struct heed_event *event)
{
    const bool in_field = ui->focused_field != HEED_UI_FIELD_NONE;
    if (ui->blank != HEED_BLANK_NONE) { /* the key does this alone */
        ui->blank = HEED_BLANK_NONE;
        ui->drop_text = true;
        heed_ui_touch(ui);
        return;
    }
    ui->pointer.tip_hidden = true;
    ui->drop_text = false;
    if (ui->popover.kind != HEED_POPOVER_NONE) {
        popover_key(ui, event);
        return;
    }
    if (heed_ui_lesson_key(ui, event)) {
        return;
    }
    if (in_field && heed_ui_field_event(ui, event)) {
        return;
    }
    if (is_tab(event) && event->mods == 0 && heed_ui_export_complete(ui)) {
        return;
    }
    if (is_tab(event)) {
        heed_ui_tab(ui, (event->mods & HEED_MOD_SHIFT) != 0);
        return;
    }
    if (!in_field && heed_ui_focus_key(ui, event)) {
        return;
    }
    const struct heed_command_info *info =
        heed_commands_find(ui->commands, &ui->now.state, event, in_field);
    if (info != NULL && info->command == HEED_COMMAND_OPEN && in_folder(ui)) {
        heed_ui_run(ui, HEED_COMMAND_BROWSE, 1);
    } else if (info != NULL) {
        heed_ui_run(ui, info->command, info->argument);
        /* "/" goes to the text field; it isn't to be written there. Nor is
         * the sign of Alt+7, if Alt was let go before it arrived. */
        ui->drop_text = (!in_field && ui->focused_field != HEED_UI_FIELD_NONE) ||
                        (event->mods & HEED_MOD_ALT) != 0;
    }
}
