/* What the commands do that belong to no other file, and which can be given now. */
#ifndef HEED_UI_ACTIONS_COMMANDS_H
#define HEED_UI_ACTIONS_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

void heed_ui_run(struct heed_ui *ui, enum heed_command command, int32_t argument);
/* False if it would do nothing now. */
bool heed_ui_can(const struct heed_ui *ui, enum heed_command command, int32_t argument);
/* A path that was dropped or chosen, for OPEN, SAVE or EXPORT. */
void heed_ui_take_path(struct heed_ui *ui, const struct heed_event *event,
                       enum heed_command command);

#endif
