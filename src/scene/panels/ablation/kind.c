#include "scene/panels/ablation/ablation.h"
#include "scene/panels/ablation/panel.h"

const struct heed_panel_kind heed_panel_ablation = {
    .task = HEED_TASK_ABLATION,
    .needs = HEED_LACKS_MODEL,
    .what = "What changes when a head\xE2\x80\x99s output becomes zero, head by head, largest "
            "first. The model wasn\xE2\x80\x99t trained with muted heads.",
    .draw = heed_ablation_draw,
    .height = heed_ablation_height,
    .get_map = heed_ablation_map,
    .put_table = heed_ablation_put_table,
};
