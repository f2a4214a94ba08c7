#include "scene/parts/provisos.h"
#include "scene/views/arcs/arcs.h"
#include "scene/views/arcs/layout.h"

const struct heed_view_kind heed_view_arcs = {
    .needs = HEED_LACKS_ONE_AXIS,
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
