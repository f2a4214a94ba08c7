/* What is pinned is scrolled to. */
#ifndef HEED_UI_WINDOW_REVEAL_H
#define HEED_UI_WINDOW_REVEAL_H

#include <stdbool.h>

#include "ui/window/window.h"

/* Scrolls until these units can be seen, -1 being none: where the view has room
 * for one of them only, the query or the key as by_query says. */
void heed_ui_show_units(struct heed_ui *ui, int query, int key, bool by_query);
/* Likewise the pinned ones: after the view, the zoom or the state changed. */
void heed_ui_show_pins(struct heed_ui *ui);

#endif
