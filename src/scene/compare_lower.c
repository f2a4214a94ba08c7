#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/compare_parts.h"

enum { MOST_CELL = 16, ROW = 27 };

static const float SIN45 = 0.70710678F;

/* The difference of one head's maps over the places that both texts have. */
struct map {
    const struct heed_compare *compare;
    struct heed_shown_map head;
    const int *places; /* [n] */
    int n;
    float *values; /* [n, n]: B - A */
    float limit;   /* of the colours */
    float cell;
    struct heed_rect cells;
};

static bool find_map(struct map *map, const struct heed_compare *compare)
{
    struct heed_frame *frame = compare->frame;
    const struct heed_comparison *comparison = compare->comparison;
    map->compare = compare;
    map->n = heed_difference_count(&comparison->units);
    if (!heed_shown_matrix(frame, &map->head) || map->n == 0) {
        return false;
    }
    if (map->head.id.layer < 0) { /* an average: its first head stands for it */
        map->head.id = frame->state->matrix_head;
        heed_head_name(map->head.id, map->head.name, sizeof(map->head.name));
    }
    const size_t n = (size_t)map->n;
    map->values = heed_arena_alloc(&frame->list->arena, n * n * sizeof(float));
    int *places = heed_arena_alloc(&frame->list->arena, n * sizeof(*places));
    if (map->values == NULL || places == NULL) {
        frame->list->failed = true;
        return false;
    }
    heed_difference_fill(map->values, compare->maps_a, compare->maps_b,
                         &comparison->units, map->head.id.layer,
                         map->head.id.head);
    float largest = 0;
    for (size_t i = 0; i < n * n; i++) {
        largest = fmaxf(largest, fabsf(map->values[i]));
    }
    map->limit = fmaxf(ceilf(largest * 10 - 0.001F) / 10, 0.1F);
    int next = 0;
    for (int i = 0; i < compare->n; i++) {
        if (compare->places[i].a >= 0 && compare->places[i].b >= 0) {
            places[next++] = i;
        }
    }
    map->places = places;
    return true;
}

static float widest_label(const struct map *map)
{
    enum { MEASURED = 256 };
    const struct heed_compare *compare = map->compare;
    const struct heed_text_style style = heed_compare_style(compare, 12, 600);
    float widest = 0;
    for (int i = 0; i < map->n && i < MEASURED; i++) {
        char text[128];
        heed_compare_label(compare, map->places[i], text, sizeof(text));
        widest = fmaxf(widest, heed_text_width(compare->skin.metrics, style,
                                               text, strlen(text)));
    }
    return fminf(widest, 90 * compare->s);
}

static void place_cells(struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const float s = compare->s;
    const bool is_export = compare->frame->is_export;
    const struct heed_rect rect = compare->matrix;
    const float labels = widest_label(map);
    const float pad = (is_export ? 4 : 28) * s, head = (is_export ? 22 : 42) * s;
    const float top = rect.y + head + labels * SIN45 + 8 * s;
    const float left = rect.x + pad + labels + 8 * s;
    const float width = rect.x + rect.w - left - 62 * s;
    const float height = rect.y + rect.h - top - (is_export ? 6 : 16) * s;
    float cell = fminf(fminf(width, height) / (float)map->n, MOST_CELL * s);
    if (!is_export && cell >= 4) {
        cell = floorf(cell);
    }
    map->cell = fmaxf(cell, 0.05F);
    const float size = map->cell * (float)map->n;
    map->cells = (struct heed_rect){roundf(left), roundf(top), size, size};
}

static bool points_at(struct heed_range range, int place)
{
    return place >= range.first && place < range.first + range.count;
}

/* Every step-th label is drawn, but for those next to a pinned one, which is. */
static bool draws_label(const struct map *map, struct heed_range pinned, int i,
                        int step)
{
    for (int k = i - step + 1; k < i + step; k++) {
        if (k >= 0 && k < map->n && points_at(pinned, map->places[k])) {
            return points_at(pinned, map->places[i]);
        }
    }
    return i % step == 0;
}

static void draw_row_label(const struct map *map, int i, float at, const char *text)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const bool query = points_at(compare->query, map->places[i]);
    heed_widget_text(
        &compare->skin, map->cells.x - 6 * compare->s, map->cells.y + at,
        heed_compare_style(compare, 12, query ? 600 : 400), HEED_ANCHOR_END,
        query ? theme->text : theme->muted, text, 90 * compare->s);
}

