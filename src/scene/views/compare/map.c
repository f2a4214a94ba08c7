#include "scene/views/compare/map.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/signs.h"
#include "scene/views/compare/heads.h"
#include "scene/views/compare/values.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { MOST_CELL = 16, MOST_LAYER_CELL = 26, MOST_LABEL = 90 };

static const float SIN45 = 0.70710678F;

/* One map with its labels. */
struct map {
    struct heed_compare_values values;
    float cell_w, cell_h;
    struct heed_rect cells;
};

static float widest_label(const struct map *map, bool rows)
{
    enum { MEASURED = 256 };
    const struct heed_compare *compare = map->values.compare;
    const struct heed_text_style style = heed_widget_style(&compare->skin, 12, 600);
    const int n = rows ? map->values.rows : map->values.columns;
    float widest = 0;
    for (int i = 0; i < n && i < MEASURED; i++) {
        char text[128];
        heed_compare_name(&map->values, i, rows, text, sizeof(text));
        widest = fmaxf(widest, heed_widget_width(&compare->skin, style, text));
    }
    return fminf(widest, MOST_LABEL * compare->s);
}

static void place_cells(struct map *map, struct heed_rect rect)
{
    const struct heed_compare *compare = map->values.compare;
    const float s = compare->s;
    const bool layers = map->values.kind == HEED_COMPARE_LAYERS;
    const float top = rect.y + widest_label(map, false) * SIN45 + 8 * s;
    const float left = rect.x + widest_label(map, true) + 8 * s;
    const float width = rect.x + rect.w - left - 50 * s;
    const float height = rect.y + rect.h - top - 12 * s;
    const float most = (layers ? MOST_LAYER_CELL : MOST_CELL) * s;
    float w = fminf(width / (float)map->values.columns, most);
    float h = fminf(height / (float)map->values.rows, most);
    if (!layers) {
        w = h = fminf(w, h);
    }
    w = w >= 4 ? floorf(w) : w;
    h = h >= 4 ? floorf(h) : h;
    map->cell_w = fmaxf(w, 0.05F);
    map->cell_h = fmaxf(h, 0.05F);
    map->cells =
        (struct heed_rect){roundf(left), roundf(top), map->cell_w * (float)map->values.columns,
                           map->cell_h * (float)map->values.rows};
}

static int label_step(const struct map *map, float cell)
{
    return (int)fmaxf(ceilf(11.5F * map->values.compare->s / cell), 1);
}

/* Every step-th, but for those next to a pinned one, which is. */
static bool has_label(int index, int step, struct heed_range pinned)
{
    const int near = step - 1;
    if (pinned.count > 0 && index >= pinned.first - near &&
        index < pinned.first + pinned.count + near) {
        return heed_range_has(pinned, index);
    }
    return index % step == 0;
}

static void draw_row_labels(const struct map *map, struct heed_range query)
{
    const struct heed_compare *compare = map->values.compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const int step = label_step(map, map->cell_h);
    if (map->values.kind == HEED_COMPARE_LAYERS) {
        query.count = 0; /* rows are layers */
    }
    for (int i = 0; i < map->values.rows; i++) {
        if (!has_label(i, step, query)) {
            continue;
        }
        char text[128];
        const bool pinned = heed_range_has(query, i);
        heed_compare_name(&map->values, i, true, text, sizeof(text));
        heed_widget_right(&compare->skin, map->cells.x - 6 * s,
                          map->cells.y + ((float)i + 0.5F) * map->cell_h, 12, pinned ? 600 : 400,
                          pinned ? theme->text : theme->muted, text, MOST_LABEL * s);
    }
}

static void draw_column_labels(const struct map *map, struct heed_range key)
{
    const struct heed_compare *compare = map->values.compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const int step = label_step(map, map->cell_w);
    for (int j = 0; j < map->values.columns; j++) {
        if (!has_label(j, step, key)) {
            continue;
        }
        char text[128];
        const bool pinned = heed_range_has(key, j);
        const struct heed_text_style style =
            heed_widget_style(&compare->skin, 12, pinned ? 600 : 400);
        float width = 0;
        heed_compare_name(&map->values, j, false, text, sizeof(text));
        const char *fitted = heed_label_fit(&compare->skin, style, text, MOST_LABEL * s, &width);
        heed_list_text(compare->skin.list,
                       (struct heed_item_text){.x = map->cells.x + ((float)j + 0.5F) * map->cell_w +
                                                    0.3F * style.size,
                                               .y = map->cells.y - 5 * s,
                                               .style = style,
                                               .anchor = HEED_ANCHOR_START,
                                               .angle = -0.78539816F,
                                               .color = pinned ? theme->text : theme->muted,
                                               .text = fitted,
                                               .length = (uint32_t)strlen(fitted)});
    }
}

