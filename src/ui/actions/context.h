/* The menu of what is pointed at, and its commands. */
#ifndef HEED_UI_ACTIONS_CONTEXT_H
#define HEED_UI_ACTIONS_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* The menu of what is pointed at or focused, below the anchor. */
void heed_ui_open_context(struct heed_ui *ui, struct heed_rect anchor);
/* What its commands do, or their keys: with what is in hand. */
void heed_ui_pin_in_hand(struct heed_ui *ui);
void heed_ui_mark_candidate(struct heed_ui *ui);
void heed_ui_toggle_head(struct heed_ui *ui, int32_t argument);
void heed_ui_rank(struct heed_ui *ui);
/* To the clipboard: the pair's weights; a row, or a column, as CSV. */
void heed_ui_copy_value(struct heed_ui *ui);
void heed_ui_copy_row(struct heed_ui *ui);

/* 0 as text, 1 as LaTeX. */
void heed_ui_copy_sums(struct heed_ui *ui, int32_t argument);

#endif
