/* Lab's menus, which switch something off. */
#ifndef HEED_UI_ACTIONS_LAB_H
#define HEED_UI_ACTIONS_LAB_H

#include <stdbool.h>

#include "ui/window/window.h"

/* False if the command is none of Lab's menus. */
bool heed_ui_run_lab(struct heed_ui *ui, enum heed_command command);
void heed_ui_fill_mutes(struct heed_ui *ui);
void heed_ui_fill_cuts(struct heed_ui *ui);

#endif
