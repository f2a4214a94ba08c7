/* The text field of a popover. */
#ifndef HEED_UI_POPOVER_FIELD_DRAW_H
#define HEED_UI_POPOVER_FIELD_DRAW_H

#include "scene/widgets/widgets.h"

struct heed_ui;

void heed_popover_draw_field(struct heed_ui *ui, const struct heed_skin *skin, struct heed_rect r,
                             const char *hint);

#endif
