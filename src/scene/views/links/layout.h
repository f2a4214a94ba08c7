/* Links finds rows, columns and sizes. */
#ifndef HEED_SCENE_VIEWS_LINKS_LAYOUT_H
#define HEED_SCENE_VIEWS_LINKS_LAYOUT_H

#include "scene/views/links/parts.h"

/* Fills everything but frame from frame and rect. */
void heed_links_place(struct heed_links *links, struct heed_rect rect);
/* px that header, rows and footer need at the least pitch of an export. */
float heed_links_height(struct heed_frame *frame, float width);
/* An export without a query is of the whole text: a sheet of scene/figure. */
bool heed_links_is_whole(const struct heed_frame *frame);
/* Of the longer list. */
int heed_links_count_rows(const struct heed_maps *maps);
float heed_links_row_y(const struct heed_links *links, int unit);
/* The shown heads as chips with names, in as many lines of 18 logical px as
 * they need; returns how many. With draw false only counts. */
int heed_links_heads(const struct heed_links *links, float x, float cy, float width, bool draw);
/* A token is hovered or pinned. */
bool heed_links_is_pointed(const struct heed_links *links);

#endif
