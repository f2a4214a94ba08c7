#include "scene/parts/provisos.h"
#include "scene/views/matrix/matrix.h"

const struct heed_view_kind heed_view_matrix = {
    .what = "A row is a query, a column a key, a cell the share of the query\xE2\x80\x99s "
            "attention that the key gets; a row adds up to 1.",
    .draw = heed_matrix_draw,
    .height = heed_matrix_height,
    .export_type = 15,
    .say = heed_say_maps,
    .reveal = HEED_REVEAL_QUERY,
    .one_head = true,
    .averages = true,
};
