/* An attention file in the text field's place, read only, and its parts. */
#ifndef HEED_SCENE_CHROME_FILE_FIELD_H
#define HEED_SCENE_CHROME_FILE_FIELD_H

#include "scene/chrome/chrome.h"

/* second: of what it is compared with. A click on it asks for another file. */
void heed_file_field_draw(const struct heed_chrome *chrome, bool second);
/* The segment of the parts, up to x, if there are several and they have room from
 * `left` on; returns its left end. */
float heed_file_parts_width(const struct heed_chrome *chrome); /* px, gap included; 0: none */
float heed_file_parts_draw(const struct heed_chrome *chrome, float left, float x);
/* What the file lacks and what that would open, below what the inspector shows. */
struct heed_column;
void heed_file_lacks_draw(struct heed_column *column);

#endif
