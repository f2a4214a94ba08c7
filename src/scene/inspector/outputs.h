/* What the model's heads say: of a [MASK], of the text, of the pinned token. */
#ifndef HEED_SCENE_INSPECTOR_OUTPUTS_H
#define HEED_SCENE_INSPECTOR_OUTPUTS_H

#include "scene/inspector/column.h"

/* Nothing if the text has no mask and the model no classes; with something off, each
 * number before and after it. */
void heed_outputs_inspect(struct heed_column *column);

#endif
