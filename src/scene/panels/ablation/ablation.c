#include "scene/panels/ablation/ablation.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/ablation_values.h"
#include "scene/frame/shown.h"

static void map_title(const struct heed_ablation_table *table, enum heed_ablation_by by, char *text,
                      size_t size)
{
    switch (by) {
    case HEED_ABLATION_BY_MEAN:
        snprintf(text, size, "Mean |change| of %s \xE2\x86\x92 %s", table->from, table->to);
        break;
    case HEED_ABLATION_BY_TOKEN:
        snprintf(text, size, "Muted: %s moves, 1 \xE2\x88\x92 cosine", table->from);
        break;
    case HEED_ABLATION_BY_SENTENCE:
        snprintf(text, size, "Muted: the sentence moves, 1 \xE2\x88\x92 cosine");
        break;
    case HEED_ABLATION_BY_LARGEST:
    case HEED_N_ABLATION_BY:
        snprintf(text, size, "Muted: change of %s \xE2\x86\x92 %s", table->from, table->to);
        break;
    }
}

bool heed_ablation_map(const struct heed_frame *frame, struct heed_panel_map *map)
{
    bool current = false;
    const struct heed_ablation_work *work = heed_ablation_find(frame, &current);
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    if (!current || maps == NULL || work->table.n != maps->n_layers * maps->n_heads) {
        return false;
    }
    const struct heed_ablation_table *table = &work->table;
    const enum heed_ablation_by by = heed_ablation_by_of(table, frame->state->ablation_by);
    float *values = heed_arena_alloc(&frame->list->arena, (size_t)table->n * sizeof(*values));
    if (values == NULL) {
        frame->list->failed = true;
        return false;
    }
    map->high = 0;
    for (int i = 0; i < table->n; i++) {
        const struct heed_ablated_head *head = &table->rows[i].head;
        const float value = heed_ablation_value(&table->rows[i], by);
        values[head->layer * maps->n_heads + head->head] = value;
        map->high = fmaxf(map->high, fabsf(value));
    }
    map->high = map->high > 0 ? map->high : 1;
    map->values = values;
    map->is_signed = by == HEED_ABLATION_BY_LARGEST;
    map->decimals = by == HEED_ABLATION_BY_LARGEST ? 3 : 4;
    static const char *const notes[HEED_N_ABLATION_BY] = {
        [HEED_ABLATION_BY_LARGEST] = "largest change",
        [HEED_ABLATION_BY_MEAN] = "mean change",
        [HEED_ABLATION_BY_TOKEN] = "token moves",
        [HEED_ABLATION_BY_SENTENCE] = "sentence moves",
    };
    snprintf(map->note, sizeof(map->note), "%s", notes[by]);
    map_title(table, by, map->title, sizeof(map->title));
    return true;
}

bool heed_ablation_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                             struct heed_error *err)
{
    bool current = false;
    const struct heed_ablation_work *work = heed_ablation_find(frame, &current);
    if (work == NULL || !current) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the ablation %s: run it first",
                              work == NULL ? "hasn't run" : "isn't of what is shown now");
    }
    if (json) {
        heed_ablation_put_json(out, &work->table);
    } else {
        heed_ablation_put_csv(out, &work->table);
    }
    return !out->failed ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the table");
}
