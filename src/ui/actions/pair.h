/* The second text: a pair's, or Compare's B. */
#ifndef HEED_UI_ACTIONS_PAIR_H
#define HEED_UI_ACTIONS_PAIR_H

#include "ui/window/window.h"

/* Adds the second text, or removes it. */
void heed_ui_toggle_pair(struct heed_ui *ui);
/* Compare's texts change places; B becomes A. There is a B. */
void heed_ui_swap(struct heed_ui *ui);
void heed_ui_copy_a(struct heed_ui *ui);

#endif
