/* The menu of what is pointed at, and its commands. */
#ifndef HEED_UI_ACTIONS_CONTEXT_H
#define HEED_UI_ACTIONS_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* The menu of what is pointed at or focused, below the anchor. */
void heed_ui_open_context(struct heed_ui *ui, struct heed_rect anchor);
void heed_ui_fill_context(struct heed_ui *ui);
bool heed_ui_run_context(struct heed_ui *ui, enum heed_command command, int32_t argument);

#endif