static void draw_column_label(const struct map *map, int i, float at,
                              const char *text)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const bool key = points_at(compare->key, map->places[i]);
    const float s = compare->s;
    const struct heed_text_style style =
        heed_compare_style(compare, 12, key ? 600 : 400);
    float width = 0;
    const char *fitted =
        heed_label_fit(&compare->skin, style, text, 90 * s, &width);
    heed_list_text(
        compare->skin.list,
        (struct heed_item_text){.x = map->cells.x + at + 0.3F * style.size,
                                .y = map->cells.y - 5 * s,
                                .style = style,
                                .anchor = HEED_ANCHOR_START,
                                .angle = -0.78539816F,
                                .color = key ? theme->text : theme->muted,
                                .text = fitted,
                                .length = (uint32_t)strlen(fitted)});
}

static void draw_map_labels(const struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const int step = (int)fmaxf(ceilf(11.5F * compare->s / map->cell), 1);
    for (int i = 0; i < map->n; i++) {
        char text[128];
        const float at = ((float)i + 0.5F) * map->cell;
        heed_compare_label(compare, map->places[i], text, sizeof(text));
        if (draws_label(map, compare->query, i, step)) {
            draw_row_label(map, i, at, text);
        }
        if (draws_label(map, compare->key, i, step)) {
            draw_column_label(map, i, at, text);
        }
    }
}

/* Each cell means the link in A. */
static void draw_spots(const struct map *map)
{
    enum { MOST = 48 };
    const struct heed_compare *compare = map->compare;
    struct heed_list *list = compare->frame->list;
    if (map->n > MOST || compare->frame->is_export) {
        return;
    }
    for (int i = 0; i < map->n; i++) {
        for (int j = 0; j < map->n; j++) {
            list->target = (struct heed_target){
                .kind = HEED_TARGET_LINK,
                .a = compare->places[map->places[i]].a,
                .b = compare->places[map->places[j]].a,
                .c = map->head.id.layer << 16 | map->head.id.head};
            heed_list_hotspot(
                list, (struct heed_rect){map->cells.x + (float)j * map->cell,
                                         map->cells.y + (float)i * map->cell,
                                         map->cell, map->cell});
        }
    }
    list->target = (struct heed_target){0};
}

static void draw_crosshair(const struct map *map)
{
    const struct heed_compare *compare = map->compare;
    for (int i = 0; i < map->n; i++) {
        for (int j = 0; j < map->n; j++) {
            if (points_at(compare->query, map->places[i]) &&
                points_at(compare->key, map->places[j])) {
                heed_list_rect(
                    compare->skin.list,
                    (struct heed_item_rect){
                        .rect = {map->cells.x + (float)j * map->cell,
                                 map->cells.y + (float)i * map->cell, map->cell,
                                 map->cell},
                        .radius = 2 * compare->s,
                        .stroke = {.width = 2 * compare->s,
                                   .color = compare->frame->theme->ink}});
            }
        }
    }
}

static void draw_color_bar(const struct map *map)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const struct heed_palette *palette =
        heed_palette_get(compare->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    const struct heed_rect bar = {map->cells.x + map->cells.w + 14 * s,
                                  map->cells.y, 10 * s, map->cells.h};
    const struct heed_text_style style = heed_compare_style(compare, 12, 400);
    heed_list_gradient(compare->skin.list,
                       (struct heed_item_gradient){.rect = bar,
                                                   .radius = 2 * s,
                                                   .stops = palette->stops,
                                                   .n_stops = HEED_PALETTE_STOPS,
                                                   .vertical = true});
    heed_list_rect(compare->skin.list,
                   (struct heed_item_rect){.rect = bar,
                                           .radius = 2 * s,
                                           .stroke = {.width = compare->skin.hairline,
                                                      .color = theme->border}});
    const float ends[] = {map->limit, 0, -map->limit};
    for (int i = 0; i < 3; i++) {
        char number[32], text[40];
        heed_format_number(number, sizeof(number), (double)ends[i], i == 1 ? 0 : 1);
        snprintf(text, sizeof(text), "%s%s", i == 0 ? "+" : "", number);
        heed_widget_text(&compare->skin, bar.x + bar.w + 5 * s,
                         bar.y + bar.h * (float)i / 2 +
                             (i == 0   ? 5
                              : i == 2 ? -5
                                       : 0) *
                                 s,
                         style, HEED_ANCHOR_START, theme->muted, text, 0);
    }
}

static void draw_title(const struct heed_compare *compare, struct heed_rect rect,
                       const char *title, const char *explanation)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const bool is_export = compare->frame->is_export;
    const float y = rect.y + (is_export ? 11 : 26) * s;
    float x = rect.x + (is_export ? 4 : 28) * s;
    x += heed_widget_text(&compare->skin, x, y,
                          heed_compare_style(compare, 14, 600),
                          HEED_ANCHOR_START, theme->text, title, 0) +
         10 * s;
    heed_widget_text(&compare->skin, x, y, heed_compare_style(compare, 14, 400),
                     HEED_ANCHOR_START, theme->muted, explanation,
                     fmaxf(rect.x + rect.w - x - 8 * s, 1));
}

