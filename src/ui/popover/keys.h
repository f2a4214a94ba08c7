/* What is typed and chosen in a popover of any kind. One thread. */
#ifndef HEED_UI_POPOVER_KEYS_H
#define HEED_UI_POPOVER_KEYS_H

#include "ui/window/window.h"

/* Left and Right, between the help's pages; false: they mean something else. */
bool heed_popover_turn(struct heed_ui *ui, enum heed_key key);
/* The field's text changed: the rows of FIND follow, an error goes. */
void heed_popover_text_changed(struct heed_ui *ui);
/* Keys but those of the text field; true if it was one. */
bool heed_popover_key(struct heed_ui *ui, const struct heed_event *event);
void heed_popover_wheel(struct heed_ui *ui, float notches);
/* The selected row, or the path. */
void heed_popover_accept(struct heed_ui *ui);

#endif
