#include "scene/figure/grid.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/hit.h"
#include "scene/figure/grid_names.h"
#include "scene/parts/map_cells.h"
#include "scene/parts/signs.h"
#include "scene/widgets/label.h"

static const float SIN45 = 0.70710678F;
static const float px_per_mm = 96.0F / 25.4F;

/* In em. */
static const float panel_gap = 1.5F, line_gap = 1.5F;
static const float heading_line = 1.6F, heading_y = 0.75F;
static const float bar_gap = 1.1F, bar_width = 0.85F, tick = 0.35F;
static const float most_cell = 4.7F, numbers_from = 2.3F;
static const float most_panel_mm = 60;  /* of several */
static const float most_height = 16000; /* px: then names stand closer, for a file's sake */

/* How the tokens stand beside the cells, the roomiest first. */
static const struct heed_map_fashion fashions[] = {
    {1.36F, true, 1}, {0.98F, false, 1}, {0.5F, false, 2}};

static float text_width(const struct heed_sheet *base, int weight, const char *text)
{
    return heed_widget_width(&base->skin, heed_sheet_style(base, weight), text);
}

/* px by which the columns' names reach over the right edge of the cells. */
static float overhang(const struct heed_map_grid *grid)
{
    const struct heed_map_names *columns = &grid->columns;
    float most = 0;
    for (int i = 0; grid->fashion.slanted && i < columns->n; i++) {
        const float width = heed_map_name_width(grid, &columns->units[i]);
        const float start = ((float)(columns->n - i) - 0.5F) * grid->cell;
        most = fmaxf(most, (width + 0.8F * grid->base.em) * SIN45 - start);
    }
    return most;
}

static float widest_heading(const struct heed_sheet *base, bool label)
{
    float widest = 0;
    for (int i = 0; i < base->shown.n; i++) {
        widest = fmaxf(widest, heed_sheet_heading_width(base, i, label));
    }
    return widest;
}

/* px that the widest heading needs, its label in a line of its own. */
static float least_heading(const struct heed_sheet *base)
{
    float least = widest_heading(base, false);
    for (int i = 0; i < base->shown.n; i++) {
        char label[HEED_SHEET_LABEL_BYTES];
        heed_sheet_label(base, i, label);
        least = fmaxf(least, text_width(base, 400, label));
    }
    return least;
}

/* px of names that step outwards in tiers. */
static float names_room(const struct heed_map_grid *grid, const struct heed_map_names *names)
{
    const float tiers = (float)grid->fashion.tiers;
    return tiers * names->widest + (tiers - 1) * HEED_MAP_TIER_GAP * grid->base.em;
}

static void choose_margins(struct heed_map_grid *grid)
{
    const struct heed_sheet *base = &grid->base;
    const float em = base->em;
    const float bar = (bar_gap + bar_width + tick + 0.2F) * em;
    const float titles = grid->columns.title[0] != '\0' ? 3.1F : 1.85F;
    grid->left = fmaxf(names_room(grid, &grid->rows), text_width(base, 600, grid->rows.title)) +
                 HEED_MAP_NAME_GAP * em;
    grid->right = fmaxf(bar + text_width(base, 400, "0.25"),
                        bar_gap * em + text_width(base, 400, grid->scale_title));
    grid->names = grid->fashion.slanted ? grid->columns.widest * SIN45 + 0.9F * em
                                        : names_room(grid, &grid->columns) + HEED_MAP_NAME_GAP * em;
    grid->names = fmaxf(grid->names, titles * em);
}

/* The largest cell that this width, these columns and a panel's limits allow. */
static float fitted_cell(const struct heed_map_grid *grid, float width)
{
    const struct heed_sheet *base = &grid->base;
    const float n = (float)grid->columns.n, columns = (float)base->columns;
    const float room = width - grid->left - grid->right - (columns - 1) * panel_gap * base->em;
    const float least = grid->fashion.least_cell * base->em;
    float most = most_cell * base->em;
    if (base->shown.n > 1) {
        most = fminf(most, most_panel_mm * px_per_mm / n);
    }
    return fmaxf(fminf(room / columns / n, most), least);
}

/* Sets the panels' size from a cell's; true if they have room in this width. */
static bool fits(struct heed_map_grid *grid, float cell, float names, float width)
{
    const float columns = (float)grid->base.columns;
    grid->cell = cell;
    grid->panel = fmaxf(cell * (float)grid->columns.n, names);
    const float panels = columns * grid->panel + (columns - 1) * panel_gap * grid->base.em;
    grid->width = grid->left + panels + fmaxf(grid->right, overhang(grid));
    return grid->width <= width + 0.5F;
}

