#include "scene/parts/map_cells.h"

void heed_map_values(const struct heed_maps *maps, int map, struct heed_item_heatmap *item)
{
    item->values = (struct heed_values){.id = maps->id,
                                        .data = maps->weights,
                                        .n_slices = maps->n_layers * maps->n_heads,
                                        .n_rows = maps->n,
                                        .n_columns = maps->n};
    item->slice = map;
    if (maps->store != NULL) { /* one by one */
        item->values.id += 1 + (uint64_t)map;
        item->values.data = heed_maps_head(maps, map);
        item->values.n_slices = 1;
        item->slice = 0;
    }
    item->row = maps->rows.first;
    item->rows = maps->rows.count;
    item->column = maps->columns.first;
    item->columns = maps->columns.count;
}

bool heed_map_thumbnail(const struct heed_maps *maps, int map, struct heed_item_heatmap *item)
{
    const int layer = map / maps->n_heads;
    const size_t cells = (size_t)maps->thumbnail_rows * (size_t)maps->thumbnail_columns;
    if (maps->thumbnails == NULL) {
        heed_map_values(maps, map, item);
        return true;
    }
    item->values = (struct heed_values){.id = maps->thumbnails_id,
                                        .data = maps->thumbnails,
                                        .n_slices = maps->n_layers * maps->n_heads,
                                        .n_rows = maps->thumbnail_rows,
                                        .n_columns = maps->thumbnail_columns};
    item->slice = map;
    if (maps->store != NULL) { /* a layer at a time, as soon as it is whole */
        item->values.id += (uint64_t)layer;
        item->values.data += (size_t)layer * (size_t)maps->n_heads * cells;
        item->values.n_slices = maps->n_heads;
        item->slice = map % maps->n_heads;
    }
    item->row = item->column = 0;
    item->rows = maps->thumbnail_rows;
    item->columns = maps->thumbnail_columns;
    return heed_maps_count_seen(maps) >= (layer + 1) * maps->n_heads;
}

struct heed_item_heatmap heed_map_heatmap(const struct heed_frame *frame,
                                          const struct heed_shown_map *map, struct heed_rect rect)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_item_heatmap item = {
        .rect = rect,
        .values = {.id = maps->id ^ (1ULL << 63),
                   .data = maps->aggregate,
                   .n_slices = 1,
                   .n_rows = maps->n,
                   .n_columns = maps->n},
        .row = maps->rows.first,
        .rows = maps->rows.count,
        .column = maps->columns.first,
        .columns = maps->columns.count,
        .high = 1,
        .palette = *heed_palette_get(frame->state->theme, frame->state->palette),
    };
    if (maps->aggregate == NULL) {
        heed_map_values(maps, map->id.layer * maps->n_heads + map->id.head, &item);
    }
    return item;
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
