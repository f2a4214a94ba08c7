/* Arcs breaks its text into lines, in reading order. */
#ifndef HEED_SCENE_VIEWS_ARCS_FLOW_H
#define HEED_SCENE_VIEWS_ARCS_FLOW_H

#include "scene/views/arcs/parts.h"

/* px that all words need on one line at this type; least_slot each. */
float heed_arcs_measure(const struct heed_arcs *arcs, float type, float least_slot);
/* Measures, breaks into lines at most width wide, orders each by the bidi
 * algorithm and sets it from x on; one line is centred and spread. */
void heed_arcs_flow(struct heed_arcs *arcs, float x, float width, float least_slot);

#endif