/* Some scripts are as high as five quarters of an em: their rows need more room. */
static float line_of(const struct heed_map_names *names)
{
    for (int i = 0; i < names->n; i++) {
        const char *label = names->units[i].label;
        for (; *label != '\0'; label++) {
            const unsigned char byte = (unsigned char)*label;
            if (byte >= 0xD6 && byte <= 0xE1) { /* from Hebrew to before punctuation */
                return 1.28F;
            }
        }
    }
    return 1;
}

static bool try_fashion(struct heed_map_grid *grid, const struct heed_map_fashion *fashion,
                        float width)
{
    struct heed_sheet *base = &grid->base;
    const float n = (float)grid->columns.n, em = base->em;
    const float names = least_heading(base);
    const float line = fmaxf(line_of(&grid->rows), line_of(&grid->columns));
    grid->fashion = *fashion;
    grid->fashion.least_cell *= line;
    choose_margins(grid);
    const float least = grid->fashion.least_cell * em;
    heed_sheet_choose_columns(base, width, grid->left + grid->right, fmaxf(least * n, names),
                              panel_gap * em);
    for (;;) {
        if (fits(grid, fitted_cell(grid, width), names, width)) {
            return true;
        }
        const int step = base->together > 0 ? base->together : 1;
        if (base->columns <= step || base->frame->columns > 0) {
            break;
        }
        base->columns -= step;
    }
    /* The last names reach over the edge: smaller cells let them. */
    return fits(grid, least, names, width);
}

static float widest_of(const struct heed_map_grid *grid, const struct heed_map_names *names)
{
    float widest = 0;
    for (int i = 0; i < names->n; i++) {
        widest = fmaxf(widest, heed_map_name_width(grid, &names->units[i]));
    }
    return widest;
}

static void choose_headings(struct heed_map_grid *grid)
{
    const struct heed_sheet *base = &grid->base;
    grid->label_below = widest_heading(base, true) > grid->panel;
    grid->heading = heading_line * base->em;
    for (int i = 0; grid->label_below && i < base->shown.n; i++) {
        char label[HEED_SHEET_LABEL_BYTES];
        heed_sheet_label(base, i, label);
        if (label[0] != '\0') {
            grid->heading = (heading_line + 1.3F) * base->em;
        }
    }
}

static float height_of(const struct heed_map_grid *grid)
{
    const float lines = (float)heed_sheet_lines(&grid->base);
    return grid->names + lines * (grid->heading + grid->cell * (float)grid->rows.n) +
           (lines - 1) * line_gap * grid->base.em;
}

/* In the roomiest fashion that has room. */
static bool place(struct heed_map_grid *grid, float width)
{
    bool ok = false;
    for (size_t i = 0; i < HEED_COUNT(fashions); i++) {
        if (fashions[i].slanted && grid->has_patches) {
            continue; /* patches stand upright, and a slanted name would lie over them */
        }
        ok = try_fashion(grid, &fashions[i], width);
        choose_headings(grid);
        grid->height = height_of(grid);
        if (ok && grid->height <= most_height) {
            break;
        }
    }
    return ok;
}

bool heed_map_grid_place(struct heed_map_grid *grid, float width)
{
    struct heed_sheet *base = &grid->base;
    grid->rows.widest = widest_of(grid, &grid->rows);
    grid->columns.widest = widest_of(grid, &grid->columns);
    bool ok = place(grid, width);
    if (!ok && base->together > 1) {
        base->together = 0;
        ok = place(grid, width);
    }
    grid->has_numbers = !grid->has_cosines && grid->cell >= numbers_from * base->em;
    return ok;
}

struct heed_rect heed_map_grid_cells(const struct heed_map_grid *grid, int index)
{
    const struct heed_sheet *base = &grid->base;
    const float height = grid->cell * (float)grid->rows.n;
    const float line = (float)(index / base->columns), column = (float)(index % base->columns);
    return (struct heed_rect){
        roundf(grid->x + grid->left + column * (grid->panel + panel_gap * base->em)),
        roundf(grid->y + grid->names + grid->heading +
               line * (grid->heading + height + line_gap * base->em)),
        grid->cell * (float)grid->columns.n, height};
}

/* --- what is drawn --- */

