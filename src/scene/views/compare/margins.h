/* Compare on paper: the margin between the candidates in each shown head, of A, of B and
 * how it changes. Inside Compare only; pure. */
#ifndef HEED_SCENE_VIEWS_COMPARE_MARGINS_H
#define HEED_SCENE_VIEWS_COMPARE_MARGINS_H

#include "scene/parts/blocks.h"
#include "scene/views/compare/parts.h"

/* Their table from the top y on; px of its height, 0 without a query and two candidates
 * in A. */
float heed_compare_margins(const struct heed_compare *compare, const struct heed_blocks *page,
                           float y);
/* Of struct heed_view_kind. */
const char *heed_compare_name_value(int32_t a, bool *of_token);

#endif
