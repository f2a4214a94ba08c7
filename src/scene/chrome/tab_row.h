/* The row of views, and what the open one offers. */
#ifndef HEED_SCENE_CHROME_TAB_ROW_H
#define HEED_SCENE_CHROME_TAB_ROW_H

#include "scene/chrome/chrome.h"

/* The views, and what the open one offers. */
void heed_tab_row_draw(const struct heed_chrome *chrome);

#endif
