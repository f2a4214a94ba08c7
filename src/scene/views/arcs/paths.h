/* The curves of Arcs' links, and how far they reach. */
#ifndef HEED_SCENE_VIEWS_ARCS_PATHS_H
#define HEED_SCENE_VIEWS_ARCS_PATHS_H

#include "scene/frame/link_choice.h"
#include "scene/views/arcs/parts.h"

/* Once all is placed. */
struct heed_arc_path heed_arcs_path(const struct heed_arcs *arcs, struct heed_link link);
/* px that an arc of this reach takes of the line's room, which bends those of a whole
 * line to it; needs up and down. */
float heed_arcs_bent(const struct heed_arcs *arcs, float reach, bool up);
/* Fills reach, once the words stand: in a window as if any two words of a line were
 * linked, in an export by the links that the request and the pins draw. */
void heed_arcs_find_reach(struct heed_arcs *arcs, const struct heed_link_request *request);

#endif
