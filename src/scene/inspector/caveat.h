/* Four measures of one link side by side, and how far they agree. */
#ifndef HEED_SCENE_INSPECTOR_CAVEAT_H
#define HEED_SCENE_INSPECTOR_CAVEAT_H

#include "scene/inspector/column.h"
#include "scene/inspector/parts.h"

/* The link by weight, value norm, rollout and ablation in the shown heads, how
 * far they agree over all heads, and what none of them shows. */
void heed_inspector_caveat(struct heed_column *column, const struct heed_inspected_pair *pair);

#endif
