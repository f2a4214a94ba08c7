/* The strongest links of every head. */
#ifndef HEED_SCENE_VIEWS_HEADS_LINKS_H
#define HEED_SCENE_VIEWS_HEADS_LINKS_H

#include <stdbool.h>

#include "base/compiler.h"
#include "scene/frame/kind.h"
#include "scene/frame/link_choice.h"
#include "scene/views/heads/parts.h"

/* Makes *cache the links of all heads: NULL unless links are shown, or when memory is exhausted. */
void heed_heads_links_follow(void **cache, const struct heed_view_source *source);
void heed_heads_links_destroy(void *links);
/* Once before heed_heads_strongest; false without memory. */
HEED_NODISCARD bool heed_heads_prepare_links(struct heed_heads *heads);
/* The strongest links of a map that pass the filter, weakest first; links
 * holds HEED_HEADS_MOST_LINKS. Returns how many. */
int heed_heads_strongest(const struct heed_heads *heads, int map, struct heed_link *links);
float heed_heads_link_opacity(float weight);

#endif
