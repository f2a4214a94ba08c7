/* Links' rows: the words, their values, what is hidden. */
#ifndef HEED_SCENE_VIEWS_LINKS_ROWS_H
#define HEED_SCENE_VIEWS_LINKS_ROWS_H

#include <stdbool.h>

#include "scene/views/links/parts.h"

/* One row: position, query and key (strong ones bold; NULL: none), numbers. */
void heed_links_draw_tokens(const struct heed_links *links, int unit, const bool *strong_queries,
                            const bool *strong_keys);
void heed_links_draw_values(const struct heed_links *links, int unit);

#endif
