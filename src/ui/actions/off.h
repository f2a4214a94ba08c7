/* What a person switches off and puts back: heads, links. */
#ifndef HEED_UI_ACTIONS_OFF_H
#define HEED_UI_ACTIONS_OFF_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* What a person switches off; false if the command is none of it */
bool heed_ui_run_off(struct heed_ui *ui, enum heed_command command, int32_t argument);
/* Rows of the menus: of a pair, of the subject's head, of all that is off. */
void heed_ui_add_cut_rows(struct heed_ui *ui, struct heed_pin query, struct heed_pin key);
void heed_ui_fill_factors(struct heed_ui *ui);
void heed_ui_fill_off(struct heed_ui *ui);

#endif