static void draw_ring(const struct map *map, struct heed_range query, struct heed_range key)
{
    const struct heed_compare *compare = map->values.compare;
    if (map->values.kind == HEED_COMPARE_LAYERS) { /* the word's column */
        key = query;
        query = (struct heed_range){0, map->values.rows};
    }
    if (query.count == 0 || key.count == 0) {
        return;
    }
    heed_list_outline(compare->skin.list,
                      (struct heed_rect){map->cells.x + (float)key.first * map->cell_w,
                                         map->cells.y + (float)query.first * map->cell_h,
                                         fmaxf((float)key.count * map->cell_w, 4 * compare->s),
                                         fmaxf((float)query.count * map->cell_h, 4 * compare->s)},
                      2 * compare->s, 2 * compare->s, compare->frame->theme->ink);
}

/* "+0.4", "0", "−0.4"; of hidden states the cosines. */
static void put_end(const struct map *map, int end, char *text, size_t size)
{
    const float values[] = {map->values.high, (map->values.low + map->values.high) / 2,
                            map->values.low};
    char number[32];
    if (map->values.kind == HEED_COMPARE_LAYERS) {
        heed_format_number(number, sizeof(number), (double)(1 - values[end]), end == 2 ? 0 : 2);
    } else {
        const bool whole = values[end] == 0 || values[end] == 1;
        heed_format_number(number, sizeof(number), (double)values[end], whole ? 0 : 1);
    }
    snprintf(text, size, "%s%s", map->values.kind == HEED_COMPARE_DIFFERENCE && end == 0 ? "+" : "",
             number);
}

static void draw_color_bar(const struct map *map)
{
    const struct heed_compare *compare = map->values.compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const struct heed_rect bar = {map->cells.x + map->cells.w + 10 * s, map->cells.y, 10 * s,
                                  map->cells.h};
    heed_widget_palette(&compare->skin, bar, 2 * s, map->values.palette, true);
    heed_sign_draw(&compare->skin, (struct heed_rect){bar.x, bar.y + bar.h - bar.w, bar.w, bar.w},
                   map->values.palette->stops[0], map->values.low, map->values.high);
    const float shift[] = {5, 0, -5};
    for (int i = 0; i < 3; i++) {
        char text[40];
        if (i == 1 && bar.h < 48 * s) {
            continue;
        }
        put_end(map, i, text, sizeof(text));
        heed_widget_left(&compare->skin, bar.x + bar.w + 5 * s,
                         bar.y + bar.h * (float)i / 2 + shift[i] * s, 12, 400, theme->muted, text,
                         0);
    }
}

static void draw_cells(const struct map *map)
{
    const struct heed_frame *frame = map->values.compare->frame;
    struct heed_list *list = frame->list;
    const float least = fminf(map->cell_w, map->cell_h);
    const float gap = least >= 6 * map->values.compare->s ? 1 : 0;
    heed_list_fill(list, map->cells, 0, frame->theme->border);
    list->target = heed_target_of(HEED_TARGET_CELL, map->values.head.id.layer,
                                  map->values.head.id.head, 1 + (int32_t)map->values.kind);
    const struct heed_item_heatmap cells = {.rect = map->cells,
                                            .values = {.id = map->values.id,
                                                       .data = map->values.values,
                                                       .n_slices = 1,
                                                       .n_rows = map->values.rows,
                                                       .n_columns = map->values.columns},
                                            .rows = map->values.rows,
                                            .columns = map->values.columns,
                                            .gap = gap,
                                            .low = map->values.low,
                                            .high = map->values.high,
                                            .palette = *map->values.palette};
    heed_list_heatmap(list, cells);
    heed_signs_draw(&map->values.compare->skin, &cells);
    list->target = (struct heed_target){0};
}

/* The map in its rectangle; nothing if there is none. */
static bool draw_map(const struct heed_compare *compare, enum heed_compare_map kind,
                     struct heed_rect rect)
{
    struct map map = {.values = {.compare = compare, .kind = kind}};
    const bool has_head = heed_shown_matrix(compare->frame, &map.values.head);
    if ((kind != HEED_COMPARE_LAYERS && !has_head) || !heed_compare_find_values(&map.values)) {
        return false;
    }
    place_cells(&map, rect);
    const struct heed_range query = heed_compare_find_range(&map.values, &compare->query);
    const struct heed_range key = heed_compare_find_range(&map.values, &compare->key);
    draw_cells(&map);
    draw_row_labels(&map, query);
    draw_column_labels(&map, kind == HEED_COMPARE_LAYERS ? query : key);
    draw_ring(&map, query, key);
    draw_color_bar(&map);
    return true;
}

