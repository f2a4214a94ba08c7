#include "scene/parts/provisos.h"
#include "scene/views/matrix/matrix.h"

const struct heed_view_kind heed_view_matrix = {
    .draw = heed_matrix_draw,
    .height = heed_matrix_height,
    .export_type = 15,
    .say = heed_say_maps,
    .reveal = HEED_REVEAL_QUERY,
    .one_head = true,
    .averages = true,
};
