/* How large the picture is, and the interface. */
#ifndef HEED_UI_ACTIONS_ZOOM_H
#define HEED_UI_ACTIONS_ZOOM_H

#include "ui/window/window.h"

/* By a factor about (x, y), px, which stays where it is. */
void heed_ui_zoom_at(struct heed_ui *ui, float factor, float x, float y);
/* In (1), out (-1), or fitted again (0). */
void heed_ui_zoom(struct heed_ui *ui, int direction);
/* Likewise the whole interface: larger, smaller, its own size. */
void heed_ui_set_scale(struct heed_ui *ui, int direction);

#endif
