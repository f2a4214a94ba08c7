#include "scene/views/compare/map.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/signs.h"
#include "scene/views/compare/heads.h"
#include "scene/views/compare/layout.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { MOST_CELL = 16, MOST_LAYER_CELL = 26, MOST_LABEL = 90 };

static const float SIN45 = 0.70710678F;

/* One map with its labels: a difference, one side, or the hidden states. */
struct map {
    const struct heed_compare *compare;
    enum heed_compare_map kind;
    struct heed_shown_map head;
    const int *places;   /* of the columns (but of one side's map) */
    const float *values; /* [rows, columns] */
    uint64_t id;
    int rows, columns;
    float low, high;
    const struct heed_palette *palette;
    float cell_w, cell_h;
    struct heed_rect cells;
};

static uint64_t mixed(uint64_t a, uint64_t b)
{
    return a ^ (b + 0x9E3779B97F4A7C15U + (a << 6) + (a >> 2));
}

/* The same for the same content, whatever frame it is. */
static uint64_t find_id(const struct map *map)
{
    const struct heed_compare *compare = map->compare;
    uint64_t id = mixed(compare->maps_a->id, compare->maps_b->id);
    id = mixed(id, (uint64_t)map->kind + 1);
    id = mixed(id, (uint64_t)(uint16_t)map->head.id.layer << 16 | (uint16_t)map->head.id.head);
    return id != 0 ? id : 1;
}

/* The places that both texts have; NULL without memory. */
static const int *find_places(const struct heed_compare *compare)
{
    const int n = heed_difference_count(&compare->comparison->units);
    int *places = heed_arena_zeroed(&compare->frame->list->arena, (size_t)n + 1, sizeof(*places));
    for (int i = 0, next = 0; places != NULL && i < compare->n; i++) {
        if (compare->places[i].a >= 0 && compare->places[i].b >= 0) {
            places[next++] = i;
        }
    }
    return places;
}

/* Four at a time, and without fmaxf: a call for each of 260,000 values. */
static float largest_of(const float *values, size_t n)
{
    float most[4] = {0};
    for (size_t i = 0; i < n; i++) {
        const float value = fabsf(values[i]);
        most[i % 4] = value > most[i % 4] ? value : most[i % 4];
    }
    const float largest = fmaxf(fmaxf(most[0], most[1]), fmaxf(most[2], most[3]));
    return fmaxf(ceilf(largest * 10 - 0.001F) / 10, 0.1F);
}

static bool find_difference(struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const size_t n = (size_t)heed_difference_count(&compare->comparison->units);
    float *values = heed_arena_alloc(&compare->frame->list->arena, (n * n + 1) * sizeof(*values));
    map->places = find_places(compare);
    if (values == NULL || map->places == NULL) {
        compare->frame->list->failed = true;
        return false;
    }
    heed_difference_fill(values, compare->maps_a, compare->maps_b, &compare->comparison->units,
                         map->head.id.layer, map->head.id.head);
    map->rows = map->columns = (int)n;
    map->values = values;
    map->high = largest_of(values, n * n);
    map->low = -map->high;
    map->palette = heed_palette_get(compare->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    return n > 0;
}

static bool find_side(struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_maps *maps = map->kind == HEED_COMPARE_B ? compare->maps_b : compare->maps_a;
    const struct heed_head_id id = map->head.id;
    map->values = id.layer < 0 ? maps->aggregate : heed_maps_row(maps, id.layer, id.head, 0);
    map->rows = map->columns = maps->n;
    map->high = 1;
    return maps->n > 0;
}

/* What the states differ by: 1 - cosine, so that what stays alike is pale. */
static bool find_layers(struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_comparison *comparison = compare->comparison;
    const int columns = heed_difference_count(&comparison->units);
    const int rows = compare->maps_a->n_layers + 1;
    const size_t n = (size_t)rows * (size_t)columns;
    float *values = heed_arena_alloc(&compare->frame->list->arena, (n + 1) * sizeof(*values));
    map->places = find_places(compare);
    if (values == NULL || map->places == NULL) {
        compare->frame->list->failed = true;
        return false;
    }
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            values[i * columns + j] = 1 - comparison->cosines[i * compare->n + map->places[j]];
        }
    }
    map->head.id = (struct heed_head_id){-1, -1};
    map->values = values;
    map->rows = rows;
    map->columns = columns;
    map->high = largest_of(values, n);
    return n > 0;
}

