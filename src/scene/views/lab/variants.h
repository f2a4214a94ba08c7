/* Lab tries each change of the encoder alone. */
#ifndef HEED_SCENE_VIEWS_LAB_VARIANTS_H
#define HEED_SCENE_VIEWS_LAB_VARIANTS_H

#include "scene/inspector/column.h"

/* Each change of the encoder by itself, or the button that tries them. */
void heed_lab_inspect_variants(struct heed_column *column);

#endif
