/* The frame of a lecture hall: only the picture, large, and its caption. */
#ifndef HEED_SCENE_CHROME_PROJECTOR_H
#define HEED_SCENE_CHROME_PROJECTOR_H

#include <stddef.h>

#include "scene/chrome/chrome.h"

/* The caption of projector mode, and its words: what is pointed at or pinned,
 * and how much the shown heads give it. */
/* Its height, px, with an example's words in it; 0: no more than its least. */
float heed_projector_height(const struct heed_skin *skin, float width, const char *look);
/* Tells in caption_need what height holds all that is true whatever is pointed at. */
void heed_projector_draw(struct heed_chrome *chrome);
void heed_projector_words(const struct heed_frame *frame, char *title, size_t title_size,
                          char *line, size_t line_size);

#endif
