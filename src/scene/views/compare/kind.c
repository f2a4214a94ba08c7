#include "scene/views/compare/compare.h"
#include "scene/views/compare/inspector.h"
#include "scene/views/compare/margins.h"
#include "scene/views/compare/ranking.h"
#include "scene/views/compare/sheet.h"
#include "scene/views/compare/words.h"

const struct heed_view_kind heed_view_compare = {
    .what = "The same head on two texts that differ: A\xE2\x80\x99s weights, B\xE2\x80\x99s, B "
            "minus A where both have a word, and which heads change most.",
    .draw = heed_compare_draw,
    .height = heed_compare_sheet_height,
    .export_type = 15,
    .needs = HEED_LACKS_SMALLNESS,
    .inspect = heed_compare_inspect,
    .say = heed_compare_say,
    .headline = heed_compare_headline,
    .describe = heed_compare_describe,
    .fill_changes = heed_compare_fill_changes,
    .changes_are_signed = heed_compare_is_signed,
    .name_changes = heed_compare_name_changes,
    .name_value = heed_compare_name_value,
    .draws_links = true,
    .averages = true,
};
