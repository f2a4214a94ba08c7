#include "scene/views/neuron/strips.h"

#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/values.h"

void heed_neuron_strip(struct heed_neuron_view *view, struct heed_rect rect,
                       enum heed_neuron_value kind, int token, float limit, float gap)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    if (view->n_strips >= view->most_strips) {
        return;
    }
    const int row = view->n_strips++;
    float *values = view->strips + (size_t)row * (size_t)n->d;
    for (int i = 0; i < n->d; i++) {
        values[i] = heed_neuron_number(n, kind, token, i);
    }
    heed_value_strip(view->frame,
                     (struct heed_item_heatmap){
                         .rect = rect,
                         .values = {view->strips_id, view->strips, 1, view->most_strips, n->d},
                         .row = row,
                         .columns = n->d,
                         .gap = gap,
                         .high = limit},
                     heed_target_of(HEED_TARGET_VALUE, (int32_t)kind, token, n->d));
}
