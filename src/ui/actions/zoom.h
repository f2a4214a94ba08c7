/* How large the picture is. */
#ifndef HEED_UI_ACTIONS_ZOOM_H
#define HEED_UI_ACTIONS_ZOOM_H

#include "ui/window/window.h"

void heed_ui_zoom_at(struct heed_ui *ui, float factor, float x, float y);
/* In, out, or fitted again. */
void heed_ui_zoom(struct heed_ui *ui, enum heed_command command);

#endif
