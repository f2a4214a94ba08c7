/* Mask, positions and attention of the whole encoder. */
#ifndef HEED_UI_ACTIONS_VARIANT_H
#define HEED_UI_ACTIONS_VARIANT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* The arguments are as in state/commands.h. What can't be is said. */
void heed_ui_choose_mask(struct heed_ui *ui, int32_t argument);
void heed_ui_step_width(struct heed_ui *ui, int step);
void heed_ui_set_positions(struct heed_ui *ui, int32_t argument);
void heed_ui_set_attention(struct heed_ui *ui, int32_t argument);

#endif