static bool find_map(struct map *map)
{
    const struct heed_state *state = map->compare->frame->state;
    map->palette = heed_palette_get(state->theme, state->palette);
    bool ok = false;
    if (map->kind == HEED_COMPARE_LAYERS) {
        ok = find_layers(map);
    } else if (!heed_shown_matrix(map->compare->frame, &map->head)) {
        return false;
    } else if (map->kind == HEED_COMPARE_DIFFERENCE) {
        ok = find_difference(map);
    } else {
        ok = find_side(map);
    }
    map->id = find_id(map);
    return ok;
}

static void put_label(const struct map *map, int index, bool is_row, char *text, size_t size)
{
    const struct heed_compare *compare = map->compare;
    if (map->kind == HEED_COMPARE_LAYERS && is_row) {
        snprintf(text, size, index == 0 ? "Embedding" : "Layer %d", index - 1);
    } else if (map->places != NULL) {
        heed_compare_label(compare, map->places[index], text, size);
    } else {
        const struct heed_maps *maps =
            map->kind == HEED_COMPARE_B ? compare->maps_b : compare->maps_a;
        snprintf(text, size, "%s", maps->units[index].label);
    }
}

/* The rows or columns of a pin. */
static struct heed_range find_range(const struct map *map, const struct heed_compared_pin *pin)
{
    struct heed_range range = {0, 0};
    if (map->places == NULL) {
        return map->kind == HEED_COMPARE_B ? pin->b : pin->a;
    }
    for (int i = 0; i < map->columns; i++) {
        if (heed_range_has(pin->places, map->places[i])) {
            range.first = range.count == 0 ? i : range.first;
            range.count = i - range.first + 1;
        }
    }
    return range;
}

static float widest_label(const struct map *map, bool rows)
{
    enum { MEASURED = 256 };
    const struct heed_compare *compare = map->compare;
    const struct heed_text_style style = heed_widget_style(&compare->skin, 12, 600);
    const int n = rows ? map->rows : map->columns;
    float widest = 0;
    for (int i = 0; i < n && i < MEASURED; i++) {
        char text[128];
        put_label(map, i, rows, text, sizeof(text));
        widest = fmaxf(widest, heed_widget_width(&compare->skin, style, text));
    }
    return fminf(widest, MOST_LABEL * compare->s);
}

static void place_cells(struct map *map, struct heed_rect rect)
{
    const struct heed_compare *compare = map->compare;
    const float s = compare->s;
    const bool is_export = compare->frame->is_export;
    const bool layers = map->kind == HEED_COMPARE_LAYERS;
    const float top = rect.y + widest_label(map, false) * SIN45 + 8 * s;
    const float left = rect.x + widest_label(map, true) + 8 * s;
    const float width = rect.x + rect.w - left - 50 * s;
    const float height = rect.y + rect.h - top - (is_export ? 6 : 12) * s;
    const float most = (layers ? MOST_LAYER_CELL : MOST_CELL) * s;
    float w = fminf(width / (float)map->columns, most);
    float h = fminf(height / (float)map->rows, most);
    if (!layers) {
        w = h = fminf(w, h);
    }
    if (!is_export) {
        w = w >= 4 ? floorf(w) : w;
        h = h >= 4 ? floorf(h) : h;
    }
    map->cell_w = fmaxf(w, 0.05F);
    map->cell_h = fmaxf(h, 0.05F);
    map->cells = (struct heed_rect){roundf(left), roundf(top), map->cell_w * (float)map->columns,
                                    map->cell_h * (float)map->rows};
}

