/* What the tab row offers for Heads. */
#ifndef HEED_SCENE_VIEWS_HEADS_OPTIONS_H
#define HEED_SCENE_VIEWS_HEADS_OPTIONS_H

#include <stdbool.h>

#include "scene/chrome/chrome.h"

/* There is no room for that beside the tabs: the menu has it. */
bool heed_heads_is_tight(const struct heed_chrome *chrome, float left);
/* Heatmaps or links and the order, in the tab row between left and right. */
void heed_heads_options(const struct heed_chrome *chrome, float left, float right);

#endif
