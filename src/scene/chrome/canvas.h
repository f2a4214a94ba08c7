/* The place of the picture: the view or panel, clipped, and its scroll bars. */
#ifndef HEED_SCENE_CHROME_CANVAS_H
#define HEED_SCENE_CHROME_CANVAS_H

#include "scene/chrome/chrome.h"

/* The view or panel, clipped, with its scroll bars. */
void heed_canvas_draw(struct heed_chrome *chrome);

#endif
