#include "scene/parts/map_cells.h"

struct heed_item_heatmap heed_map_heatmap(const struct heed_frame *frame,
                                          const struct heed_shown_map *map, struct heed_rect rect)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const bool whole = maps->aggregate == NULL;
    return (struct heed_item_heatmap){
        .rect = rect,
        .values = {.id = whole ? maps->id : maps->id ^ (1ULL << 63),
                   .data = whole ? maps->weights : maps->aggregate,
                   .n_slices = whole ? maps->n_layers * maps->n_heads : 1,
                   .n_rows = maps->n,
                   .n_columns = maps->n},
        .slice = whole ? map->id.layer * maps->n_heads + map->id.head : 0,
        .row = maps->rows.first,
        .rows = maps->rows.count,
        .column = maps->columns.first,
        .columns = maps->columns.count,
        .high = 1,
        .palette = *heed_palette_get(frame->state->theme, frame->state->palette),
    };
}

void heed_map_draw_cuts(const struct heed_frame *frame, const struct heed_shown_map *map,
                        struct heed_rect rect, float width)
{
    const struct heed_result *result = frame->result;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_head_id id = map->id;
    const float cell = rect.w / (float)maps->columns.count;
    for (int i = 0; id.layer >= 0 && i < result->n_cuts; i++) {
        const struct heed_cut *cut = &result->cuts[i];
        const int row = heed_maps_find_unit(maps, cut->query);
        const int column = heed_maps_find_unit(maps, cut->key);
        if (row < 0 || column < 0 ||
            !heed_cuts_have(cut, 1, id.layer, id.head, cut->query, cut->key)) {
            continue;
        }
        const float x = rect.x + ((float)column + 0.5F) * cell;
        const float y = rect.y + ((float)row + 0.5F) * cell;
        for (int side = -1; side <= 1; side += 2) {
            heed_list_stroke(frame->list, x + (float)side * 0.08F * cell, y,
                             x + (float)side * 0.3F * cell, y, width, frame->theme->text);
        }
    }
}
