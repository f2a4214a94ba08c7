/* Mask, positions and attention of the whole encoder. */
#ifndef HEED_UI_ACTIONS_VARIANT_H
#define HEED_UI_ACTIONS_VARIANT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* Mask, positions, attention; false if the command is none of
 * them */
bool heed_ui_run_variant(struct heed_ui *ui, enum heed_command command, int32_t argument);
bool heed_ui_can_variant(const struct heed_ui *ui, enum heed_command command, int32_t argument);

#endif
