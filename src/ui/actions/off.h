/* What a person switches off and puts back: heads, links. */
#ifndef HEED_UI_ACTIONS_OFF_H
#define HEED_UI_ACTIONS_OFF_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* The link of the pair in hand, or puts it back; as HEED_COMMAND_CUT. */
void heed_ui_cut(struct heed_ui *ui, int32_t argument);
/* Heads by the argument, as HEED_COMMAND_TOGGLE_HEAD. */
void heed_ui_toggle_muted(struct heed_ui *ui, int32_t argument);
void heed_ui_open_factors(struct heed_ui *ui, int32_t argument);
/* The (argument - 1)-th of the factors' menu. */
void heed_ui_choose_factor(struct heed_ui *ui, int32_t argument);
/* The next offered factor of the head in hand, up or down. */
void heed_ui_step_factor(struct heed_ui *ui, bool up);
/* The menu of all that is off; its (argument - 1)-th thing is on again. */
void heed_ui_open_off(struct heed_ui *ui);
void heed_ui_put_back(struct heed_ui *ui, int32_t argument);
/* Rows of a menu: where to cut the link of a pair. */
void heed_ui_add_cut_rows(struct heed_ui *ui, struct heed_pin query, struct heed_pin key);

#endif