static void draw_grid(const struct heed_map_grid *grid, struct heed_rect cells)
{
    const struct heed_sheet *base = &grid->base;
    struct heed_list *list = base->frame->list;
    const float hair = base->skin.hairline;
    const bool drawn = grid->cell >= base->em;
    for (int i = 1; drawn && i < grid->columns.n; i++) {
        const float x = cells.x + (float)i * grid->cell;
        heed_list_stroke(list, x, cells.y, x, cells.y + cells.h, hair, base->frame->theme->border);
    }
    for (int i = 1; drawn && i < grid->rows.n; i++) {
        const float y = cells.y + (float)i * grid->cell;
        heed_list_stroke(list, cells.x, y, cells.x + cells.w, y, hair, base->frame->theme->border);
    }
    heed_list_outline(list, cells, 0, hair, base->frame->theme->text);
}

/* ".68"; of a signed map "+.07". */
static void put_cell(const struct heed_item_heatmap *map, float value, char *text, size_t size)
{
    const bool is_signed = map->low < 0;
    char number[16];
    heed_format_share(number, sizeof(number), (double)fabsf(value));
    snprintf(text, size, "%s%s", !is_signed ? "" : value < 0 ? "\xE2\x88\x92" : "+", number);
}

/* Of what is drawn of it. */
static float value_of(const struct heed_item_heatmap *map, int row, int column)
{
    const struct heed_values *values = &map->values;
    return values->data[((size_t)map->slice * (size_t)values->n_rows + (size_t)(map->row + row)) *
                            (size_t)values->n_columns +
                        (size_t)(map->column + column)];
}

static void draw_cell_numbers(const struct heed_map_grid *grid, const struct heed_item_heatmap *map,
                              struct heed_rect cells)
{
    const struct heed_sheet *base = &grid->base;
    const int columns = map->columns;
    for (int i = 0; grid->has_numbers && i < map->rows * columns; i++) {
        const float value = value_of(map, i / columns, i % columns);
        const float part = (value - map->low) / (map->high - map->low);
        char text[24];
        if (!(fabsf(value) >= 0.005F)) { /* or NaN */
            continue;
        }
        put_cell(map, value, text, sizeof(text));
        heed_widget_text(&base->skin, cells.x + ((float)(i % columns) + 0.5F) * grid->cell,
                         cells.y + ((float)(i / columns) + 0.5F) * grid->cell,
                         heed_sheet_style(base, fabsf(value) >= 0.3F ? 600 : 400),
                         HEED_ANCHOR_MIDDLE, heed_color_on(heed_palette_color(&map->palette, part)),
                         text, 0);
    }
}

/* The pinned pair, or the pinned word's whole row: a black line with a white one inside. */
static void draw_ring(const struct heed_map_grid *grid, struct heed_rect cells)
{
    const struct heed_sheet *base = &grid->base;
    const struct heed_range all = {0, grid->columns.n};
    const struct heed_range rows = grid->rows.pinned;
    const bool has_pair = grid->columns.pinned.count > 0;
    const struct heed_range columns = has_pair ? grid->columns.pinned : all;
    const float width = 0.11F * base->em;
    if (rows.count == 0) {
        return;
    }
    const struct heed_rect ring = {
        cells.x + (float)columns.first * grid->cell, cells.y + (float)rows.first * grid->cell,
        (float)columns.count * grid->cell, (float)rows.count * grid->cell};
    if (has_pair) {
        heed_list_outline(base->frame->list, heed_rect_grow(ring, -width / 2), 0, width / 2,
                          base->frame->theme->canvas);
    }
    heed_list_outline(base->frame->list, heed_rect_grow(ring, width), 0.15F * base->em, width,
                      base->frame->theme->ink);
}

static void draw_holes(const struct heed_map_grid *grid, const struct heed_item_heatmap *map,
                       struct heed_rect cells)
{
    if (grid->base.skin.theme->for_print) { /* a small weight is as grey as any ground */
        heed_map_strike(&grid->base.skin, map, cells, false);
    } else {
        heed_list_fill(grid->base.frame->list, cells, 0, grid->base.skin.theme->sunken);
    }
}