static void draw_cells(const struct map *map)
{
    const struct heed_frame *frame = map->compare->frame;
    struct heed_list *list = frame->list;
    const float gap = map->cell >= 6 * map->compare->s ? 1 : 0;
    heed_list_rect(list, (struct heed_item_rect){.rect = map->cells,
                                                 .fill = frame->theme->border});
    heed_list_heatmap(list, (struct heed_item_heatmap){
                                .rect = map->cells,
                                .values = {.data = map->values,
                                           .n_slices = 1,
                                           .n_rows = map->n,
                                           .n_columns = map->n},
                                .rows = map->n,
                                .columns = map->n,
                                .gap = gap,
                                .low = -map->limit,
                                .high = map->limit,
                                .palette = *heed_palette_get(
                                    frame->state->theme, HEED_PALETTE_DIFFERENCE)});
}

void heed_compare_draw_matrix(const struct heed_compare *compare)
{
    struct map map = {0};
    if (!find_map(&map, compare)) {
        draw_title(compare, compare->matrix, "B \xE2\x88\x92 A",
                   "no head is shown, or no word is in both");
        return;
    }
    place_cells(&map);
    draw_title(compare, compare->matrix, map.head.name,
               map.n < compare->n ? "B \xE2\x88\x92 A, words of both texts"
                                  : "B \xE2\x88\x92 A, row by row");
    draw_cells(&map);
    draw_map_labels(&map);
    draw_crosshair(&map);
    draw_color_bar(&map);
    draw_spots(&map);
}

/* The ranked heads' scale. */
struct chart {
    const struct heed_compare *compare;
    bool is_link;
    float left, right, top; /* of the rows, px */
    float high;             /* at the right end */
};

static float chart_x(const struct chart *chart, float value)
{
    return chart->left + (chart->right - chart->left) *
                             fminf(fmaxf(value / chart->high, 0), 1);
}

static void draw_dot(const struct chart *chart, float value, float cy,
                     bool filled, struct heed_color color)
{
    const float s = chart->compare->s, r = 5.5F * s;
    struct heed_item_rect dot = {
        .rect = {chart_x(chart, value) - r, cy - r, 2 * r, 2 * r},
        .radius = r,
        .fill = filled ? color : chart->compare->frame->theme->canvas,
        .stroke = {.width = 2 * s, .color = color}};
    heed_list_rect(chart->compare->skin.list, dot);
}

static void draw_axis(const struct chart *chart, float bottom)
{
    const struct heed_compare *compare = chart->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const float step = chart->high > 0.5F   ? 0.2F
                       : chart->high > 0.2F ? 0.1F
                                            : 0.05F;
    for (float value = 0; value <= chart->high + 0.001F; value += step) {
        const float x = roundf(chart_x(chart, value));
        char text[32];
        heed_format_number(text, sizeof(text), (double)value,
                           value < 0.001F ? 0
                           : step < 0.1F  ? 2
                                          : 1);
        heed_list_line(compare->skin.list,
                       (struct heed_item_line){x,
                                               chart->top,
                                               x,
                                               bottom,
                                               {.width = compare->skin.hairline,
                                                .color = theme->border}});
        heed_widget_text(&compare->skin, x, chart->top - 10 * s,
                         heed_compare_style(compare, 12, 400),
                         HEED_ANCHOR_MIDDLE, theme->muted, text, 0);
    }
}

/* The colour of a head that is shown, else grey. */
static struct heed_color head_color(const struct heed_compare *compare,
                                    struct heed_head_id id, bool *shown)
{
    const struct heed_theme *theme = compare->frame->theme;
    int index = 0;
    *shown = heed_state_shows(compare->frame->state, id, &index);
    return *shown
               ? theme->heads[compare->frame->state->shown[index].color % HEED_N_HEAD_COLORS]
               : theme->muted;
}

