/* Does a finished picture hold what was drawn into it? Pure; told from the list alone. */
#ifndef HEED_DRAW_FIT_H
#define HEED_DRAW_FIT_H

#include <stdbool.h>

#include "draw/metrics.h"

/* Notes in list->lack the first text that lies over the page's edge, is cut off by a
 * clip or lies over another text, or heatmap that is cut off; nothing, and looks for
 * nothing, if the list lacks something already. True if it lacks nothing. Memory that
 * runs out sets list->failed. */
bool heed_list_fits(struct heed_list *list, const struct heed_metrics *metrics);

#endif
