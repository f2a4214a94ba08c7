/* The keyboard's focus: Tab, arrows, Enter. */
#ifndef HEED_UI_INPUT_FOCUS_H
#define HEED_UI_INPUT_FOCUS_H

#include <stdbool.h>

#include "ui/window/window.h"

void heed_ui_tab(struct heed_ui *ui, bool backwards);
bool heed_ui_focus_key(struct heed_ui *ui, const struct heed_event *event);
void heed_ui_refresh_focus(struct heed_ui *ui);

#endif
