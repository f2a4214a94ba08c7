#include "scene/views/lab/inspector.h"
#include "scene/views/lab/lab.h"
#include "scene/views/lab/sheet.h"
#include "scene/views/lab/variants.h"
#include "scene/views/lab/words.h"

const struct heed_view_kind heed_view_lab = {
    .what = "A head with what is changed in the Lab beside the same head as it was trained. The "
            "model wasn\xE2\x80\x99t trained with such changes.",
    .draw = heed_lab_draw,
    .height = heed_lab_sheet_height,
    .export_type = 15,
    .needs = HEED_LACKS_MODEL,
    .inspect = heed_lab_inspect,
    .inspect_below = heed_lab_inspect_variants,
    .how_to_pin = "Click a cell of a matrix to pin its query and its key.",
    .say = heed_lab_say,
    .describe = heed_lab_describe,
    .reveal = HEED_REVEAL_NONE,
    .one_head = true,
    .shows_off = true,
};
