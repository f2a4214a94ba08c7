/* What a person filters. */
#ifndef HEED_UI_ACTIONS_FILTERS_H
#define HEED_UI_ACTIONS_FILTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "scene/chrome/chrome.h"
#include "ui/window/window.h"

/* False if the command is none of the filters'. */
bool heed_ui_run_filter(struct heed_ui *ui, enum heed_command command, int32_t argument);
void heed_ui_set_slider(struct heed_ui *ui, enum heed_slider slider, float value);

#endif
