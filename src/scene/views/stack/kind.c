#include "scene/views/stack/inspector.h"
#include "scene/views/stack/values.h"
#include "scene/views/stack/words.h"

const struct heed_view_kind heed_view_stack = {
    .draw = heed_stack_draw,
    .height = heed_stack_height,
    .export_type = 15,
    .needs = HEED_LACKS_MODEL,
    .inspect = heed_stack_inspect,
    .owns_options = true,
    .say = heed_stack_say,
    .describe = heed_stack_describe,
    .follow = heed_stack_follow,
    .forget = heed_stack_destroy,
    .reveal = HEED_REVEAL_NONE,
    .one_head = true,
    .has_pages = true,
};
