/* The pages of Stack, from the embedding to the end: the stepper at its top. */
#ifndef HEED_SCENE_VIEWS_STACK_PAGES_H
#define HEED_SCENE_VIEWS_STACK_PAGES_H

#include "scene/views/stack/parts.h"

enum { HEED_STACK_PAGE_LINE = 28 /* logical px from line to line */ };

/* An export shows all pages, in as many lines as they need; a window is one line of
 * those round the present one. x and end of the view are set. */
int heed_stack_page_lines(const struct heed_stack_view *view);
void heed_stack_draw_pages(const struct heed_stack_view *view);

#endif
