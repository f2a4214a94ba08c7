#include "scene/views/neuron/options.h"

#include <math.h>

#include "scene/views/neuron/values.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

/* Two segments up to `right`, if there is room; returns their left end, or right. */
static float segments(const struct heed_options_place *place, float right,
                      const char *const labels[2], int active, const struct heed_target targets[2])
{
    const float s = place->frame->scale, h = (place->is_drawer ? 30 : 32) * s;
    const float w = heed_widget_segments_width(place->skin, labels, 2);
    if (right - w < place->left + (place->is_drawer ? 42 * s : 0)) {
        return right;
    }
    const struct heed_rect rect = {roundf(right - w),
                                   roundf(place->row.y + place->row.h / 2 - h / 2), w, h};
    heed_widget_segments(place->skin, rect, labels, 2, active, targets);
    return rect.x - 12 * s;
}

float heed_neuron_options(const struct heed_options_place *place)
{
    static const char *const ways[] = {"All at once", "In steps"};
    static const char *const vectors[] = {"Queries, keys", "Values"};
    const struct heed_state *state = place->frame->state;
    const bool has_steps = heed_neuron_has_steps(place->frame), values = state->neuron_values;
    const bool steps = has_steps && state->neuron_step != HEED_NEURON_WHOLE;
    const struct heed_target change = heed_command_target(HEED_COMMAND_NEURON_VALUES, 0);
    const struct heed_target keep = heed_term_target(HEED_COMMAND_NEURON_VALUES, 0);
    const struct heed_target stay = heed_term_target(HEED_COMMAND_NEURON_STEP, 0);
    const struct heed_target of_vectors[] = {values ? change : keep, values ? keep : change};
    const struct heed_target of_ways[] = {
        heed_command_target(HEED_COMMAND_NEURON_STEP, HEED_NEURON_WHOLE),
        steps ? stay : heed_command_target(HEED_COMMAND_NEURON_STEP, HEED_NEURON_VECTORS)};
    const float left =
        has_steps ? segments(place, place->right, ways, steps, of_ways) : place->right;
    return steps ? left : segments(place, left, vectors, values, of_vectors);
}
