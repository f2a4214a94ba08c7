/*
 * What a map is called: the one rule for headings, legends, captions and the
 * window. Inside scene only; pure.
 */
#ifndef HEED_SCENE_FRAME_HEADING_H
#define HEED_SCENE_FRAME_HEADING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/analysis/filter.h"
#include "core/analysis/maps.h"
#include "state/state.h"

enum { HEED_HEADING_BYTES = 112 };

/* "L3H1", "mean of L3H1, L5H11", "rollout to layer 5", "L3H1, weight × |value|" of
 * a head, or, id.layer < 0, of the aggregate of the shown ones, in their order; from
 * the seventh head on "mean of 7 heads". */
void heed_heading(const struct heed_state *state, const struct heed_filter *filter,
                  struct heed_head_id id, char *text, size_t size);
/* Where the measure and the heads are told elsewhere: "L3H1", "mean of 2", "layer 5". */
void heed_heading_short(const struct heed_state *state, const struct heed_filter *filter,
                        struct heed_head_id id, char *text, size_t size);
/* Rollouts of one layer's heads are one map. */
bool heed_heading_same_map(const struct heed_filter *filter, struct heed_head_id a,
                           struct heed_head_id b);

#endif
