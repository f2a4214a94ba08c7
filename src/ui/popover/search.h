/*
 * Finding a token by its text, and going along the links from the keyboard.
 * Inside the ui only. One thread.
 */
#ifndef HEED_UI_POPOVER_SEARCH_H
#define HEED_UI_POPOVER_SEARCH_H

#include <stddef.h>

#include "ui/window/window.h"

/* The field of the search changed: its matches, the nearest one shown. */
void heed_search_update(struct heed_ui *ui);
void heed_search_step(struct heed_ui *ui, int by);
/* "3 of 12". */
void heed_search_count(const struct heed_ui *ui, char *text, size_t size);
/* The picture is drawn as if the match in hand were hovered as a query, and had the focus. */
void heed_search_point(const struct heed_ui *ui, struct heed_frame *frame);
/* Underlines the matches in the list as it is. */
void heed_search_mark(struct heed_ui *ui, const struct heed_skin *skin);

#endif
