#include "scene/views/neuron/strips.h"

#include <math.h>

#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/values.h"

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * 1099511628211U;
}

/* Equal ids have equal numbers: they follow from what is named here. */
void heed_neuron_prepare_strips(struct heed_neuron_view *view)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    const int visible = (int)(view->rect.h / view->row) + 2;
    const int rows = visible < n->n_rows && !view->frame->is_export ? visible : n->n_rows;
    view->most_strips = 2 * rows + 6;
    view->strips = heed_arena_zeroed(&view->frame->list->arena,
                                     (size_t)view->most_strips * (size_t)n->d, sizeof(float));
    if (view->strips == NULL) {
        view->frame->list->failed = true;
        view->most_strips = 0;
    }
    uint64_t id = mix(14695981039346656037U, n->maps->id);
    id = mix(id, ((uint64_t)n->head.layer << 16) | (uint64_t)n->head.head);
    id = mix(id, ((uint64_t)n->query << 32) | (uint64_t)n->key);
    id = mix(id, view->frame->state->neuron_sorted ? 1 : 2);
    id = mix(id, view->frame->state->neuron_values ? 1 : 2);
    id = mix(id, (uint64_t)(fmaxf(view->frame->scroll_y, 0) * 16));
    id = mix(id, (uint64_t)view->most_strips);
    view->strips_id = id != 0 ? id : 1;
}

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
