#include "base/compiler.h"
#include "scene/views/stack/inspector.h"
#include "scene/views/stack/parts.h"
#include "scene/views/stack/values.h"
#include "scene/views/stack/words.h"

static const char *name_value(int32_t a, bool *of_token)
{
    static const char *const names[] = {
        [HEED_STACK_WORD] = "word embedding",
        [HEED_STACK_POSITION] = "position embedding",
        [HEED_STACK_SEGMENT] = "segment embedding",
        [HEED_STACK_SUM] = "their sum",
        [HEED_STACK_NORMED] = "its norm",
        [HEED_STACK_START] = "state before layer 0",
        [HEED_STACK_INPUT] = "input",
        [HEED_STACK_QUERY] = "q",
        [HEED_STACK_KEY] = "k",
        [HEED_STACK_VALUE] = "v",
        [HEED_STACK_CONCAT] = "heads",
        [HEED_STACK_PROJECTION] = "projection",
        [HEED_STACK_MIDDLE] = "state after attention",
        [HEED_STACK_INNER] = "feed-forward",
        [HEED_STACK_OUTER] = "projected back",
        [HEED_STACK_OUTPUT] = "output",
        [HEED_STACK_LAST] = "last state",
        [HEED_STACK_POOLED] = "mean pooling",
        [HEED_STACK_TOKENS] = "last state of a token",
    };
    const int32_t vector = a - HEED_STACK_TARGET;
    *of_token = vector == HEED_STACK_TOKENS;
    return vector >= 0 && vector < (int32_t)HEED_COUNT(names) ? names[vector] : NULL;
}

const struct heed_view_kind heed_view_stack = {
    .what = "What one layer does to a token: the vectors on its way, one after the other. Their "
            "numbers one by one are the picture\xE2\x80\x99s data (.csv).",
    .draw = heed_stack_draw,
    .height = heed_stack_height,
    .name_value = name_value,
    .export_type = 15,
    .needs = HEED_LACKS_STATES | HEED_LACKS_ONE_AXIS,
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
