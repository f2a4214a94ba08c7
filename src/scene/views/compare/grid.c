#include "scene/views/compare/grid.h"

#include <math.h>
#include <stdio.h>

#include "scene/widgets/widgets.h"

/* Logical px. */
enum {
    MOST_CELL = 40,
    STEEP_BELOW = 17, /* labels stand steeper on narrower columns */
    ROW_PITCH = 11,   /* from label to label, at least */
    COLUMN_PITCH = 13,
    SCALE_HEIGHT = 34,
    LOW_SCALE = 22, /* of a low window: title, bar and ends in one line */
    FREE_RISE = 32
};

static const float steep = 1.04719755F, slanted = 0.78539816F; /* 60 and 45 degrees */

float heed_compare_label_type(const struct heed_compare *compare)
{
    return compare->skin.projected ? 14.4F : 12;
}

void heed_compare_grid_name(const struct heed_compare_grid *grid, int map, int index, bool is_row,
                            char *text, size_t size)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_compare_values *values = &grid->maps[map];
    const struct heed_aligned *at =
        !is_row && values->places != NULL /* rows may be layers */
            ? &compare->places[values->places[index + values->first_column]]
            : NULL;
    const bool b = values->kind == HEED_COMPARE_B;
    if (at != NULL && at->a >= 0 && at->b >= 0 && (b || values->kind == HEED_COMPARE_A)) {
        const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
        snprintf(text, size, "%s", maps->units[b ? at->b : at->a].label);
        return;
    }
    heed_compare_name(values, index, is_row, text, size);
}

/* Of a map's columns, or of the first one's rows; NULL without memory. */
static float *measure(const struct heed_compare_grid *grid, int map, bool is_row)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_text_style style =
        heed_widget_style(&compare->skin, heed_compare_label_type(compare), 600);
    const int n = is_row ? grid->maps[map].rows : grid->maps[map].columns;
    float *widths = heed_arena_zeroed(&compare->skin.list->arena, (size_t)n + 1, sizeof(*widths));
    for (int i = 0; widths != NULL && i < n; i++) {
        char text[192];
        heed_compare_grid_name(grid, map, i, is_row, text, sizeof(text));
        widths[i] = fminf(heed_widget_width(&compare->skin, style, text),
                          HEED_COMPARE_MOST_LABEL * compare->s);
    }
    return widths;
}

static bool measure_all(struct heed_compare_grid *grid)
{
    bool ok = (grid->row_widths = measure(grid, 0, true)) != NULL;
    for (int i = 0; i < grid->n; i++) {
        ok = (grid->widths[i] = measure(grid, i, false)) != NULL && ok;
    }
    grid->compare->skin.list->failed |= !ok;
    return ok;
}

int heed_compare_grid_step(const struct heed_compare_grid *grid, bool of_rows)
{
    const float cell = of_rows ? grid->cell_h : grid->cell_w;
    const float pitch =
        (of_rows ? ROW_PITCH : COLUMN_PITCH) * heed_compare_label_type(grid->compare) / 12;
    return (int)fmaxf(ceilf(pitch * grid->compare->s / cell), 1);
}

/* Where map i begins, if the first begins at `left`. */
static float map_x(const struct heed_compare_grid *grid, float left, int i)
{
    return roundf(left + (float)i * (grid->cell_w * (float)grid->maps[0].columns +
                                     HEED_COMPARE_MAP_GAP * grid->compare->s));
}

/* How far a column's label rises above its map. Between the tabs and what stands at their
 * right there is room that the others don't have. */
static float rise_of(const struct heed_compare_grid *grid, float left, int map, int column)
{
    const struct heed_compare *compare = grid->compare;
    const float s = compare->s, width = grid->widths[map][column];
    const float x = map_x(grid, left, map) + ((float)column + 0.5F) * grid->cell_w;
    const float rise = width * sinf(grid->angle), free_rise = FREE_RISE * s;
    const bool free = compare->folded && x > compare->tabs_end + 8 * s &&
                      x + width * cosf(grid->angle) + 14 * s <
                          compare->map.x + compare->map.w - compare->pad - 70 * s;
    return free ? fmaxf(rise - free_rise, 0) : rise;
}

