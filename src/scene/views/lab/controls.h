/* Lab's cards: what of the encoder can be changed. */
#ifndef HEED_SCENE_VIEWS_LAB_CONTROLS_H
#define HEED_SCENE_VIEWS_LAB_CONTROLS_H

#include <stdbool.h>

#include "scene/views/lab/parts.h"

/* What can be changed, from lab->controls on; returns its height, px. With draw false only that. */
float heed_lab_controls(const struct heed_lab *lab, bool draw);
/* What an export says in their place. */
float heed_lab_words(const struct heed_lab *lab, bool draw);

#endif
