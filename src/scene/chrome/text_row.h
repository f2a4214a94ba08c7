/* The text fields and the buttons beside them. */
#ifndef HEED_SCENE_CHROME_TEXT_ROW_H
#define HEED_SCENE_CHROME_TEXT_ROW_H

#include <stdbool.h>

#include "scene/chrome/chrome.h"

/* Where a field's text lies, and its type: the ui resolves the pointer by them. */
struct heed_rect heed_chrome_field_inner(const struct heed_layout *layout, bool pair);
struct heed_text_style heed_chrome_field_style(const struct heed_layout *layout);
/* What rows and fields lie on; takes the pointer from what is below. */
void heed_chrome_draw_ground(const struct heed_chrome *chrome, struct heed_rect rect);
/* The text fields, what can be done with them, undo and the rest at the right. */
void heed_text_row_draw(struct heed_chrome *chrome);

/* The fields alone, over a projected picture while one of them is typed in. */
void heed_text_over_draw(struct heed_chrome *chrome);

#endif
