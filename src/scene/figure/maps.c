#include "scene/figure/maps.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/hit.h"
#include "scene/figure/sheet.h"
#include "scene/parts/candidate_words.h"
#include "scene/parts/empty.h"
#include "scene/parts/map_cells.h"
#include "scene/widgets/label.h"

static const float SIN45 = 0.70710678F;
static const float px_per_mm = 96.0F / 25.4F;

/* In em. */
static const float panel_gap = 1.5F, line_gap = 1.5F, label_gap = 0.45F, tier_gap = 0.7F;
static const float heading_line = 1.6F, heading_y = 0.75F;
static const float bar_gap = 1.1F, bar_width = 0.85F, tick = 0.35F;
static const float most_cell = 4.7F, numbers_from = 2.3F;
static const float most_panel_mm = 60; /* of several */

/* How the tokens stand beside the cells, the roomiest first. */
static const struct fashion {
    float least_cell; /* em */
    bool slanted;     /* the columns' names; else they run upwards */
    int tiers;        /* names step outwards in so many rows */
} fashions[] = {{1.36F, true, 1}, {0.98F, false, 1}, {0.5F, false, 2}};

struct maps_sheet {
    struct heed_sheet base;
    struct fashion fashion;
    float cell, panel;             /* px */
    float widest;                  /* token, px */
    float left, right;             /* px beside all panels */
    float heading, names;          /* px above the cells: of every line, of the first */
    float height;                  /* of the panels, px */
    bool label_below, has_numbers; /* a heading's label has a line of its own */
    struct heed_rect rect;
};

static const char *scale_title(const struct heed_maps *maps)
{
    return maps->filter.measure == HEED_MEASURE_VALUE_NORM
               ? "Share"
               : heed_measure_name(maps->filter.measure);
}

static float text_width(const struct heed_sheet *base, int weight, const char *text)
{
    return heed_widget_width(&base->skin, heed_sheet_style(base, weight), text);
}

/* px by which the columns' names reach over the right edge of the cells. */
static float overhang(const struct maps_sheet *sheet)
{
    const struct heed_text_style style = heed_sheet_style(&sheet->base, 600);
    const struct heed_maps *maps = sheet->base.maps;
    float most = 0;
    for (int i = 0; sheet->fashion.slanted && i < maps->n; i++) {
        const float width = heed_token_width(&sheet->base.skin, style, &maps->units[i]);
        const float start = ((float)(maps->n - i) - 0.5F) * sheet->cell;
        most = fmaxf(most, (width + 0.8F * sheet->base.em) * SIN45 - start);
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
        char label[96];
        heed_map_label_text(base->maps, base->shown.items[i].id, label, sizeof(label));
        least = fmaxf(least, text_width(base, 400, label));
    }
    return least;
}

static void choose_margins(struct maps_sheet *sheet)
{
    const struct heed_sheet *base = &sheet->base;
    const float em = base->em;
    const float tiers = (float)sheet->fashion.tiers;
    const float names = tiers * sheet->widest + (tiers - 1) * tier_gap * em;
    const float bar = (bar_gap + bar_width + tick + 0.2F) * em;
    sheet->left = fmaxf(names, text_width(base, 600, "Query")) + label_gap * em;
    sheet->right = fmaxf(bar + text_width(base, 400, "0.25"),
                         bar_gap * em + text_width(base, 400, scale_title(base->maps)));
    sheet->names =
        sheet->fashion.slanted ? sheet->widest * SIN45 + 0.9F * em : names + label_gap * em;
    sheet->names = fmaxf(sheet->names, 3.1F * em);
}

/* The largest cell that this width, these columns and a panel's limits allow. */
static float fitted_cell(const struct maps_sheet *sheet, float width)
{
    const struct heed_sheet *base = &sheet->base;
    const float n = (float)base->maps->n, columns = (float)base->columns;
    const float room = width - sheet->left - sheet->right - (columns - 1) * panel_gap * base->em;
    float most = most_cell * base->em;
    if (base->shown.n > 1) {
        most = fminf(most, most_panel_mm * px_per_mm / n);
    }
    most = fmaxf(most, fmaxf(sheet->fashion.least_cell, 0) * base->em);
    return fmaxf(fminf(room / columns / n, most), sheet->fashion.least_cell * base->em);
}

static bool fits(const struct maps_sheet *sheet, float width)
{
    const float columns = (float)sheet->base.columns;
    const float panels = columns * sheet->panel + (columns - 1) * panel_gap * sheet->base.em;
    return sheet->left + panels + fmaxf(sheet->right, overhang(sheet)) <= width + 0.5F;
}

