/* The Links view: queries at the left, keys at the right, a curve a link. */
#ifndef HEED_SCENE_VIEWS_LINKS_LINKS_H
#define HEED_SCENE_VIEWS_LINKS_LINKS_H

#include <stdbool.h>

#include "scene/views/links/parts.h"

/* The shown heads as chips with names, in as many lines of 18 logical px as
 * they need; returns how many. With draw false only counts. */
int heed_links_heads(const struct heed_links *links, float x, float cy, float width, bool draw);
/* A token is hovered or pinned. */
bool heed_links_is_pointed(const struct heed_links *links);
void heed_links_draw(struct heed_frame *frame, struct heed_rect rect);

#endif
