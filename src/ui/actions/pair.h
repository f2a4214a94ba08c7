/* The second text: a pair's, or Compare's B. */
#ifndef HEED_UI_ACTIONS_PAIR_H
#define HEED_UI_ACTIONS_PAIR_H

#include "ui/window/window.h"

/* Adds the second text, or removes it. */
void heed_ui_toggle_pair(struct heed_ui *ui);
/* Compare's texts change places; B becomes A. There is a B. */
void heed_ui_swap(struct heed_ui *ui);
void heed_ui_copy_a(struct heed_ui *ui);

/* Compare with a copy of A as B, of which this word, or the one in hand, is selected: what
 * is typed takes its place. */
void heed_ui_twin_of(struct heed_ui *ui, struct heed_pin pin);
void heed_ui_twin(struct heed_ui *ui, int32_t argument);

#endif
