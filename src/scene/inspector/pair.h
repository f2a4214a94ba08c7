/* The inspector's pages of a pinned pair. */
#ifndef HEED_SCENE_INSPECTOR_PAIR_H
#define HEED_SCENE_INSPECTOR_PAIR_H

#include <stdbool.h>

#include "scene/inspector/column.h"
#include "scene/inspector/parts.h"

/* The pointed pair in the head that is looked at: Matrix's, else the one of
 * the shown heads with the largest weight. False without a pair. */
bool heed_pair_find(const struct heed_frame *frame, struct heed_inspected_pair *pair);
void heed_pair_draw(struct heed_column *column, const struct heed_inspected_pair *pair);

#endif