static bool try_fashion(struct maps_sheet *sheet, const struct fashion *fashion, float width)
{
    struct heed_sheet *base = &sheet->base;
    const float n = (float)base->maps->n, em = base->em;
    const float names = least_heading(base);
    sheet->fashion = *fashion;
    choose_margins(sheet);
    const float least = fmaxf(fashion->least_cell * em * n, names);
    heed_sheet_choose_columns(base, width, sheet->left + sheet->right, least, panel_gap * em);
    for (;;) {
        sheet->cell = fitted_cell(sheet, width);
        sheet->panel = fmaxf(sheet->cell * n, names);
        if (fits(sheet, width)) {
            return true;
        }
        if (base->columns == 1 || base->frame->columns > 0) {
            break;
        }
        base->columns--;
    }
    /* The last names reach over the edge: smaller cells let them. */
    sheet->cell = fashion->least_cell * em;
    sheet->panel = fmaxf(sheet->cell * n, names);
    return fits(sheet, width);
}

static bool place(struct maps_sheet *sheet, struct heed_frame *frame, float width)
{
    struct heed_sheet *base = &sheet->base;
    if (!heed_sheet_begin(base, frame)) {
        return false;
    }
    sheet->widest = heed_sheet_widest(base);
    for (size_t i = 0; i < HEED_COUNT(fashions); i++) {
        if (try_fashion(sheet, &fashions[i], width)) {
            break;
        }
    }
    heed_sheet_report(base);
    const float em = base->em;
    sheet->label_below = widest_heading(base, true) > sheet->panel;
    sheet->heading = heading_line * em;
    for (int i = 0; sheet->label_below && i < base->shown.n; i++) {
        char label[96];
        heed_map_label_text(base->maps, base->shown.items[i].id, label, sizeof(label));
        if (label[0] != '\0') {
            sheet->heading = (heading_line + 1.3F) * em;
        }
    }
    sheet->has_numbers = sheet->cell >= numbers_from * em;
    if (sheet->has_numbers) {
        snprintf(frame->foot->note, sizeof(frame->foot->note), "cells below 0.005 left empty");
    }
    const float lines = (float)heed_sheet_lines(base);
    sheet->height = sheet->names + lines * (sheet->heading + sheet->cell * (float)base->maps->n) +
                    (lines - 1) * line_gap * em;
    return true;
}

static struct heed_rect cells_of(const struct maps_sheet *sheet, int index)
{
    const struct heed_sheet *base = &sheet->base;
    const float side = sheet->cell * (float)base->maps->n;
    const float line = (float)(index / base->columns), column = (float)(index % base->columns);
    return (struct heed_rect){
        roundf(sheet->rect.x + sheet->left + column * (sheet->panel + panel_gap * base->em)),
        roundf(sheet->rect.y + sheet->names + sheet->heading +
               line * (sheet->heading + side + line_gap * base->em)),
        side, side};
}

/* --- what is drawn --- */

struct name {
    const struct heed_unit *unit;
    struct heed_text_style style;
    struct heed_color color;
    float width;
    int tier;
};

static struct name make_name(const struct maps_sheet *sheet, int unit, struct heed_range pin)
{
    const struct heed_sheet *base = &sheet->base;
    const bool pinned = heed_range_has(pin, unit);
    struct name name = {
        .unit = &base->maps->units[unit],
        .style = heed_sheet_style(base, pinned ? 600 : 400),
        .color = base->frame->theme->text,
        .tier = unit % sheet->fashion.tiers,
    };
    name.width = heed_token_width(&base->skin, name.style, name.unit);
    return name;
}

/* px from the cells to a name of this tier. */
static float tier_off(const struct maps_sheet *sheet, int tier)
{
    const float em = sheet->base.em;
    return label_gap * em + (float)tier * (sheet->widest + tier_gap * em);
}

/* From a name that stands further out to its row or column. */
static void draw_leader(const struct maps_sheet *sheet, float x0, float y0, float x1, float y1)
{
    heed_list_stroke(sheet->base.frame->list, x0, y0, x1, y1, sheet->base.skin.hairline,
                     sheet->base.frame->theme->border);
}

static void draw_row_name(const struct maps_sheet *sheet, struct heed_rect cells, int row)
{
    const struct heed_sheet *base = &sheet->base;
    const struct name name = make_name(sheet, row, base->query);
    const float cy = cells.y + ((float)row + 0.5F) * sheet->cell;
    const float x = cells.x - tier_off(sheet, name.tier);
    if (name.tier > 0) {
        draw_leader(sheet, x + 0.2F * base->em, cy, cells.x, cy);
    }
    heed_token_draw(&base->skin, x, cy, name.style, HEED_ANCHOR_END, name.color, name.unit, 0);
    heed_candidate_draw(
        &base->skin, base->frame->state, name.unit,
        (struct heed_candidate_label){x - name.width, cy, name.width, base->em, name.color});
}

