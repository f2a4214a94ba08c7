#include "scene/figure/grid_names.h"

#include <math.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/patches.h"
#include "scene/widgets/label.h"

static const float SIN45 = 0.70710678F;
static const float patch = 1.8F; /* em of a side of a patch in a name's place, at most */

static bool is_patch(const struct heed_map_grid *grid, const struct heed_unit *unit)
{
    return grid->has_patches && unit->count == 1 && heed_patch_is(grid->base.frame, unit->first);
}

float heed_map_name_width(const struct heed_map_grid *grid, const struct heed_unit *unit)
{
    if (is_patch(grid, unit)) {
        return patch * grid->base.em;
    }
    return heed_token_width(&grid->base.skin, heed_sheet_style(&grid->base, 600), unit);
}

struct name {
    const struct heed_unit *unit;
    struct heed_text_style style;
    struct heed_color color;
    float width;
    int tier;
};

static struct name make_name(const struct heed_map_grid *grid, const struct heed_map_names *of,
                             int unit)
{
    const struct heed_sheet *base = &grid->base;
    struct name name = {
        .unit = &of->units[unit],
        .style = heed_sheet_style(base, heed_range_has(of->pinned, unit) ? 600 : 400),
        .color = base->frame->theme->text,
        .tier = unit % grid->fashion.tiers,
    };
    name.width = heed_token_width(&base->skin, name.style, name.unit);
    return name;
}

/* px from the cells to a name of this tier. */
static float tier_off(const struct heed_map_grid *grid, const struct heed_map_names *of, int tier)
{
    const float em = grid->base.em;
    return HEED_MAP_NAME_GAP * em + (float)tier * (of->widest + HEED_MAP_TIER_GAP * em);
}

/* From a name that stands further out to its row or column. */
static void draw_leader(const struct heed_map_grid *grid, float x0, float y0, float x1, float y1)
{
    heed_list_stroke(grid->base.frame->list, x0, y0, x1, y1, grid->base.skin.hairline,
                     grid->base.frame->theme->border);
}

/* A patch with its edge at (x, y), the middle of its right or of its lower side. */
static bool draw_patch(const struct heed_map_grid *grid, const struct name *name, float x, float y,
                       bool is_column)
{
    const struct heed_sheet *base = &grid->base;
    const float room = 0.92F * grid->cell * (float)grid->fashion.tiers;
    const float side = fminf(room, patch * base->em);
    if (!is_patch(grid, name->unit)) {
        return false;
    }
    const struct heed_rect square = {x - (is_column ? side / 2 : side),
                                     y - (is_column ? side : side / 2), side, side};
    (void)heed_patch_draw(base->frame, name->unit->first, square);
    if (name->style.weight == 600) {
        heed_list_outline(base->frame->list, square, 0, 0.11F * base->em, base->frame->theme->ink);
    }
    return true;
}

static void draw_row_name(const struct heed_map_grid *grid, struct heed_rect cells, int row)
{
    const struct heed_sheet *base = &grid->base;
    const struct name name = make_name(grid, &grid->rows, row);
    const float cy = cells.y + ((float)row + 0.5F) * grid->cell;
    const float x = cells.x - tier_off(grid, &grid->rows, name.tier);
    if (name.tier > 0) {
        draw_leader(grid, x + 0.2F * base->em, cy, cells.x, cy);
    }
    if (draw_patch(grid, &name, x, cy, false)) {
        return;
    }
    heed_token_draw(&base->skin, x, cy, name.style, HEED_ANCHOR_END, name.color, name.unit, 0);
    heed_candidate_draw(
        &base->skin, base->frame->state, name.unit,
        (struct heed_candidate_label){x - name.width, cy, name.width, base->em, name.color});
}

static void draw_column_name(const struct heed_map_grid *grid, struct heed_rect cells, int column)
{
    const struct heed_sheet *base = &grid->base;
    const struct name name = make_name(grid, &grid->columns, column);
    const bool slanted = grid->fashion.slanted;
    const float down = 0.364F * base->em * (slanted ? SIN45 : 1);
    const float x = cells.x + ((float)column + 0.5F) * grid->cell;
    const float y =
        cells.y - (slanted ? 0.35F * base->em : tier_off(grid, &grid->columns, name.tier));
    if (name.tier > 0) {
        draw_leader(grid, x, y + 0.2F * base->em, x, cells.y);
    }
    if (draw_patch(grid, &name, x, y, true)) {
        return;
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

static void draw_titles(const struct heed_map_grid *grid, struct heed_rect cells)
{
    const struct heed_sheet *base = &grid->base;
    const float x = cells.x - HEED_MAP_NAME_GAP * base->em;
    const struct heed_text_style style = heed_sheet_style(base, 600);
    const struct heed_color color = base->frame->theme->text;
    const float y = cells.y + fminf(-0.7F * base->em, grid->cell / 2 - 1.35F * base->em);
    heed_widget_text(&base->skin, x, y - 1.25F * base->em, style, HEED_ANCHOR_END, color,
                     grid->columns.title, 0);
    heed_widget_text(&base->skin, x, y, style, HEED_ANCHOR_END, color, grid->rows.title, 0);
}

void heed_map_names_draw(const struct heed_map_grid *grid, int index, struct heed_rect cells)
{
    const struct heed_sheet *base = &grid->base;
    for (int i = 0; index % base->columns == 0 && i < grid->rows.n; i++) {
        draw_row_name(grid, cells, i);
    }
    for (int i = 0; index < base->columns && i < grid->columns.n; i++) {
        draw_column_name(grid, cells, i);
    }
    if (index == 0) {
        draw_titles(grid, cells);
    }
}
