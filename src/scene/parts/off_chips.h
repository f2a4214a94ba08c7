/*
 * What is off as chips, each with a cross that puts it back. Inside scene only;
 * pure.
 */
#ifndef HEED_SCENE_PARTS_OFF_CHIPS_H
#define HEED_SCENE_PARTS_OFF_CHIPS_H

#include "core/engine/result.h"
#include "scene/widgets/widgets.h"
#include "state/state.h"

/* A row of them between x and end, centred at cy, px. */
struct heed_off_chips {
    const struct heed_skin *skin;
    const struct heed_state *state;
    const struct heed_result *result; /* has the words of links; may be NULL */
    int first, n;                     /* of heed_state_get_off */
    float x, end, cy;
};

/* As many as fit; the others are one chip that opens their menu. Returns where
 * the next thing may stand: a gap behind them, x if there are none. */
float heed_off_chips_draw(const struct heed_off_chips *chips);

#endif