static void draw_column_name(const struct maps_sheet *sheet, struct heed_rect cells, int column)
{
    const struct heed_sheet *base = &sheet->base;
    const struct name name = make_name(sheet, column, base->key);
    const bool slanted = sheet->fashion.slanted;
    const float down = 0.364F * base->em * (slanted ? SIN45 : 1);
    const float x = cells.x + ((float)column + 0.5F) * sheet->cell;
    const float y = cells.y - (slanted ? 0.35F * base->em : tier_off(sheet, name.tier));
    if (name.tier > 0) {
        draw_leader(sheet, x, y + 0.2F * base->em, x, cells.y);
    }
    heed_list_text(base->frame->list,
                   (struct heed_item_text){.x = x + down,
                                           .y = slanted ? y + down : y,
                                           .style = name.style,
                                           .angle = slanted ? -0.78539816F : -1.57079633F,
                                           .color = name.color,
                                           .text = name.unit->label,
                                           .length = (uint32_t)strlen(name.unit->label)});
    if (slanted) {
        heed_candidate_draw(
            &base->skin, base->frame->state, name.unit,
            (struct heed_candidate_label){x, y, name.width, base->em, name.color, true});
    }
}

static void draw_names(const struct maps_sheet *sheet, int index, struct heed_rect cells)
{
    const struct heed_sheet *base = &sheet->base;
    const bool first_line = index < base->columns, first = index % base->columns == 0;
    for (int i = 0; i < base->maps->n; i++) {
        if (first) {
            draw_row_name(sheet, cells, i);
        }
        if (first_line) {
            draw_column_name(sheet, cells, i);
        }
    }
    if (index == 0) {
        const float x = cells.x - label_gap * base->em;
        const struct heed_text_style style = heed_sheet_style(base, 600);
        const struct heed_color color = base->frame->theme->text;
        const float y = cells.y + fminf(-0.7F * base->em, sheet->cell / 2 - 1.35F * base->em);
        heed_widget_text(&base->skin, x, y - 1.25F * base->em, style, HEED_ANCHOR_END, color, "Key",
                         0);
        heed_widget_text(&base->skin, x, y, style, HEED_ANCHOR_END, color, "Query", 0);
    }
}

static void draw_grid(const struct maps_sheet *sheet, struct heed_rect cells)
{
    const struct heed_sheet *base = &sheet->base;
    struct heed_list *list = base->frame->list;
    const float hair = base->skin.hairline;
    for (int i = 1; sheet->cell >= base->em && i < base->maps->n; i++) {
        const float at = (float)i * sheet->cell;
        heed_list_stroke(list, cells.x + at, cells.y, cells.x + at, cells.y + cells.h, hair,
                         base->frame->theme->border);
        heed_list_stroke(list, cells.x, cells.y + at, cells.x + cells.w, cells.y + at, hair,
                         base->frame->theme->border);
    }
    heed_list_outline(list, cells, 0, hair, base->frame->theme->text);
}

static void draw_cell_numbers(const struct maps_sheet *sheet, const struct heed_shown_map *map,
                              struct heed_rect cells)
{
    const struct heed_sheet *base = &sheet->base;
    const struct heed_state *state = base->frame->state;
    const struct heed_palette *palette = heed_palette_get(state->theme, state->palette);
    const int n = base->maps->n;
    for (int i = 0; sheet->has_numbers && i < n * n; i++) {
        const float value = map->weights[i];
        char text[16];
        if (value < 0.005F) {
            continue;
        }
        heed_format_share(text, sizeof(text), (double)value);
        heed_widget_text(&base->skin, cells.x + ((float)(i % n) + 0.5F) * sheet->cell,
                         cells.y + ((float)(i / n) + 0.5F) * sheet->cell,
                         heed_sheet_style(base, value >= 0.3F ? 600 : 400), HEED_ANCHOR_MIDDLE,
                         heed_color_on(heed_palette_color(palette, value)), text, 0);
    }
}

