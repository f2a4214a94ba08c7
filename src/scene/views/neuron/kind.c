#include "base/compiler.h"
#include "scene/frame/shown.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/inspector.h"
#include "scene/views/neuron/neuron.h"
#include "scene/views/neuron/options.h"
#include "scene/views/neuron/parts.h"
#include "scene/views/neuron/sums.h"
#include "scene/views/neuron/words.h"

/* A sorted table has the key by its weight. */
static float row_share(const struct heed_frame *frame, int unit)
{
    const struct heed_state *state = frame->state;
    const struct heed_maps *maps = frame->result->maps;
    const struct heed_range query = heed_pin_units(maps, state->query);
    float own = 0, other = 0;
    int before = unit;
    if (state->neuron_sorted &&
        heed_maps_weigh(maps, state->matrix_head, query, (struct heed_range){unit, 1}, &own)) {
        before = 0;
        for (int i = 0; i < maps->n; i++) {
            heed_maps_weigh(maps, state->matrix_head, query, (struct heed_range){i, 1}, &other);
            before += other > own;
        }
    }
    return ((float)before + 0.5F) / (float)maps->n;
}

static const char *name_value(int32_t a, bool *of_token)
{
    static const char *const names[] = {
        [HEED_NEURON_QUERY] = "q",
        [HEED_NEURON_KEY] = "k",
        [HEED_NEURON_PRODUCT] = "q x k",
        [HEED_NEURON_VALUE] = "v",
        [HEED_NEURON_CARRIED] = "weight x v",
        [HEED_NEURON_HIDDEN] = "hidden weight x v",
        [HEED_NEURON_OUTPUT] = "output",
        [HEED_NEURON_SCORE] = "score",
        [HEED_NEURON_WEIGHT] = "weight",
    };
    *of_token = true;
    return a >= 0 && a < (int32_t)HEED_COUNT(names) ? names[a] : NULL;
}

const struct heed_view_kind heed_view_neuron = {
    .what =
        "How a query\xE2\x80\x99s weights come about: its vector q times each key\xE2\x80\x99s k, "
        "number by number, added up and divided by the root of their width, is the score; softmax "
        "makes weights of the scores; the values v, each times its weight, add up to the output.",
    .draw = heed_neuron_draw,
    .height = heed_neuron_height,
    .panel_a_head = true,
    .export_type = 15,
    .needs = HEED_LACKS_QUERIES | HEED_LACKS_PRODUCTS,
    .inspect = heed_neuron_inspect,
    .options = heed_neuron_options,
    .owns_options = true,
    .say = heed_neuron_say,
    .headline = heed_neuron_headline,
    .describe = heed_neuron_describe,
    .put_sums = heed_neuron_put_sums,
    .name_value = name_value,
    .reveal = HEED_REVEAL_KEY,
    .row_share = row_share,
    .own_query = heed_neuron_token,
    .one_head = true,
};
