/* Lab's menus, which switch something off. */
#ifndef HEED_UI_ACTIONS_LAB_H
#define HEED_UI_ACTIONS_LAB_H

#include <stdbool.h>

#include "ui/window/window.h"

/* To mute a shown head; to cut the pinned link. */
void heed_ui_open_mutes(struct heed_ui *ui);
void heed_ui_open_cuts(struct heed_ui *ui);

#endif