/* The pinned pair, or the pinned word's whole row: a black line with a white one inside. */
static void draw_ring(const struct maps_sheet *sheet, struct heed_rect cells)
{
    const struct heed_sheet *base = &sheet->base;
    const struct heed_range all = {0, base->maps->n};
    const struct heed_range rows = base->query;
    const struct heed_range columns = base->key.count > 0 ? base->key : all;
    const float width = 0.11F * base->em;
    if (rows.count == 0) {
        return;
    }
    const struct heed_rect ring = {
        cells.x + (float)columns.first * sheet->cell, cells.y + (float)rows.first * sheet->cell,
        (float)columns.count * sheet->cell, (float)rows.count * sheet->cell};
    if (base->key.count > 0) {
        heed_list_outline(base->frame->list, heed_rect_grow(ring, -width / 2), 0, width / 2,
                          base->frame->theme->canvas);
    }
    heed_list_outline(base->frame->list, heed_rect_grow(ring, width), 0.15F * base->em, width,
                      base->frame->theme->ink);
}

static void draw_panel(const struct maps_sheet *sheet, int index)
{
    const struct heed_sheet *base = &sheet->base;
    const struct heed_shown_map *map = &base->shown.items[index];
    const struct heed_rect cells = cells_of(sheet, index);
    const bool first_line = index < base->columns;
    const float top = cells.y - sheet->heading - (first_line ? sheet->names : 0);
    struct heed_list *list = base->frame->list;
    heed_sheet_heading(base, index, cells.x, top + heading_y * base->em, false,
                       !sheet->label_below);
    if (sheet->label_below) {
        char label[96];
        heed_map_label_text(base->maps, map->id, label, sizeof(label));
        heed_widget_text(&base->skin, cells.x, top + (heading_y + 1.3F) * base->em,
                         heed_sheet_style(base, 400), HEED_ANCHOR_START, base->frame->theme->muted,
                         label, 0);
    }
    list->target = heed_target_of(HEED_TARGET_CELL, map->id.layer, map->id.head, 0);
    heed_list_heatmap(list, heed_map_heatmap(base->frame, map, cells));
    list->target = (struct heed_target){0};
    draw_grid(sheet, cells);
    draw_cell_numbers(sheet, map, cells);
    heed_map_draw_cuts(base->frame, map, cells, 0.12F * base->em);
    draw_ring(sheet, cells);
    draw_names(sheet, index, cells);
}

/* One for all, at the right of the last column over all lines. */
static void draw_scale(const struct maps_sheet *sheet)
{
    const struct heed_sheet *base = &sheet->base;
    const struct heed_theme *theme = base->frame->theme;
    const struct heed_state *state = base->frame->state;
    const struct heed_rect first = cells_of(sheet, 0), end = cells_of(sheet, base->columns - 1);
    const struct heed_rect last = cells_of(sheet, base->shown.n - 1);
    const float em = base->em, h = last.y + last.h - first.y;
    const float x = end.x + sheet->panel + bar_gap * em;
    const int parts = h >= 9 * em ? 5 : h >= 4 * em ? 2 : 1;
    heed_widget_text(&base->skin, x, first.y - sheet->names - sheet->heading + heading_y * em,
                     heed_sheet_style(base, 400), HEED_ANCHOR_START, theme->text,
                     scale_title(base->maps), 0);
    heed_widget_palette(&base->skin, (struct heed_rect){x, first.y, bar_width * em, h}, 0,
                        heed_palette_get(state->theme, state->palette), true);
    for (int i = 0; i <= parts; i++) {
        const float part = (float)i / (float)parts;
        const float y = first.y + h * (1 - part), right = x + bar_width * em;
        const float inside = i == 0 ? -0.36F : i == parts ? 0.36F : 0;
        char text[16];
        snprintf(text, sizeof(text), "%g", round((double)part * 10) / 10);
        heed_list_stroke(base->frame->list, right, y, right + tick * em, y, base->skin.hairline,
                         theme->text);
        heed_widget_text(&base->skin, right + (tick + 0.2F) * em, y + inside * em,
                         heed_sheet_style(base, 400), HEED_ANCHOR_START, theme->text, text, 0);
    }
}

void heed_maps_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct maps_sheet sheet = {.rect = heed_sheet_inner(frame, rect)};
    if (!place(&sheet, frame, sheet.rect.w)) {
        heed_view_is_empty(frame, rect, sheet.base.shown.n);
        return;
    }
    for (int i = 0; i < sheet.base.shown.n; i++) {
        draw_panel(&sheet, i);
    }
    draw_scale(&sheet);
    heed_sheet_foot_draw(&sheet.base,
                         (struct heed_rect){sheet.rect.x, rect.y + sheet.height, sheet.rect.w, 0});
}

float heed_maps_sheet_height(struct heed_frame *frame, float width)
{
    struct maps_sheet sheet = {0};
    width = heed_sheet_inner(frame, (struct heed_rect){0, 0, width, 0}).w;
    if (!place(&sheet, frame, width)) {
        return 120 * frame->scale;
    }
    return sheet.height + heed_sheet_foot_height(&sheet.base, width);
}