static int label_step(const struct map *map, float cell)
{
    return (int)fmaxf(ceilf(11.5F * map->compare->s / cell), 1);
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
    const struct heed_compare *compare = map->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const int step = label_step(map, map->cell_h);
    if (map->kind == HEED_COMPARE_LAYERS) {
        query.count = 0; /* rows are layers */
    }
    for (int i = 0; i < map->rows; i++) {
        if (!has_label(i, step, query)) {
            continue;
        }
        char text[128];
        const bool pinned = heed_range_has(query, i);
        put_label(map, i, true, text, sizeof(text));
        heed_widget_right(&compare->skin, map->cells.x - 6 * s,
                          map->cells.y + ((float)i + 0.5F) * map->cell_h, 12, pinned ? 600 : 400,
                          pinned ? theme->text : theme->muted, text, MOST_LABEL * s);
    }
}

static void draw_column_labels(const struct map *map, struct heed_range key)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const int step = label_step(map, map->cell_w);
    for (int j = 0; j < map->columns; j++) {
        if (!has_label(j, step, key)) {
            continue;
        }
        char text[128];
        const bool pinned = heed_range_has(key, j);
        const struct heed_text_style style =
            heed_widget_style(&compare->skin, 12, pinned ? 600 : 400);
        float width = 0;
        put_label(map, j, false, text, sizeof(text));
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
    const struct heed_compare *compare = map->compare;
    if (map->kind == HEED_COMPARE_LAYERS) { /* the word's column */
        key = query;
        query = (struct heed_range){0, map->rows};
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
    const float values[] = {map->high, (map->low + map->high) / 2, map->low};
    char number[32];
    if (map->kind == HEED_COMPARE_LAYERS) {
        heed_format_number(number, sizeof(number), (double)(1 - values[end]), end == 2 ? 0 : 2);
    } else {
        const bool whole = values[end] == 0 || values[end] == 1;
        heed_format_number(number, sizeof(number), (double)values[end], whole ? 0 : 1);
    }
    snprintf(text, size, "%s%s", map->kind == HEED_COMPARE_DIFFERENCE && end == 0 ? "+" : "",
             number);
}

static void draw_color_bar(const struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const struct heed_rect bar = {map->cells.x + map->cells.w + 10 * s, map->cells.y, 10 * s,
                                  map->cells.h};
    heed_widget_palette(&compare->skin, bar, 2 * s, map->palette, true);
    heed_sign_draw(&compare->skin, (struct heed_rect){bar.x, bar.y + bar.h - bar.w, bar.w, bar.w},
                   map->palette->stops[0], map->low, map->high);
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
    const struct heed_frame *frame = map->compare->frame;
    struct heed_list *list = frame->list;
    const float least = fminf(map->cell_w, map->cell_h);
    const float gap = least >= 6 * map->compare->s ? 1 : 0;
    heed_list_fill(list, map->cells, 0, frame->theme->border);
    list->target = heed_target_of(HEED_TARGET_CELL, map->head.id.layer, map->head.id.head,
                                  1 + (int32_t)map->kind);
    const struct heed_item_heatmap cells = {.rect = map->cells,
                                            .values = {.id = map->id,
                                                       .data = map->values,
                                                       .n_slices = 1,
                                                       .n_rows = map->rows,
                                                       .n_columns = map->columns},
                                            .rows = map->rows,
                                            .columns = map->columns,
                                            .gap = gap,
                                            .low = map->low,
                                            .high = map->high,
                                            .palette = *map->palette};
    heed_list_heatmap(list, cells);
    heed_signs_draw(&map->compare->skin, &cells);
    list->target = (struct heed_target){0};
}

/* The map in its rectangle; nothing if there is none. */
static bool draw_map(const struct heed_compare *compare, enum heed_compare_map kind,
                     struct heed_rect rect)
{
    struct map map = {.compare = compare, .kind = kind};
    if (!find_map(&map)) {
        return false;
    }
    place_cells(&map, rect);
    const struct heed_range query = find_range(&map, &compare->query);
    const struct heed_range key = find_range(&map, &compare->key);
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
    const bool is_export = compare->frame->is_export;
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
    const float pad = (is_export ? 4 : 28) * s;
    const float top = (is_export ? 22 : compare->folded ? 44 : 46) * s;
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
