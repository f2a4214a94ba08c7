/*
 * A state, a small model's own result and a list, for tests of the views that
 * show queries, keys, values and hidden states. Nothing is faked.
 */
#ifndef HEED_TESTS_RIG_MODEL_RIG_H
#define HEED_TESTS_RIG_MODEL_RIG_H

#include "core/engine/pipeline.h"
#include "draw/display_list.h"
#include "lists.h"
#include "scene/frame/frame.h"
#include "scene/views/stack/parts.h"
#include "scene/views/views.h"
#include "state/state.h"

struct model_rig {
    struct heed_pipeline *pipeline;
    struct heed_state state;
    const struct heed_result *result;
    struct heed_view_cache cache;
    const struct heed_stack *stack; /* in it, in Stack; else NULL */
    struct heed_list list;
    struct heed_frame frame;
    struct heed_foot foot;
};

/* model: the name of a folder of tests/data. */
void model_rig_open(struct model_rig *rig, const char *model, const char *text);
void model_rig_close(struct model_rig *rig);
/* The result for the state as it is now (texts or filters changed). */
void model_rig_compute(struct model_rig *rig);
/* The state's view in a rect of this size at (0, 0), scale 1. */
void model_rig_draw(struct model_rig *rig, float width, float height);
/* Likewise at this many px a logical px. */
void model_rig_draw_at(struct model_rig *rig, float width, float height, float scale);

/* The first heatmap that stands for this number's vector. */
const struct heed_item *model_rig_find_strip(const struct model_rig *rig, int32_t kind, int32_t b);
/* The n-th number of the strip's one row. */
float model_rig_strip_value(const struct heed_item *strip, int n);

#endif
