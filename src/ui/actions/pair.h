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

/* Which map Compare has, by its number from 1 on, or 0: hidden states, or no more. Seen at once,
 * also where heads stand in the maps' place. */
void heed_ui_set_compare_map(struct heed_state *state, int32_t argument);
/* Maps, heads or hidden states from 1 on, of a low window; 0: the next. */
void heed_ui_set_compare_tab(struct heed_state *state, int32_t argument);

#endif
