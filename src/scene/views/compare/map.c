#include "scene/views/compare/map.h"
#include "scene/frame/two_models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/hit.h"
#include "scene/parts/signs.h"
#include "scene/views/compare/grid.h"
#include "scene/views/compare/heads.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

/* Every step-th, but for those next to one in hand, which is. */
static bool has_label(int index, int step, struct heed_range in_hand)
{
    const int near = step - 1;
    if (in_hand.count > 0 && index >= in_hand.first - near &&
        index < in_hand.first + in_hand.count + near) {
        return heed_range_has(in_hand, index);
    }
    return index % step == 0;
}

static void draw_row_labels(const struct heed_compare_grid *grid, struct heed_range query)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const int step = heed_compare_grid_step(grid, true);
    if (grid->maps[0].kind == HEED_COMPARE_LAYERS) {
        query.count = 0; /* rows are layers */
    }
    for (int i = 0; i < grid->maps[0].rows; i++) {
        if (has_label(i, step, query)) {
            const bool pinned = heed_range_has(query, i);
            char text[192];
            heed_compare_grid_name(grid, 0, i, true, text, sizeof(text));
            heed_widget_right(&compare->skin, grid->cells[0].x - 6 * s,
                              grid->cells[0].y + ((float)i + 0.5F) * grid->cell_h,
                              heed_compare_label_type(compare), pinned ? 600 : 400,
                              pinned ? theme->text : theme->muted, text,
                              HEED_COMPARE_MOST_LABEL * s);
        }
    }
}

static void draw_column_labels(const struct heed_compare_grid *grid, int map, struct heed_range key)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const int step = heed_compare_grid_step(grid, false);
    for (int j = 0; j < grid->maps[map].columns; j++) {
        if (!has_label(j, step, key)) {
            continue;
        }
        const bool pinned = heed_range_has(key, j);
        const struct heed_text_style style =
            heed_widget_style(&compare->skin, heed_compare_label_type(compare), pinned ? 600 : 400);
        char text[192];
        float width = 0;
        heed_compare_grid_name(grid, map, j, false, text, sizeof(text));
        const char *fitted =
            heed_label_fit(&compare->skin, style, text, HEED_COMPARE_MOST_LABEL * s, &width);
        if (pinned && compare->skin.projected && compare->query.a.count > 0) {
            const struct heed_unit *unit = &compare->maps_a->units[compare->query.a.first];
            compare->skin.list->target =
                heed_target_of(HEED_TARGET_QUERY, unit->first, unit->count, 0);
            heed_list_hotspot(compare->skin.list,
                              (struct heed_rect){grid->cells[map].x + (float)j * grid->cell_w,
                                                 grid->cells[map].y - 24 * s, grid->cell_w,
                                                 24 * s});
        }
        heed_list_text(compare->skin.list,
                       (struct heed_item_text){.x = grid->cells[map].x +
                                                    ((float)j + 0.5F) * grid->cell_w +
                                                    0.3F * style.size,
                                               .y = grid->cells[map].y - 6 * s,
                                               .style = style,
                                               .anchor = HEED_ANCHOR_START,
                                               .angle = -grid->angle,
                                               .color = pinned ? theme->text : theme->muted,
                                               .text = fitted,
                                               .length = (uint32_t)strlen(fitted)});
        compare->skin.list->target = (struct heed_target){0};
    }
}

/* In a hall a word's cosine of each layer stands in its cells. */
static void draw_cosines(const struct heed_compare_grid *grid, struct heed_range column)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_compare_values *map = &grid->maps[0];
    const float s = compare->s;
    if (!compare->skin.projected || map->kind != HEED_COMPARE_LAYERS || column.count != 1 ||
        grid->cell_w < 34 * s || grid->cell_h < 16 * s) {
        return;
    }
    for (int row = 0; row < map->rows; row++) {
        const float value = map->values[row * map->columns + column.first];
        const struct heed_color fill = heed_palette_color(
            map->palette, (value - map->low) / fmaxf(map->high - map->low, 1e-6F));
        char number[16];
        heed_format_number(number, sizeof(number), 1 - (double)value, 2);
        heed_widget_middle(&compare->skin,
                           grid->cells[0].x + ((float)column.first + 0.5F) * grid->cell_w,
                           grid->cells[0].y + ((float)row + 0.5F) * grid->cell_h, 14, 600,
                           heed_color_on(fill), number, 0);
    }
}

