/* The inspector's table of candidates and the margins between them. */
#ifndef HEED_SCENE_INSPECTOR_CANDIDATES_H
#define HEED_SCENE_INSPECTOR_CANDIDATES_H

#include "scene/inspector/column.h"

/* What the pinned query gives to the candidates, the heads ranked for it, the
 * margin by layer; nothing if nothing is pinned or marked. */
void heed_inspector_candidates(struct heed_column *column);

#endif