/* A, the difference in the middle, B. */
static void draw_three(const struct heed_compare *compare, struct heed_rect rect)
{
    static const enum heed_compare_map kinds[] = {HEED_COMPARE_A, HEED_COMPARE_DIFFERENCE,
                                                  HEED_COMPARE_B};
    static const char *const titles[] = {"A", "B \xE2\x88\x92 A", "B"};
    const float s = compare->s, w = rect.w / 3;
    for (int i = 0; i < 3; i++) {
        const float x = rect.x + (float)i * w;
        heed_widget_left(&compare->skin, x, rect.y + 8 * s, 13, 600, compare->frame->theme->text,
                         titles[i], w);
        if (!draw_map(compare, kinds[i],
                      (struct heed_rect){x, rect.y + 16 * s, w - 8 * s, rect.h - 16 * s})) {
            heed_widget_left(&compare->skin, x, rect.y + 32 * s, 13, 400,
                             compare->frame->theme->muted, "No word is in both.", w);
        }
    }
}

static const char *explain(const struct heed_compare *compare, enum heed_compare_map kind)
{
    const int n = heed_difference_count(&compare->comparison->units);
    switch (kind) {
    case HEED_COMPARE_A:
        return "in A";
    case HEED_COMPARE_B:
        return "in B";
    case HEED_COMPARE_LAYERS:
        return "cosine of A and B";
    default:
        return n < compare->n ? "B \xE2\x88\x92 A, words of both" : "B \xE2\x88\x92 A, row by row";
    }
}

static struct heed_target choice(enum heed_compare_map kind)
{
    return heed_command_target(HEED_COMMAND_COMPARE_MAP, (int)kind + 1);
}

static float draw_choices(const struct heed_compare *compare, struct heed_rect rect, bool three)
{
    static const char *const few[] = {"Weights", "States"};
    static const char *const all[] = {"A", "B \xE2\x88\x92 A", "B", "States"};
    static const enum heed_compare_map kinds[] = {HEED_COMPARE_A, HEED_COMPARE_DIFFERENCE,
                                                  HEED_COMPARE_B, HEED_COMPARE_LAYERS};
    const enum heed_compare_map kind = compare->frame->state->compare_map;
    const float end = rect.x + rect.w - (compare->folded ? 28 : 20) * compare->s;
    if (three) {
        const struct heed_target targets[] = {choice(HEED_COMPARE_DIFFERENCE),
                                              choice(HEED_COMPARE_LAYERS)};
        return heed_compare_choices(compare, rect, end, few, 2, kind == HEED_COMPARE_LAYERS,
                                    targets);
    }
    struct heed_target targets[4];
    int active = 0;
    for (int i = 0; i < 4; i++) {
        targets[i] = choice(kinds[i]);
        active = kinds[i] == kind ? i : active;
    }
    return heed_compare_choices(compare, rect, end, all, 4, active, targets);
}

void heed_compare_draw_map(const struct heed_compare *compare)
{
    const enum heed_compare_map kind = compare->frame->state->compare_map;
    const float s = compare->s;
    const bool layers = kind == HEED_COMPARE_LAYERS;
    const bool three = compare->folded && !layers;
    struct heed_shown_map head = {0};
    const bool has_head = heed_shown_matrix(compare->frame, &head);
    struct heed_rect rect = heed_compare_tabs(compare, compare->map);
    const float end = draw_choices(compare, rect, compare->folded);
    heed_compare_title(compare, rect, end,
                       layers     ? "Hidden states"
                       : has_head ? head.heading
                                  : "B \xE2\x88\x92 A",
                       layers || has_head
                           ? (three ? "in A, the change, in B" : explain(compare, kind))
                           : "no head is shown");
    const float pad = 28 * s;
    const float top = (compare->folded ? 44 : 46) * s;
    rect = (struct heed_rect){compare->map.x + pad, rect.y + top, compare->map.w - pad - 4 * s,
                              rect.h - top};
    if (!layers && !has_head) {
        return;
    }
    if (three) {
        draw_three(compare, rect);
    } else if (!draw_map(compare, kind, rect)) {
        heed_widget_left(&compare->skin, rect.x, rect.y + 10 * s, 14, 400,
                         compare->frame->theme->muted, "No word is in both texts.", rect.w);
    }
}
