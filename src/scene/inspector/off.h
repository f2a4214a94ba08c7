/* What the changed run differs by from the untouched one. */
#ifndef HEED_SCENE_INSPECTOR_OFF_H
#define HEED_SCENE_INSPECTOR_OFF_H

#include "scene/inspector/column.h"

/* How far what is off has moved the run; nothing if nothing is. */
void heed_off_inspect(struct heed_column *column);

#endif
