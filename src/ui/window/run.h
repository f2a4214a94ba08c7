/* A command is carried out. Any row of it does, whatever the argument. */
#ifndef HEED_UI_WINDOW_RUN_H
#define HEED_UI_WINDOW_RUN_H

#include "ui/window/window.h"

void heed_ui_run(struct heed_ui *ui, enum heed_command command, int32_t argument);
/* False if it would do nothing now. */
bool heed_ui_can(const struct heed_ui *ui, enum heed_command command, int32_t argument);
/* Where the control for a command lies: its menu opens below it. w 0: nowhere. */
struct heed_rect heed_ui_control_rect(struct heed_ui *ui, enum heed_command command);

#endif