static void draw_row(const struct chart *chart,
                     const struct heed_compared_head *head, float cy)
{
    const struct heed_compare *compare = chart->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const struct heed_rect rect = compare->heads;
    bool shown = false;
    const struct heed_color color = head_color(compare, head->id, &shown);
    const struct heed_target target = {
        .kind = HEED_TARGET_HEAD, .a = head->id.layer, .b = head->id.head};
    const struct heed_text_style style =
        heed_compare_style(compare, 14, shown ? 600 : 400);
    char name[24], number[32], change[40];
    heed_head_name(head->id, name, sizeof(name));
    heed_format_number(number, sizeof(number), (double)head->change, 3);
    snprintf(change, sizeof(change), "%s%s",
             chart->is_link && head->change > 0 ? "+" : "", number);
    compare->skin.list->target = target;
    heed_widget_text(&compare->skin, rect.x + 28 * s, cy, style,
                     HEED_ANCHOR_START, theme->text, name, 0);
    heed_list_line(compare->skin.list,
                   (struct heed_item_line){
                       chart_x(chart, head->a),
                       cy,
                       chart_x(chart, head->b),
                       cy,
                       {.width = 3 * s,
                        .color = heed_color_mix(theme->canvas, color, 0.5F)}});
    if (chart->is_link) {
        draw_dot(chart, head->a, cy, true, color);
    }
    draw_dot(chart, head->b, cy, !chart->is_link, color);
    heed_widget_text(&compare->skin, rect.x + rect.w - 24 * s, cy, style,
                     HEED_ANCHOR_END, theme->text, change, 0);
    heed_list_hotspot(compare->skin.list,
                      (struct heed_rect){rect.x + 20 * s, cy - ROW * s / 2,
                                         rect.w - 40 * s, ROW * s});
    compare->skin.list->target = (struct heed_target){0};
    if (heed_target_equal(compare->frame->focus, target)) {
        heed_widget_focus_ring(
            &compare->skin,
            (struct heed_rect){rect.x + 22 * s, cy - ROW * s / 2 + 4 * s,
                               rect.w - 42 * s, (ROW - 8) * s},
            4 * s);
    }
}

static void draw_heads_title(const struct heed_compare *compare, bool is_link)
{
    char pair[192] = "", text[224];
    struct heed_frame pinned = *compare->frame;
    const float s = compare->s;
    const struct heed_rect rect = compare->heads;
    pinned.hover = (struct heed_hover){0};
    heed_pair_text(&pinned, pair, sizeof(pair));
    if (is_link) {
        snprintf(text, sizeof(text), "by change of %s", pair);
    } else {
        snprintf(text, sizeof(text), "by distance of their maps, 0 to 1");
    }
    struct heed_rect title = rect;
    title.w -= (is_link ? 100 : 8) * s;
    draw_title(compare, title, "Heads", text);
    if (!is_link) {
        return;
    }
    const struct heed_theme *theme = compare->frame->theme;
    const struct chart chart = {
        .compare = compare, .left = 0, .right = 1, .high = 1};
    const float y = rect.y + (compare->frame->is_export ? 11 : 26) * s;
    float x = rect.x + rect.w - 24 * s;
    for (int side = 1; side >= 0; side--) {
        x -= heed_widget_text(
                 &compare->skin, x, y, heed_compare_style(compare, 13, 400),
                 HEED_ANCHOR_END, theme->muted, side == 0 ? "A" : "B", 0) +
             11 * s;
        struct chart at = chart;
        at.left = at.right = x;
        draw_dot(&at, 0, y, side == 0, theme->muted);
        x -= 18 * s;
    }
}

void heed_compare_draw_heads(const struct heed_compare *compare)
{
    const float s = compare->s;
    const struct heed_rect rect = compare->heads;
    bool is_link = false;
    const struct heed_compared_head *heads =
        heed_compare_ranked(compare->frame, &is_link);
    if (heads == NULL) {
        return;
    }
    heed_list_clip(compare->skin.list, rect);
    draw_heads_title(compare, is_link);
    const float top = rect.y + (compare->frame->is_export ? 40 : 70) * s;
    const int fit = (int)((rect.y + rect.h - top - 4 * s) / (ROW * s));
    const int all = compare->maps_a->n_layers * compare->maps_a->n_heads;
    const int n = fit < all ? fit : all;
    struct chart chart = {.compare = compare,
                          .is_link = is_link,
                          .left = rect.x + 104 * s,
                          .right = rect.x + rect.w - 100 * s,
                          .top = top};
    for (int i = 0; i < n; i++) {
        chart.high = fmaxf(chart.high, fmaxf(heads[i].a, heads[i].b));
    }
    chart.high = fmaxf(ceilf(chart.high * 10 - 0.001F) / 10, 0.1F);
    if (n > 0) {
        draw_axis(&chart, top + (float)n * ROW * s);
    }
    for (int i = 0; i < n; i++) {
        draw_row(&chart, &heads[i], top + ((float)i + 0.5F) * ROW * s);
    }
    heed_list_unclip(compare->skin.list);
}
