/*
 * Inside the Lab view: the encoder as it is asked for beside the encoder as
 * it was trained. lab.c places the parts, controls.c draws what can be
 * changed, effect.c both matrices and the numbers, cost.c the costs
 * against the length, values.c finds the numbers, inspector.c shows
 * the pinned query's, variants.c each change by itself. Pure; the thread
 * that builds the list.
 */
#ifndef HEED_SCENE_VIEWS_LAB_PARTS_H
#define HEED_SCENE_VIEWS_LAB_PARTS_H

#include <stdbool.h>

#include "scene/frame/frame.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"

struct heed_lab {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s; /* px a logical px; an export's type is 12 */
    const struct heed_result *result;
    const struct heed_maps *maps;
    const struct heed_run *lab, *trained;    /* the same if nothing is changed */
    struct heed_head_id head;                /* whose matrices are shown; layer -1: none */
    float pad;                               /* at the sides, px */
    bool low;                                /* the controls take less room */
    struct heed_rect controls, effect, cost; /* scrolled */
    bool columns;                            /* the cost stands beside the effect, not below */
    bool beside;                             /* the numbers stand beside the matrices, not below */
};

#endif
