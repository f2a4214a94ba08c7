/* What a text field's menu does: the field in hand, or the one a popover came from.
 * Inside ui; one thread. */
#ifndef HEED_UI_INPUT_FIELD_MENU_H
#define HEED_UI_INPUT_FIELD_MENU_H

#include <stdbool.h>
#include <stdint.h>

#include "draw/display_list.h"

struct heed_ui;

/* HEED_COMMAND_FIELD's argument: enum heed_field_act. */
bool heed_ui_can_field(const struct heed_ui *ui, int32_t argument);
void heed_ui_run_field(struct heed_ui *ui, int32_t argument);
/* Its menu below this place. */
void heed_ui_open_field_menu(struct heed_ui *ui, struct heed_rect anchor);

#endif
