/* The pinned pair alone, for the last row of a hall: both words and what each shown head gives
 * the key, beside what its other rows give it. Inside scene only; pure. */
#ifndef HEED_SCENE_PARTS_PAIR_LARGE_H
#define HEED_SCENE_PARTS_PAIR_LARGE_H

#include "scene/frame/shown.h"

/* NULL: it can be drawn; else what is missing for it, as it is said. */
const char *heed_pair_large_lacks(const struct heed_frame *frame);
/* In place of a view; of a comparison both texts' pairs. */
void heed_pair_large_draw(struct heed_frame *frame, const struct heed_skin *skin,
                          struct heed_rect rect);

#endif
