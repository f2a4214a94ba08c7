/* Which links are drawn, the strongest last. */
#ifndef HEED_SCENE_VIEWS_LINKS_DRAWN_H
#define HEED_SCENE_VIEWS_LINKS_DRAWN_H

#include "scene/frame/link_choice.h"
#include "scene/views/links/parts.h"

/* The links that pass the filter and touch the visible rows. */
struct heed_link_request heed_links_request(const struct heed_links *links);
/* Fills the frame's counts, before anything is placed. */
void heed_links_count(const struct heed_links *links);

#endif
