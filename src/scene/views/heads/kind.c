#include "scene/parts/provisos.h"
#include "scene/views/heads/heads.h"
#include "scene/views/heads/inspector.h"
#include "scene/views/heads/layout.h"
#include "scene/views/heads/links.h"
#include "scene/views/heads/options.h"

/* Heads as links: a filter may leave fewer than the strongest of each. */
static void say(struct heed_clauses *clauses)
{
    const struct heed_filter *filter = &clauses->frame->state->filter;
    if (clauses->frame->state->heads_mode != HEED_HEADS_LINKS) {
        heed_say_maps(clauses);
        return;
    }
    heed_say_hidden(clauses);
    heed_say_transforms(clauses);
    heed_say_segments(clauses);
    heed_say_cuts(clauses);
    if (filter->threshold > 0 && filter->top_p >= 1 && filter->top_k == 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NO_THRESHOLD, 0, "links from %.4g up",
                         (double)filter->threshold);
    }
    heed_say_nothing_hidden(clauses);
}

const struct heed_view_kind heed_view_heads = {
    .what =
        "Each head is a small map of queries (rows) and keys (columns); here each one\xE2\x80\x99s "
        "label, if it has one, and its strongest cells. --view matrix --heads tells a whole map.",
    .draw = heed_heads_draw,
    .height = heed_heads_height,
    .export_type = 15,
    .inspect = heed_heads_inspect,
    .options = heed_heads_options,
    .options_px = 640,
    .say = say,
    .follow = heed_heads_links_follow,
    .forget = heed_heads_links_destroy,
    .reveal = HEED_REVEAL_NONE,
    .all_heads = true,
    .links_by_mode = true,
};
