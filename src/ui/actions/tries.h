/* The first start's three things to try: what each does, and which were done. Inside the ui
 * only. One thread. */
#ifndef HEED_UI_ACTIONS_TRIES_H
#define HEED_UI_ACTIONS_TRIES_H

#include <stdint.h>

struct heed_tries;
struct heed_ui;

/* argument: 1 to HEED_N_TRIES: does it. */
void heed_ui_try(struct heed_ui *ui, int32_t argument);
/* Ticks what was done by any way; after the last one the card goes. */
void heed_ui_follow_tries(struct heed_ui *ui);
void heed_ui_get_tries(const struct heed_ui *ui, struct heed_tries *tries);
/* Shows them again, or says that a file is in the place of their text. */
void heed_ui_ask_for_hint(struct heed_ui *ui, int32_t argument);
/* As at the first start, but for how it looks; one step of the history. */
void heed_ui_reset(struct heed_ui *ui, int32_t argument);

#endif
