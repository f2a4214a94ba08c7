/* Arcs' numbers: at the arcs' tops and in rows below. */
#ifndef HEED_SCENE_VIEWS_ARCS_VALUES_H
#define HEED_SCENE_VIEWS_ARCS_VALUES_H

#include "scene/frame/link_choice.h"
#include "scene/views/arcs/parts.h"

/* The strong links' numbers at their arcs' tops. */
void heed_arcs_draw_labels(const struct heed_arcs *arcs, const struct heed_chosen_links *strong);
/* Number cells under the words, or the hint how to get them. */
void heed_arcs_draw_rows(const struct heed_arcs *arcs);

#endif
