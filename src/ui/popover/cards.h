/* The examples as a page of cards, in groups: in place of a list. */
#ifndef HEED_UI_POPOVER_CARDS_H
#define HEED_UI_POPOVER_CARDS_H

#include "scene/widgets/widgets.h"
#include "ui/window/window.h"

/* Fills the popover's rect, content and view_height. The rows are of groups and examples;
 * returns where the field to find one belongs. */
struct heed_rect heed_cards_draw(struct heed_ui *ui, const struct heed_skin *skin);
/* Where the selection goes by an arrow: the row of the card there; -1: nowhere. */
int heed_cards_step(const struct heed_ui *ui, int dx, int dy);

#endif