static void draw_cells(const struct heed_compare_grid *grid, int index)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_compare_values *map = &grid->maps[index];
    struct heed_list *list = compare->skin.list;
    const float least = fminf(grid->cell_w, grid->cell_h);
    const struct heed_item_heatmap cells = {.rect = grid->cells[index],
                                            .values = {.id = map->id,
                                                       .data = map->values,
                                                       .n_slices = 1,
                                                       .n_rows = map->all_rows,
                                                       .n_columns = map->all_columns},
                                            .row = map->first_row,
                                            .column = map->first_column,
                                            .rows = map->rows,
                                            .columns = map->columns,
                                            .gap = least >= 6 * compare->s ? 1 : 0,
                                            .low = map->low,
                                            .high = map->high,
                                            .palette = *map->palette};
    heed_list_fill(list, grid->cells[index], 0, compare->frame->theme->border);
    list->target = heed_target_of(HEED_TARGET_CELL, map->head.id.layer, map->head.id.head,
                                  1 + (int32_t)map->kind);
    heed_list_heatmap(list, cells);
    heed_signs_draw(&compare->skin, &cells);
    list->target = (struct heed_target){0};
}

/* px of a map's rows and columns. */
static struct heed_rect part_of(const struct heed_compare_grid *grid, int map,
                                struct heed_range rows, struct heed_range columns)
{
    const struct heed_rect cells = grid->cells[map];
    const float least = 4 * grid->compare->s;
    return (struct heed_rect){cells.x + (float)columns.first * grid->cell_w,
                              cells.y + (float)rows.first * grid->cell_h,
                              fmaxf((float)columns.count * grid->cell_w, least),
                              fmaxf((float)rows.count * grid->cell_h, least)};
}

/* The pinned row through each map, the pinned cell outside its colour; the same of what is
 * pointed at, in every map. */
static void draw_marks(const struct heed_compare_grid *grid, int map,
                       const struct heed_compared_pin *query_pin,
                       const struct heed_compared_pin *key_pin, float line)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_color ink = compare->frame->theme->ink;
    const struct heed_compare_values *values = &grid->maps[map];
    const bool layers = values->kind == HEED_COMPARE_LAYERS;
    const float s = compare->s;
    const struct heed_range query = heed_compare_find_range(values, query_pin, !layers);
    const struct heed_range key = heed_compare_find_range(values, key_pin, false);
    const struct heed_range rows = layers ? (struct heed_range){0, values->rows} : query;
    const struct heed_range columns = layers ? query : (struct heed_range){0, values->columns};
    if (query.count == 0) {
        return;
    }
    heed_list_outline(compare->skin.list,
                      heed_rect_grow(part_of(grid, map, rows, columns), line * s), 2 * s, line * s,
                      ink);
    if (!layers && key.count > 0) {
        heed_list_outline(compare->skin.list, heed_rect_grow(part_of(grid, map, query, key), 2 * s),
                          3 * s, 2 * s, ink);
    }
}

/* --- scales --- */

static void put_end(const struct heed_compare_values *map, bool high, char *text, size_t size)
{
    char number[32];
    if (map->kind == HEED_COMPARE_LAYERS) { /* of 1 - cosine */
        heed_format_number(text, size, (double)(1 - (high ? map->high : map->low)), high ? 2 : 0);
        return;
    }
    const float value = high ? map->high : map->low;
    heed_format_number(number, sizeof(number), (double)value, value == 0 || value == 1 ? 0 : 1);
    snprintf(text, size, "%s%s", map->kind == HEED_COMPARE_DIFFERENCE && high ? "+" : "", number);
}

static const char *scale_title(enum heed_compare_map kind, bool named)
{
    static const char *const letters[HEED_N_COMPARE_MAPS] = {"B \xE2\x88\x92 A", "A", "B",
                                                             "cosine"};
    static const char *const words[HEED_N_COMPARE_MAPS] = {"0", "weight", "same scale as A",
                                                           "cosine"};
    return named ? letters[kind] : words[kind];
}

