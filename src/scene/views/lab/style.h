/* Lab's titles. */
#ifndef HEED_SCENE_VIEWS_LAB_STYLE_H
#define HEED_SCENE_VIEWS_LAB_STYLE_H

#include "scene/views/lab/parts.h"

/* A title and what follows it, as far as end, centred at cy. */
void heed_lab_title(const struct heed_lab *lab, float x, float cy, float end, const char *title,
                    const char *explanation);

#endif
