/* The page of settings: how heed looks and moves, and what it opens. Its rows are commands,
 * so that each is undone like any other. Inside ui; one thread. */
#ifndef HEED_UI_POPOVER_SETTINGS_H
#define HEED_UI_POPOVER_SETTINGS_H

#include "scene/widgets/widgets.h"

struct heed_ui;

void heed_popover_open_settings(struct heed_ui *ui);
void heed_settings_draw(struct heed_ui *ui, const struct heed_skin *skin);

#endif