/* Of a low window: "A 0 [bar] 1" in one line below the map, as far as there is room. */
static void draw_low_scale(const struct heed_compare_grid *grid, int index)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_compare_values *map = &grid->maps[index];
    const struct heed_theme *theme = compare->frame->theme;
    const struct heed_skin *skin = &compare->skin;
    const struct heed_rect cells = grid->cells[index];
    const struct heed_text_style style = heed_widget_style(skin, 12, 400);
    const float s = compare->s, cy = cells.y + cells.h + 12 * s;
    float end = cells.x + cells.w;
    char low[48], high[40];
    put_end(map, false, low, sizeof(low));
    put_end(map, true, high, sizeof(high));
    const float x =
        cells.x +
        heed_widget_left(skin, cells.x, cy, 12, 600, theme->text, scale_title(map->kind, true), 0) +
        10 * s;
    if (map->kind == HEED_COMPARE_B) {
        const char *text = "scale of A";
        if (heed_widget_width(skin, style, text) <= end - x) {
            heed_widget_right(skin, end, cy, 12, 400, theme->muted, text, 0);
        }
        return;
    }
    const float numbers =
        heed_widget_width(skin, style, low) + heed_widget_width(skin, style, high);
    const float width = fminf(end - x - numbers - 12 * s, 80 * s);
    if (width >= 16 * s) {
        end -= heed_widget_right(skin, end, cy, 12, 400, theme->muted, high, 0) + 6 * s;
        const struct heed_rect bar = {roundf(end - width), roundf(cy - 4 * s), width, 8 * s};
        heed_widget_palette(skin, bar, 2 * s, map->palette, false);
        heed_widget_right(skin, bar.x - 6 * s, cy, 12, 400, theme->muted, low, 0);
    } else if (map->low < 0 && high[0] == '+') {
        snprintf(low, sizeof(low), "\xC2\xB1%s", high + 1);
        heed_widget_right(skin, end, cy, 12, 400, theme->muted, low, fmaxf(end - x, 1));
    }
}

/* A bar below a map, with its ends beneath. */
static void draw_scale(const struct heed_compare_grid *grid, int index)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_compare_values *map = &grid->maps[index];
    const struct heed_theme *theme = compare->frame->theme;
    const struct heed_skin *skin = &compare->skin;
    const struct heed_rect cells = grid->cells[index];
    const float s = compare->s, end = cells.x + cells.w;
    const float width = fmaxf(cells.w, 40 * s);
    struct heed_rect bar = {cells.x, roundf(cells.y + cells.h + 10 * s), width, 7 * s};
    const float cy = bar.y + bar.h + 11 * s;
    char low[48], high[40];
    put_end(map, false, low, sizeof(low));
    put_end(map, true, high, sizeof(high));
    const struct heed_text_style style = heed_widget_style(skin, 12, 400);
    heed_widget_palette(skin, bar, 2 * s, map->palette, false);
    heed_sign_draw(skin, (struct heed_rect){bar.x, bar.y, bar.h, bar.h}, map->palette->stops[0],
                   map->low, map->high);
    const float ends[] = {heed_widget_width(skin, style, low),
                          heed_widget_width(skin, style, high)};
    const char *title = scale_title(map->kind, false);
    const float room = width - 2 * fmaxf(ends[0], ends[1]) - 12 * s;
    const bool has_ends = ends[0] + ends[1] + 8 * s <= width;
    if (map->kind == HEED_COMPARE_B) { /* its ends are A's */
        if (heed_widget_width(skin, style, title) > width + HEED_COMPARE_MAP_GAP * s) {
            title = "as A";
        }
        heed_widget_middle(skin, cells.x + width / 2, cy, 12, 400, theme->muted, title, 0);
        return;
    }
    if (has_ends) {
        heed_widget_left(skin, cells.x, cy, 12, 400, theme->muted, low, 0);
        heed_widget_right(skin, fmaxf(end, cells.x + width), cy, 12, 400, theme->muted, high, 0);
    }
    if (heed_widget_width(skin, style, title) <= room) {
        heed_widget_middle(skin, cells.x + width / 2, cy, 12, 400, theme->muted, title, 0);
    }
}

