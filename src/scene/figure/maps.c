#include "scene/figure/maps.h"

#include <stdio.h>

#include "scene/figure/grid.h"
#include "scene/parts/empty.h"
#include "scene/parts/map_cells.h"
#include "scene/parts/patches.h"

static const char *scale_title(const struct heed_maps *maps)
{
    return maps->filter.measure == HEED_MEASURE_VALUE_NORM
               ? "Share"
               : heed_measure_name(maps->filter.measure);
}

/* Marks count from the side's first. */
static struct heed_map_names names_of(const struct heed_sheet *base, struct heed_unit_range side,
                                      const char *title, struct heed_range marked)
{
    marked.first -= side.first;
    return (struct heed_map_names){base->maps->units + side.first, side.count, title, marked, 0};
}

static bool place(struct heed_map_grid *grid, struct heed_frame *frame, float width)
{
    struct heed_sheet *base = &grid->base;
    if (!heed_sheet_begin(base, frame)) {
        return false;
    }
    struct heed_item_heatmap *maps =
        heed_arena_zeroed(&frame->list->arena, (size_t)base->shown.n, sizeof(*maps));
    if (maps == NULL) {
        frame->list->failed = true;
        return false;
    }
    for (int i = 0; i < base->shown.n; i++) {
        maps[i] = heed_map_heatmap(frame, &base->shown.items[i], (struct heed_rect){0});
    }
    grid->maps = maps;
    grid->rows = names_of(base, base->maps->rows, heed_query_name(frame->result), base->query);
    grid->columns = names_of(base, base->maps->columns, heed_key_name(frame->result), base->key);
    grid->scale_title = scale_title(base->maps);
    grid->has_patches = heed_frame_get_picture(frame) != NULL;
    struct heed_item_heatmap *mask = heed_arena_zeroed(&frame->list->arena, 1, sizeof(*mask));
    if (mask != NULL &&
        heed_map_mask(frame, base->maps->rows.count, base->maps->columns.count, mask)) {
        grid->mask = mask;
    }
    heed_map_grid_place(grid, width);
    heed_sheet_report(base);
    if (grid->has_numbers) {
        snprintf(frame->foot->note, sizeof(frame->foot->note), "cells below 0.005 left empty");
    }
    return true;
}

void heed_maps_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_map_grid grid = {0};
    const struct heed_rect inner = heed_sheet_inner(frame, rect);
    if (!place(&grid, frame, inner.w)) {
        heed_view_is_empty(frame, rect, grid.base.shown.n);
        return;
    }
    heed_map_grid_draw(&grid, inner.x, inner.y);
    const int start = heed_pair_start(grid.base.maps);
    for (int i = 0; i < grid.base.shown.n; i++) {
        if (start > 0) {
            heed_map_draw_rule(frame, heed_map_grid_cells(&grid, i), start, 0.06F * grid.base.em);
        }
        heed_map_draw_cuts(frame, &grid.base.shown.items[i], heed_map_grid_cells(&grid, i),
                           0.12F * grid.base.em);
    }
    heed_sheet_foot_draw(&grid.base, (struct heed_rect){inner.x, rect.y + grid.height, inner.w, 0});
}

float heed_maps_sheet_height(struct heed_frame *frame, float width)
{
    struct heed_map_grid grid = {0};
    width = heed_sheet_inner(frame, (struct heed_rect){0, 0, width, 0}).w;
    if (!place(&grid, frame, width)) {
        return 120 * frame->scale;
    }
    return grid.height + heed_sheet_foot_height(&grid.base, width);
}
