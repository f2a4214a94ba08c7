#include "scene/views/neuron/strips.h"

#include "scene/views/neuron/values.h"

void heed_neuron_strip(struct heed_neuron_view *view, struct heed_rect rect,
                       enum heed_neuron_value kind, int token, float limit, float gap)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    struct heed_list *list = view->frame->list;
    if (view->n_strips >= view->most_strips) {
        return;
    }
    const int row = view->n_strips++;
    float *values = view->strips + (size_t)row * (size_t)n->d;
    for (int i = 0; i < n->d; i++) {
        values[i] = heed_neuron_number(n, kind, token, i);
    }
    list->target =
        (struct heed_target){.kind = HEED_TARGET_VALUE, .a = (int32_t)kind, .b = token, .c = n->d};
    heed_list_heatmap(
        list, (struct heed_item_heatmap){.rect = rect,
                                         .values = {.id = view->strips_id,
                                                    .data = view->strips,
                                                    .n_slices = 1,
                                                    .n_rows = view->most_strips,
                                                    .n_columns = n->d},
                                         .row = row,
                                         .rows = 1,
                                         .columns = n->d,
                                         .gap = gap,
                                         .low = -limit,
                                         .high = limit,
                                         .palette = *heed_palette_get(view->frame->state->theme,
                                                                      HEED_PALETTE_DIFFERENCE)});
    list->target = (struct heed_target){0};
}
