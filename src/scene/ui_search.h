/*
 * Finding a token by its text, and going along the links from the keyboard.
 * Inside the ui only. One thread.
 */
#ifndef HEED_SCENE_UI_SEARCH_H
#define HEED_SCENE_UI_SEARCH_H

#include "scene/ui_private.h"

/* The field of the search changed: its matches, the nearest one shown. */
void heed_search_update(struct heed_ui *ui);
void heed_search_step(struct heed_ui *ui, int by);
/* "3 of 12". */
void heed_search_count(const struct heed_ui *ui, char *text, size_t size);
/* The picture is drawn as if the match in hand were hovered as a query, and had
 * the focus. */
void heed_search_point(const struct heed_ui *ui, struct heed_frame *frame);
/* Underlines the matches in the list as it is. */
void heed_search_mark(struct heed_ui *ui, const struct heed_skin *skin);

/* Pins the next (by 1) or previous link of the query in hand, strongest first;
 * with to_query of the key in hand. */
void heed_ui_travel(struct heed_ui *ui, bool to_query, int by);

/* ui_reveal.c */
/* Scrolls until these units can be seen, -1 being none: where the view has room
 * for one of them only, the query or the key as by_query says. */
void heed_ui_show_units(struct heed_ui *ui, int query, int key, bool by_query);
/* Likewise the pinned ones: after the view, the zoom or the state changed. */
void heed_ui_show_pins(struct heed_ui *ui);

#endif
