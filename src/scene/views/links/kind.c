#include "scene/parts/provisos.h"
#include "scene/views/links/layout.h"
#include "scene/views/links/links.h"
#include "scene/views/links/patches.h"

const struct heed_view_kind heed_view_links = {
    .what = "Each query (left) is joined to the keys (right) that it attends to. A weight is the "
            "share of its attention; all keys of a query together have 1.",
    .draw = heed_links_draw,
    .height = heed_links_height,
    .options = heed_patches_options,
    .export_type = 20,
    .say = heed_say_drawn_links,
    .draws_links = true,
    .averages = true,
};
