/* Popovers: help, menus, palette, search, path. */
#ifndef HEED_UI_POPOVER_DRAW_H
#define HEED_UI_POPOVER_DRAW_H

#include "scene/widgets/widgets.h"

struct heed_ui;

void heed_popover_draw(struct heed_ui *ui, const struct heed_skin *skin);

#endif
