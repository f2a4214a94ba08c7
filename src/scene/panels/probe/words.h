/* The words of one relation: each with the arc to where it leads and that of a head. */
#ifndef HEED_SCENE_PANELS_PROBE_WORDS_H
#define HEED_SCENE_PANELS_PROBE_WORDS_H

#include "scene/panels/probe/parts.h"

/* The list, and beside it (below it where that is narrow) how far its numbers can be
 * trusted; returns the y below. */
float heed_probe_draw_words(const struct heed_probe_panel *panel, const struct heed_related *of,
                            float y);

#endif
