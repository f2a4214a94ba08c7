/*
 * The panel at the right: what the pinned tokens are in numbers, by the view that is
 * open.
 */
#ifndef HEED_SCENE_CHROME_INSPECTOR_PANEL_H
#define HEED_SCENE_CHROME_INSPECTOR_PANEL_H

#include "scene/chrome/chrome.h"

void heed_inspector_draw(struct heed_chrome *chrome);

#endif