static void draw_panel(const struct heed_map_grid *grid, int index)
{
    const struct heed_sheet *base = &grid->base;
    const struct heed_rect cells = heed_map_grid_cells(grid, index);
    const float top = cells.y - grid->heading - (index < base->columns ? grid->names : 0);
    struct heed_list *list = base->frame->list;
    struct heed_item_heatmap map = grid->maps[index];
    heed_sheet_heading(base, index, cells.x, top + heading_y * base->em, false, !grid->label_below);
    if (grid->label_below) {
        char label[HEED_SHEET_LABEL_BYTES];
        heed_sheet_label(base, index, label);
        heed_widget_text(&base->skin, cells.x, top + (heading_y + 1.3F) * base->em,
                         heed_sheet_style(base, 400), HEED_ANCHOR_START, base->frame->theme->muted,
                         label, 0);
    }
    map.rect = cells;
    if (grid->has_holes) {
        draw_holes(grid, &map, cells);
    }
    list->target = heed_target_of(HEED_TARGET_CELL, base->shown.items[index].id.layer,
                                  base->shown.items[index].id.head,
                                  grid->cells != NULL ? grid->cells[index] : 0);
    heed_list_heatmap(list, map);
    list->target = (struct heed_target){0};
    if (grid->mask != NULL) {
        heed_map_draw_mask(base->frame, &base->skin, grid->mask, cells);
    }
    draw_grid(grid, cells);
    if (grid->has_numbers) {
        draw_cell_numbers(grid, &map, cells);
    } else {
        heed_signs_draw(&base->skin, &map);
    }
    draw_ring(grid, cells);
    heed_map_names_draw(grid, index, cells);
}

/* "0.5"; of a signed map "+0.3"; of cosines' distances the cosine. */
static void put_tick(const struct heed_map_grid *grid, float part, char *text, size_t size)
{
    const struct heed_item_heatmap *map = &grid->maps[0];
    const float at = map->low + (map->high - map->low) * part;
    const float value = grid->has_cosines ? 1 - at : at;
    const float rounded = roundf(value * 100) / 100;
    const bool whole = rounded == roundf(rounded);
    const bool tenths = fabsf(rounded * 10 - roundf(rounded * 10)) < 1e-3F;
    char number[16];
    heed_format_number(number, sizeof(number), (double)rounded, whole ? 0 : tenths ? 1 : 2);
    snprintf(text, size, "%s%s", map->low < 0 && part == 1 ? "+" : "", number);
}

/* One for all, at the right of the last column over all lines. */
static void draw_scale(const struct heed_map_grid *grid)
{
    const struct heed_sheet *base = &grid->base;
    const struct heed_item_heatmap *map = &grid->maps[0];
    const struct heed_theme *theme = base->frame->theme;
    const struct heed_rect first = heed_map_grid_cells(grid, 0),
                           end = heed_map_grid_cells(grid, base->columns - 1);
    const struct heed_rect last = heed_map_grid_cells(grid, base->shown.n - 1);
    const float em = base->em, h = last.y + last.h - first.y;
    const float x = end.x + grid->panel + bar_gap * em;
    const bool is_plain = map->low == 0 && map->high == 1;
    const int parts = h >= 9 * em && is_plain ? 5 : h >= 4 * em ? 2 : 1;
    const struct heed_rect bar = {x, first.y, bar_width * em, h};
    heed_widget_text(&base->skin, x, first.y - grid->names - grid->heading + heading_y * em,
                     heed_sheet_style(base, 400), HEED_ANCHOR_START, theme->text, grid->scale_title,
                     0);
    heed_widget_palette(&base->skin, bar, 0, &map->palette, true);
    if (map->low < 0) {
        heed_sign_draw(&base->skin, (struct heed_rect){x, first.y + h - bar.w, bar.w, bar.w},
                       map->palette.stops[0], map->low, map->high);
    }
    for (int i = 0; i <= parts; i++) {
        const float part = (float)i / (float)parts;
        const float y = first.y + h * (1 - part), right = x + bar.w;
        const float inside = i == 0 ? -0.36F : i == parts ? 0.36F : 0;
        char text[24];
        put_tick(grid, part, text, sizeof(text));
        heed_list_stroke(base->frame->list, right, y, right + tick * em, y, base->skin.hairline,
                         theme->text);
        heed_widget_text(&base->skin, right + (tick + 0.2F) * em, y + inside * em,
                         heed_sheet_style(base, 400), HEED_ANCHOR_START, theme->text, text, 0);
    }
}

void heed_map_grid_draw(struct heed_map_grid *grid, float x, float y)
{
    grid->x = x;
    grid->y = y;
    for (int i = 0; i < grid->base.shown.n; i++) {
        draw_panel(grid, i);
    }
    draw_scale(grid);
}
