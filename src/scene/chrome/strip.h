/* The strip "Not as trained": what is off, each to be put back. */
#ifndef HEED_SCENE_CHROME_STRIP_H
#define HEED_SCENE_CHROME_STRIP_H

#include "scene/chrome/chrome.h"

/* What is off, above the status: each with one click to put it back. */
void heed_strip_draw(struct heed_chrome *chrome);

#endif
