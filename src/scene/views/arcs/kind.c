#include "scene/parts/provisos.h"
#include "scene/views/arcs/arcs.h"
#include "scene/views/arcs/layout.h"

const struct heed_view_kind heed_view_arcs = {
    .needs = HEED_LACKS_ONE_AXIS,
    .what = "Arcs over the text join each query to the keys that it attends to: above to words "
            "before it, below to words after it. All weights of a query together are 1.",
    .draw = heed_arcs_draw,
    .height = heed_arcs_height,
    .share = heed_arcs_share,
    .export_type = 15,
    .say = heed_say_drawn_links,
    .words_are_both = true,
    .draws_links = true,
    .averages = true,
    .panel_a_head = true,
};
