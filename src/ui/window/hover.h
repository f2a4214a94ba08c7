/* What is pointed at, focused or in hand. */
#ifndef HEED_UI_WINDOW_HOVER_H
#define HEED_UI_WINDOW_HOVER_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

/* Of a QUERY or KEY. */
struct heed_pin heed_target_pin(struct heed_target target);
/* What is pointed at, else pinned; false if no pair is. */
bool heed_ui_pair_in_hand(const struct heed_ui *ui, struct heed_pin *query, struct heed_pin *key);
/* What a context menu's commands are about, else what is pointed at. */
struct heed_hover heed_ui_in_hand(const struct heed_ui *ui);
/* The head of a command's argument; 0: the one in hand, else Matrix's. */
struct heed_head_id heed_ui_argument_head(const struct heed_ui *ui, int32_t argument);
/* What the pointer is on, else the keyboard. */
struct heed_hover heed_ui_hover(const struct heed_ui *ui);
/* Neither nothing, nor a ground. */
bool heed_target_is_thing(struct heed_target target);

#endif
