/* Along the links from one token to the next. */
#ifndef HEED_UI_ACTIONS_TRAVEL_H
#define HEED_UI_ACTIONS_TRAVEL_H

#include <stdbool.h>

#include "ui/window/window.h"

/* Pins the next (by 1) or previous link of the query in hand, strongest first;
 * with to_query of the key in hand. */
void heed_ui_travel(struct heed_ui *ui, bool to_query, int by);

#endif
