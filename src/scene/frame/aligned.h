/* What of a comparison's second text stands where something of the first does. Inside scene
 * only; pure. */
#ifndef HEED_SCENE_FRAME_ALIGNED_H
#define HEED_SCENE_FRAME_ALIGNED_H

#include "scene/frame/shown.h"

/* What stands in B where these units of A stand; count 0: nothing does. */
struct heed_range heed_units_b(const struct heed_comparison *comparison, struct heed_range units_a);
/* The same of a pin, which may be B's own. */
struct heed_range heed_pin_units_b(const struct heed_comparison *comparison,
                                   const struct heed_maps *maps_a, struct heed_pin pin);

#endif
