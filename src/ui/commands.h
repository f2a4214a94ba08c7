/*
 * The table of all commands: name, group, keys, when it can be given and what it
 * does, a row each. Help, palette, menus, keys and buttons come from it.
 */
#ifndef HEED_UI_COMMANDS_H
#define HEED_UI_COMMANDS_H

#include "ui/window/commands.h"

extern const struct heed_command_table heed_ui_commands;

#endif
