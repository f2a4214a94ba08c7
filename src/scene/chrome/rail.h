/* The panel at the left: head map, shown heads, filters. */
#ifndef HEED_SCENE_CHROME_RAIL_H
#define HEED_SCENE_CHROME_RAIL_H

#include "scene/chrome/chrome.h"

void heed_rail_draw(struct heed_chrome *chrome);

#endif
