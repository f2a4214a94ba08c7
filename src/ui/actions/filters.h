/* What a person filters. */
#ifndef HEED_UI_ACTIONS_FILTERS_H
#define HEED_UI_ACTIONS_FILTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "scene/chrome/chrome.h"
#include "ui/window/window.h"

/* Steps that a person can follow, up (1) or down (-1). */
void heed_ui_step_threshold(struct heed_ui *ui, int direction);
void heed_ui_step_top_p(struct heed_ui *ui, int direction);
void heed_ui_step_top_k(struct heed_ui *ui, int direction);
void heed_ui_set_slider(struct heed_ui *ui, enum heed_slider slider, float value);
void heed_ui_step_heat(struct heed_ui *ui, int direction);

#endif