/* --- titles --- */

/* The words that only one side has at a replaced place: "tired" of A. */
static void changed_words(const struct heed_compare *compare, bool b, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < compare->n && used < size; i++) {
        const struct heed_aligned *at = &compare->places[i];
        const int unit = b ? at->b : at->a;
        const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
        if (!at->same && unit >= 0) {
            used += (size_t)snprintf(text + used, size - used, "%s%s", used > 0 ? " " : "",
                                     maps->units[unit].label);
        }
    }
}

/* "A tired", over its map, as far as there is room. */
static void draw_map_title(const struct heed_compare_grid *grid, int index, float cy, float end)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const struct heed_skin *skin = &compare->skin;
    const enum heed_compare_map kind = grid->maps[index].kind;
    const float s = compare->s;
    char text[96] = "change";
    float x = grid->cells[index].x;
    if (kind != HEED_COMPARE_DIFFERENCE && heed_compares_models(compare->frame->result)) {
        heed_name_side_model(compare->frame->result, kind == HEED_COMPARE_B, text, sizeof(text));
    } else if (kind != HEED_COMPARE_DIFFERENCE) {
        changed_words(compare, kind == HEED_COMPARE_B, text, sizeof(text));
    }
    x += heed_widget_left(skin, x, cy, 14, 600, theme->text, scale_title(kind, true), 0) + 10 * s;
    if (heed_widget_width(skin, heed_widget_style(skin, 14, 400), text) <= end - x) {
        heed_widget_left(skin, x, cy, 14, 400, theme->muted, text, 0);
    }
}

static struct heed_target choice(enum heed_compare_map kind)
{
    return heed_command_target(HEED_COMMAND_COMPARE_MAP, (int)kind + 1);
}

/* Weights or hidden states; returns where it begins. */
static float draw_choices(const struct heed_compare *compare, float end, float cy)
{
    static const char *const labels[] = {"Weights", "States"};
    const int active = compare->frame->state->compare_map == HEED_COMPARE_LAYERS;
    const float w = heed_widget_segments_width(&compare->skin, labels, 2), h = 28 * compare->s;
    struct heed_target targets[] = {choice(HEED_COMPARE_DIFFERENCE), choice(HEED_COMPARE_LAYERS)};
    const float x = roundf(end - w);
    targets[1].flags = compare->comparison->cosines == NULL ? HEED_TARGET_FLAG_LACKS : 0;
    targets[active] = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_widget_segments(&compare->skin, (struct heed_rect){x, roundf(cy - h / 2), w, h}, labels, 2,
                         active, targets);
    return x;
}

/* Why A's map is alone: in the row above it, or beside it where tabs take that row. */
static void say_alone(const struct heed_compare_grid *grid, float x, float cy, float end)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_color muted = compare->frame->theme->muted;
    const struct heed_rect cells = grid->cells[0];
    const float s = compare->s, beside = cells.x + cells.w + 24 * s;
    char text[128];
    heed_say_lacks_head(compare->frame->result, grid->maps[0].head.id, text, sizeof(text));
    if (!compare->folded) {
        heed_widget_left(&compare->skin, x, cy, 14, 400, muted, text, fmaxf(end - x, 1));
    } else if (end - beside >= 72 * s) {
        const int most = (int)fmaxf(cells.h / (19 * s), 1);
        heed_text_wrapped(&compare->skin, beside, cells.y + 8 * s, 19 * s,
                          heed_widget_style(&compare->skin, 14, 400), muted, text, end - beside,
                          most);
    }
}

