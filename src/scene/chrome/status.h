/* The bar at the bottom: what the picture leaves out, what the run took, the model. */
#ifndef HEED_SCENE_CHROME_STATUS_H
#define HEED_SCENE_CHROME_STATUS_H

#include "scene/chrome/chrome.h"

void heed_status_draw(struct heed_chrome *chrome);
/* A message in place, at the foot of the canvas. */
void heed_message_draw(struct heed_chrome *chrome);

#endif
