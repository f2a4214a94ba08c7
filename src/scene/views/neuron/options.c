#include "scene/views/neuron/options.h"

#include <math.h>

#include "scene/widgets/target.h"

float heed_neuron_options(const struct heed_options_place *place)
{
    static const char *const labels[] = {"Queries, keys", "Values"};
    const bool values = place->frame->state->neuron_values;
    const struct heed_target change = heed_command_target(HEED_COMMAND_NEURON_VALUES, 0);
    const struct heed_target keep = {.kind = HEED_TARGET_BLOCK};
    const struct heed_target targets[] = {values ? change : keep, values ? keep : change};
    const float s = place->frame->scale, h = (place->is_drawer ? 30 : 32) * s;
    const float w = heed_widget_segments_width(place->skin, labels, 2);
    if (place->right - w < place->left + (place->is_drawer ? 42 * s : 0)) {
        return place->right;
    }
    const struct heed_rect rect = {roundf(place->right - w),
                                   roundf(place->row.y + place->row.h / 2 - h / 2), w, h};
    heed_widget_segments(place->skin, rect, labels, 2, values ? 1 : 0, targets);
    return rect.x - 12 * s;
}
