#include "scene/parts/map_cells.h"

#include <math.h>

#include "scene/frame/scores.h"

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
    if (heed_maps_are_slow(maps)) { /* a layer at a time, as soon as it is whole */
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

/* The tokens of a part of one side: of n parts the i-th. */
static struct heed_token_range part_of(const struct heed_maps *maps, struct heed_unit_range side,
                                       int i, int n)
{
    const int from = side.first + (int)((int64_t)i * side.count / n);
    const int to = side.first + (int)((int64_t)(i + 1) * side.count / n) - 1;
    const struct heed_unit *first = &maps->units[from];
    const struct heed_unit *last = &maps->units[to > from ? to : from];
    return (struct heed_token_range){first->first, last->first + last->count - first->first};
}

bool heed_map_mask(const struct heed_frame *frame, int rows, int columns,
                   struct heed_item_heatmap *mask)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_theme *theme = frame->theme;
    if (frame->result->allowed == NULL || maps->filter.measure == HEED_MEASURE_ROLLOUT) {
        return false;
    }
    const size_t n = (size_t)rows * (size_t)columns;
    float *cells = heed_arena_alloc(&frame->list->arena, n * sizeof(*cells));
    if (cells == NULL) {
        frame->list->failed = true;
        return false;
    }
    bool any = false;
    for (int i = 0; i < rows; i++) {
        const struct heed_token_range row = part_of(maps, maps->rows, i, rows);
        for (int j = 0; j < columns; j++) {
            const struct heed_token_range column = part_of(maps, maps->columns, j, columns);
            const bool forbidden = heed_mask_forbids(frame->result, row, column);
            cells[(size_t)i * (size_t)columns + (size_t)j] = forbidden ? 1 : NAN;
            any = any || forbidden;
        }
    }
    *mask =
        (struct heed_item_heatmap){.values = {.id = (maps->id * 0x9E3779B97F4A7C15U) ^
                                                    ((uint64_t)rows << 20) ^ (uint64_t)columns ^ 1U,
                                              .data = cells,
                                              .n_slices = 1,
                                              .n_rows = rows,
                                              .n_columns = columns},
                                   .rows = rows,
                                   .columns = columns,
                                   .high = 1};
    for (int i = 0; i < HEED_PALETTE_STOPS; i++) {
        mask->palette.stops[i] = theme->sunken;
    }
    return any;
}

static bool has_number(const struct heed_item_heatmap *map, int row, int column)
{
    const struct heed_values *values = &map->values;
    const size_t line = (size_t)map->slice * (size_t)values->n_rows + (size_t)(map->row + row);
    return !isnan(values->data[line * (size_t)values->n_columns + (size_t)(map->column + column)]);
}

void heed_map_strike(const struct heed_skin *skin, const struct heed_item_heatmap *map,
                     struct heed_rect cells, bool numbers)
{
    const float w = cells.w / (float)map->columns, h = cells.h / (float)map->rows;
    for (int sum = 0; sum < map->rows + map->columns - 1; sum++) {
        int from = -1; /* the first column of a run */
        const int first = sum < map->rows ? 0 : sum - map->rows + 1;
        const int last = sum < map->columns ? sum : map->columns - 1;
        for (int j = first; j <= last + 1; j++) {
            const bool hole = j <= last && has_number(map, sum - j, j) == numbers;
            if (!hole && from >= 0) {
                heed_list_stroke(skin->list, cells.x + (float)from * w,
                                 cells.y + (float)(sum - from + 1) * h, cells.x + (float)j * w,
                                 cells.y + (float)(sum - j + 1) * h, skin->hairline,
                                 skin->theme->faint);
            }
            from = !hole ? -1 : from < 0 ? j : from;
        }
    }
}

void heed_map_draw_mask(const struct heed_frame *frame, const struct heed_skin *skin,
                        const struct heed_item_heatmap *mask, struct heed_rect cells)
{
    if (frame->theme->for_print) { /* a small weight is as grey as any ground */
        heed_map_strike(skin, mask, cells, true);
        return;
    }
    struct heed_item_heatmap over = *mask;
    over.rect = cells;
    heed_list_heatmap(frame->list, over);
}

void heed_map_draw_rule(const struct heed_frame *frame, struct heed_rect cells, int start,
                        float width)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const float x = cells.x + cells.w * (float)start / (float)maps->columns.count;
    const float y = cells.y + cells.h * (float)start / (float)maps->rows.count;
    const struct heed_color color = frame->theme->muted;
    heed_list_stroke(frame->list, x, cells.y, x, cells.y + cells.h, width, color);
    heed_list_stroke(frame->list, cells.x, y, cells.x + cells.w, y, width, color);
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