/* What the labels take beside cells of the size that was found last. */
static void measure_labels(struct heed_compare_grid *grid, float left)
{
    const float s = grid->compare->s;
    const struct heed_compare_values *first = &grid->maps[0];
    const int step = heed_compare_grid_step(grid, false);
    grid->angle = grid->cell_w < STEEP_BELOW * s ? steep : slanted;
    grid->labels = grid->top = grid->overhang = 0;
    for (int i = 0; i < first->rows; i++) { /* a pinned row is named whatever the step */
        grid->labels = fmaxf(grid->labels, grid->row_widths[i]);
    }
    for (int map = 0; map < grid->n; map++) {
        for (int i = 0; i < first->columns; i += step) {
            const float after = ((float)(first->columns - i) - 0.5F) * grid->cell_w - 4 * s;
            grid->top = fmaxf(grid->top, rise_of(grid, left, map, i));
            if (map == grid->n - 1) {
                grid->overhang =
                    fmaxf(grid->overhang, grid->widths[map][i] * cosf(grid->angle) - after);
            }
        }
    }
    grid->labels += 8 * s;
    grid->top += 12 * s;
}

/* px of all maps side by side, without the labels of their rows. */
static float maps_width(const struct heed_compare_grid *grid)
{
    return map_x(grid, 0, grid->n) - HEED_COMPARE_MAP_GAP * grid->compare->s + grid->overhang;
}

static float scale_height(const struct heed_compare *compare)
{
    return (compare->folded ? LOW_SCALE : SCALE_HEIGHT) * compare->s;
}

/* Cells of this size, of states as wide and high as they may be; true if all have room. */
static bool try_cells(struct heed_compare_grid *grid, struct heed_rect rect, float cell,
                      float *left)
{
    const float s = grid->compare->s;
    const struct heed_compare_values *map = &grid->maps[0];
    const float rows = (float)map->rows, columns = (float)map->columns;
    grid->cell_w = grid->cell_h = cell;
    if (map->kind == HEED_COMPARE_LAYERS) { /* they needn't be square */
        grid->cell_w = fminf(cell, floorf((rect.w - 130 * s) / columns));
        grid->cell_h = fminf(cell, floorf((rect.h - 110 * s) / rows));
        grid->cell_w = fmaxf(grid->cell_w, 0.05F);
        grid->cell_h = fmaxf(grid->cell_h, 0.05F);
    }
    *left = rect.x;
    for (int i = 0; i < 2; i++) { /* which labels have a free rise depends on where they are */
        measure_labels(grid, *left);
        const float spare = rect.w - grid->labels - maps_width(grid);
        *left = rect.x + fmaxf(spare, 0) / 2 + grid->labels;
    }
    measure_labels(grid, *left);
    return grid->labels + maps_width(grid) <= rect.w &&
           grid->top + rows * grid->cell_h + scale_height(grid->compare) <= rect.h;
}

bool heed_compare_grid_place(struct heed_compare_grid *grid, struct heed_rect rect)
{
    const float s = grid->compare->s, n = (float)grid->n;
    const struct heed_compare_values *map = &grid->maps[0];
    const float fits = fminf(rect.w / (n * (float)map->columns), rect.h / (float)map->rows);
    float cell = MOST_CELL * s, left = 0;
    if (!measure_all(grid)) {
        return false;
    }
    if (map->kind != HEED_COMPARE_LAYERS) {
        cell = fminf(cell, fits >= 3 ? floorf(fits) : fits);
    }
    /* Labels depend on cells, and cells on labels. */
    while (!try_cells(grid, rect, cell, &left) && cell > 0.05F) {
        cell = cell > 3 ? cell - 1 : 0.95F * cell;
    }
    for (int i = 0; i < grid->n; i++) {
        grid->cells[i] =
            (struct heed_rect){map_x(grid, left, i), roundf(rect.y + grid->top),
                               grid->cell_w * (float)map->columns, grid->cell_h * (float)map->rows};
    }
    return true;
}