static void draw_titles(const struct heed_compare_grid *grid, float cy)
{
    const struct heed_compare *compare = grid->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, gap = 12 * s;
    const bool layers = grid->maps[0].kind == HEED_COMPARE_LAYERS;
    const struct heed_shown_map *head = &grid->maps[0].head;
    float x = compare->map.x + compare->pad, end = compare->map.x + compare->map.w - 20 * s;
    if (!compare->folded) {
        end = draw_choices(compare, end, cy) - gap;
        if (!layers) {
            heed_chip_draw(&compare->skin, x, cy, 14, head->color, head->dashed);
            x += 22 * s;
        }
        x += heed_widget_left(&compare->skin, x, cy, 14, 600, theme->text,
                              layers ? "Hidden states" : head->name, 0) +
             gap;
        if (layers) {
            heed_widget_left(&compare->skin, x, cy, 14, 400, theme->muted,
                             "cosine of A and B, words of both", fmaxf(end - x, 1));
        }
    }
    if (!layers && grid->n == 1) {
        say_alone(grid, x, cy, end);
        return;
    }
    for (int i = 0; !layers && !compare->folded && i < grid->n; i++) {
        const float next = i + 1 < grid->n ? grid->cells[i + 1].x - gap : end;
        if (grid->cells[i].x >= x && grid->cells[i].x + 44 * s <= end) {
            draw_map_title(grid, i, cy, fminf(next, end));
        }
    }
}

/* --- all of it --- */

static void draw_grid(const struct heed_compare_grid *grid)
{
    const struct heed_compare *compare = grid->compare;
    const bool layers = grid->maps[0].kind == HEED_COMPARE_LAYERS;
    const struct heed_range query =
        heed_compare_find_range(&grid->maps[0], &compare->query, !layers);
    const struct heed_range key = heed_compare_find_range(&grid->maps[0], &compare->key, false);
    draw_row_labels(grid, query);
    for (int i = 0; i < grid->n; i++) {
        draw_cells(grid, i);
        draw_cosines(grid, query);
        draw_column_labels(grid, i, layers ? query : key);
        draw_marks(grid, i, &compare->pinned_query, &compare->pinned_key, 1.5F);
        draw_marks(grid, i, &compare->hover_query, &compare->hover_key, 1);
        if (compare->folded) {
            draw_low_scale(grid, i);
        } else {
            draw_scale(grid, i);
        }
    }
}

static bool find_maps(struct heed_compare_grid *grid)
{
    static const enum heed_compare_map kinds[] = {HEED_COMPARE_A, HEED_COMPARE_DIFFERENCE,
                                                  HEED_COMPARE_B};
    const struct heed_compare *compare = grid->compare;
    const bool layers = compare->frame->state->compare_map == HEED_COMPARE_LAYERS;
    struct heed_shown_map head = {0};
    if (!heed_shown_matrix(compare->frame, &head) && !layers) {
        return false;
    }
    grid->n = layers                                     ? 1
              : heed_maps_have(compare->maps_b, head.id) ? (int)HEED_COUNT(kinds)
                                                         : 1; /* A's alone */
    for (int i = 0; i < grid->n; i++) {
        grid->maps[i] =
            (struct heed_compare_values){.compare = compare,
                                         .kind = layers ? HEED_COMPARE_LAYERS : kinds[i],
                                         .head = head,
                                         .all_places = !layers};
        if (!heed_compare_find_values(&grid->maps[i])) {
            return false;
        }
    }
    return true;
}

void heed_compare_draw_map(const struct heed_compare *compare)
{
    struct heed_compare_grid grid = {.compare = compare};
    const float s = compare->s, cy = compare->map.y + 22 * s;
    const float head = (compare->folded ? 40 : 38) * s;
    const bool layers = compare->frame->state->compare_map == HEED_COMPARE_LAYERS;
    if (!find_maps(&grid)) {
        if (!compare->folded) {
            draw_choices(compare, compare->map.x + compare->map.w - 20 * s, cy);
        }
        heed_widget_left(&compare->skin, compare->map.x + compare->pad,
                         compare->map.y + head + 10 * s, 14, 400, compare->frame->theme->muted,
                         layers ? heed_compare_no_states(compare)
                                : "No head is shown: click a cell of the head map.",
                         compare->map.w - 2 * compare->pad);
        return;
    }
    const struct heed_rect room = {compare->map.x + compare->pad, compare->map.y + head,
                                   compare->map.w - compare->pad - 20 * s, compare->map.h - head};
    if (heed_compare_grid_place(&grid, room)) {
        draw_titles(&grid, cy);
        draw_grid(&grid);
    }
}
