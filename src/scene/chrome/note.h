/* Words below the tabs: what to look at in an example, the first start's hint. */
#ifndef HEED_SCENE_CHROME_NOTE_H
#define HEED_SCENE_CHROME_NOTE_H

#include "scene/chrome/chrome.h"

/* What a note takes in a window of this width, px. */
float heed_note_height(const struct heed_skin *skin, float width, const struct heed_note *note);
/* What to look at in an example, below the tabs. */
void heed_note_draw(struct heed_chrome *chrome);

#endif
