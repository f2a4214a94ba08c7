#include "scene/views/compare/inspector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/hit.h"
#include "scene/frame/two_models.h"
#include "scene/inspector/inspector.h"
#include "scene/views/compare/blocks.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/ranking.h"
#include "scene/widgets/label.h"

enum { MOST_TABLES = 6, MOST_ROWS = 5, LEAST_ROWS = 3, MOST_LAYERS = 13, HIDDEN = -1 };

/* Logical px. */
enum { ROW = 24, TABLE_HEAD = 26, TABLE_FOOT = 6, WHOLE = 160 };

/* One place as a key, or what is hidden: its weight in both texts. */
struct row {
    int place;
    float a, b;
    bool in_a, in_b; /* else there is no such link, and 0 stands for it */
};

/* The columns' right ends: A, B, B - A. */
static void ends_of(const struct heed_column *column, float ends[3])
{
    const float end = column->x + column->width;
    ends[0] = end - 122 * column->s;
    ends[1] = end - 68 * column->s;
    ends[2] = end - 6 * column->s;
}

static void put_number(char *text, size_t size, float value, bool exists)
{
    if (exists) {
        heed_format_number(text, size, (double)value, 3);
    } else {
        snprintf(text, size, "\xE2\x80\x93");
    }
}

static void draw_numbers(struct heed_column *column, const struct row *row, float limit, bool muted,
                         bool is_key)
{
    const float a = row->a, b = row->b;
    const bool in_both = row->in_a && row->in_b;
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s, cy = column->y + ROW * s / 2;
    const struct heed_color plain = muted ? theme->muted : theme->text;
    struct heed_color ink = plain;
    float ends[3];
    char text[40];
    ends_of(column, ends);
    put_number(text, sizeof(text), a, row->in_a);
    heed_widget_right(skin, ends[0], cy, 14, 400, plain, text, 0);
    put_number(text, sizeof(text), b, row->in_b);
    heed_widget_right(skin, ends[1], cy, 14, 400, plain, text, 0);
    if (!muted && in_both) {
        const struct heed_color fill = heed_palette_color(
            heed_palette_get(column->frame->state->theme, HEED_PALETTE_DIFFERENCE),
            0.5F + 0.5F * (b - a) / limit);
        heed_list_fill(skin->list,
                       (struct heed_rect){ends[2] - 52 * s, cy - 11 * s, 58 * s, 22 * s}, 3 * s,
                       fill);
        ink = heed_color_on(fill);
    }
    if (in_both) {
        heed_format_signed(text, sizeof(text), (double)(b - a));
    } else {
        put_number(text, sizeof(text), 0, false);
    }
    heed_widget_right(skin, ends[2], cy, 14, is_key ? 600 : 400, ink, text, 0);
}

static const float *map_in_b(const struct heed_compare *compare, const struct heed_shown_map *map)
{
    return map->id.layer < 0 ? compare->maps_b->aggregate
                             : heed_maps_row(compare->maps_b, map->id.layer, map->id.head, 0);
}

static struct row row_of(const struct heed_compare *compare, const struct heed_shown_map *map,
                         int place)
{
    const struct heed_aligned *at = &compare->places[place];
    struct row row = {.place = place,
                      .in_a = at->a >= 0 && compare->query.a.count > 0,
                      .in_b = at->b >= 0 && compare->query.b.count > 0};
    if (row.in_a) {
        row.a = heed_map_weight(map->weights, compare->maps_a->n, compare->query.a,
                                (struct heed_range){at->a, 1});
    }
    row.in_b = row.in_b && heed_maps_have(compare->maps_b, map->id);
    if (row.in_b) {
        row.b = heed_map_weight(map_in_b(compare, map), compare->maps_b->n, compare->query.b,
                                (struct heed_range){at->b, 1});
    }
    return row;
}

/* What filters hide is a part of the row, too, as long as that isn't renormalised. */
static bool hides(const struct heed_compare *compare)
{
    return compare->maps_a->n < compare->maps_a->n_all &&
           !compare->frame->state->filter.renormalise && compare->query.a.count > 0 &&
           compare->query.b.count > 0;
}

static struct row hidden_row(const struct heed_compare *compare, const struct heed_shown_map *map)
{
    const struct heed_shown_maps of_b = heed_shown_collect(&compare->frame_b);
    struct row row = {
        .place = HIDDEN, .in_a = true, .in_b = heed_maps_have(compare->maps_b, map->id)};
    row.a = heed_map_hidden(map->hidden, compare->query.a);
    for (int i = 0; i < of_b.n; i++) {
        if (heed_head_equal(of_b.items[i].id, map->id)) {
            row.b = heed_map_hidden(of_b.items[i].hidden, compare->query.b);
        }
    }
    return row;
}

static float change_of(const struct row *row)
{
    return row->b - row->a;
}

/* Everything that the query gives weight to: the pinned key first, then what changes most. */
struct rows {
    struct row *items; /* in the list's arena */
    int n;
    float moves; /* the share of the row that goes elsewhere */
};

static bool goes_before(const struct heed_compare *compare, const struct row *a,
                        const struct row *b)
{
    const bool key_a = a->place >= 0 && heed_range_has(compare->key.places, a->place);
    const bool key_b = b->place >= 0 && heed_range_has(compare->key.places, b->place);
    if (key_a != key_b) {
        return key_a;
    }
    return fabsf(change_of(a)) > fabsf(change_of(b));
}

/* The first of them are in order, the others behind as they come. */
static void put_first(const struct heed_compare *compare, struct rows *rows, int first)
{
    for (int i = 0; i < first && i < rows->n; i++) {
        int best = i;
        for (int k = i + 1; k < rows->n; k++) {
            best = goes_before(compare, &rows->items[k], &rows->items[best]) ? k : best;
        }
        const struct row moved = rows->items[best];
        memmove(&rows->items[i + 1], &rows->items[i], (size_t)(best - i) * sizeof(moved));
        rows->items[i] = moved;
    }
}

static struct rows find_rows(const struct heed_compare *compare, const struct heed_shown_map *map)
{
    struct heed_list *list = compare->frame->list;
    struct rows rows = {0};
    rows.items = heed_arena_zeroed(&list->arena, (size_t)compare->n + 1, sizeof(*rows.items));
    if (rows.items == NULL) {
        list->failed = true;
        return rows;
    }
    for (int i = 0; i < compare->n; i++) {
        rows.items[rows.n++] = row_of(compare, map, i);
    }
    if (hides(compare)) {
        rows.items[rows.n++] = hidden_row(compare, map);
    }
    for (int i = 0; i < rows.n; i++) {
        rows.moves += fabsf(change_of(&rows.items[i])) / 2;
    }
    put_first(compare, &rows, MOST_ROWS + 1);
    return rows;
}

static void draw_head_line(struct heed_column *column, const struct heed_shown_map *map,
                           float moves, bool in_both)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 12 * s;
    char text[64];
    heed_chip_draw(skin, column->x, cy, 14, map->color, map->dashed);
    const float used =
        heed_widget_left(skin, column->x + 22 * s, cy, 15, 600, skin->theme->text, map->name, 0);
    snprintf(text, sizeof(text), "%.3f of the row moves", (double)moves);
    if (in_both) {
        heed_widget_right(skin, column->x + column->width - 6 * s, cy, 13, 400, skin->theme->muted,
                          text, column->width - used - 40 * s);
    }
    column->y += TABLE_HEAD * s;
}

static void draw_label(const struct heed_column *column, const char *text, int weight, bool muted)
{
    const float s = column->s;
    heed_widget_left(column->skin, column->x, column->y + ROW * s / 2, 14, weight,
                     muted ? column->skin->theme->muted : column->skin->theme->text, text,
                     column->width - 172 * s);
}

static void name_row(const struct heed_compare *compare, const struct row *row, char *text,
                     size_t size)
{
    if (row->place == HIDDEN) {
        heed_hidden_name(heed_frame_get_maps(compare->frame), &compare->frame->state->filter, text,
                         size);
    } else {
        heed_compare_label(compare, row->place, text, size);
    }
}

static void draw_others(struct heed_column *column, const struct rows *rows, int first, float limit)
{
    struct row others = {0};
    char text[48];
    for (int i = first; i < rows->n; i++) {
        others.a += rows->items[i].a;
        others.b += rows->items[i].b;
        others.in_a = others.in_a || rows->items[i].in_a;
        others.in_b = others.in_b || rows->items[i].in_b;
    }
    snprintf(text, sizeof(text), "%d other%s", rows->n - first, rows->n - first == 1 ? "" : "s");
    draw_label(column, text, 400, true);
    draw_numbers(column, &others, limit, true, false);
    column->y += ROW * column->s;
}

/* One shown head: where the query's weight goes in both texts. */
static void draw_table(struct heed_column *column, const struct heed_compare *compare,
                       const struct heed_shown_map *map, int n_rows)
{
    const struct rows rows = find_rows(compare, map);
    const int n = rows.n < n_rows ? rows.n : n_rows;
    float limit = 0.1F;
    for (int i = 0; i < rows.n; i++) {
        limit = fmaxf(limit, fabsf(change_of(&rows.items[i])));
    }
    draw_head_line(column, map, rows.moves,
                   compare->query.a.count > 0 && compare->query.b.count > 0);
    for (int i = 0; i < n; i++) {
        const int place = rows.items[i].place;
        const bool is_key = place >= 0 && heed_range_has(compare->key.places, place);
        char text[128];
        name_row(compare, &rows.items[i], text, sizeof(text));
        draw_label(column, text, is_key ? 600 : 400, false);
        draw_numbers(column, &rows.items[i], limit, false, is_key);
        column->y += ROW * column->s;
    }
    if (rows.n > n) {
        draw_others(column, &rows, n, limit);
    }
    column->y += TABLE_FOOT * column->s;
}

/* How many rows a table has, so that those of all heads are seen at once. */
static int count_rows(const struct heed_column *column, int n_tables)
{
    const float room = column->panel.y + column->panel.h - column->y;
    for (int spare = 1; spare >= 0; spare--) { /* and what is below them, if it can be */
        for (int n = MOST_ROWS; n >= LEAST_ROWS; n--) {
            const float need = (float)n_tables * ((float)(n + 1) * ROW + TABLE_HEAD + TABLE_FOOT) +
                               (float)(spare * WHOLE);
            if (need * column->s <= room) {
                return n;
            }
        }
    }
    return LEAST_ROWS;
}

static void draw_tables(struct heed_column *column, const struct heed_compare *compare)
{
    static const char *const titles[] = {"A", "B", "B \xE2\x88\x92 A"};
    const struct heed_shown_maps shown = heed_shown_collect(compare->frame);
    const struct heed_skin *skin = column->skin;
    const int n = shown.n < MOST_TABLES ? shown.n : (int)MOST_TABLES;
    const float cy = column->y + 20 * column->s;
    float ends[3];
    ends_of(column, ends);
    heed_widget_left(skin, column->x, cy, 15, 600, skin->theme->text,
                     compare->key.places.count > 0 ? "Where the link goes" : "Where it goes", 0);
    for (int i = 0; i < 3; i++) {
        heed_widget_right(skin, ends[i], cy, 13, 400, skin->theme->muted, titles[i], 0);
    }
    column->y += 32 * column->s;
    const int n_rows = count_rows(column, n);
    for (int i = 0; i < n; i++) {
        draw_table(column, compare, &shown.items[i], n_rows);
    }
    if (n < shown.n) {
        char text[64];
        snprintf(text, sizeof(text), "%d more heads are shown", shown.n - n);
        draw_label(column, text, 400, true);
        column->y += ROW * column->s;
    }
    column->y += 8 * column->s;
}

static struct heed_unit unit_of(const struct heed_compare *compare,
                                const struct heed_compared_pin *pin, char *text, size_t size)
{
    const bool in_a = pin->a.count > 0;
    return heed_inspector_unit(in_a ? compare->maps_a : compare->maps_b, in_a ? pin->a : pin->b,
                               text, size);
}

static void draw_header(struct heed_column *column, const struct heed_compare *compare)
{
    const struct heed_compared_pin *query = &compare->query;
    char text[128], key_text[128], note[96];
    const struct heed_unit unit = unit_of(compare, query, text, sizeof(text));
    if (compare->key.places.count > 0) {
        const struct heed_unit key = unit_of(compare, &compare->key, key_text, sizeof(key_text));
        heed_inspector_pair_header(column, &unit, &key);
        return;
    }
    const int a = query->a.count > 0 ? compare->maps_a->units[query->a.first].first : -1;
    const int b = query->b.count > 0 ? compare->maps_b->units[query->b.first].first : -1;
    if (a < 0 || b < 0) {
        snprintf(note, sizeof(note), "query %d, only in %c", a < 0 ? b : a, a < 0 ? 'B' : 'A');
    } else if (b == a) {
        snprintf(note, sizeof(note), "query %d in A and B", a);
    } else {
        snprintf(note, sizeof(note), "query %d in A, %d in B", a, b);
    }
    heed_inspector_token_header(column, &unit, false, note);
}

/* The pinned word's hidden states, layer by layer. */
static void draw_layers(struct heed_column *column, const struct heed_compare *compare)
{
    const struct heed_range places = compare->query.places;
    const int n_layers = compare->maps_a->n_layers;
    if (compare->comparison->cosines == NULL || places.count == 0 || n_layers > MOST_LAYERS ||
        compare->query.a.count == 0 || compare->query.b.count == 0) {
        return;
    }
    char word[96], text[160];
    heed_compare_label(compare, places.first, word, sizeof(word));
    snprintf(text, sizeof(text), "cosine of \xE2\x80\x9C%s\xE2\x80\x9D", word);
    heed_column_separator(column);
    heed_column_title(column, "Hidden states", text, NULL);
    for (int layer = 0; layer <= n_layers; layer++) {
        if (layer == 0) {
            snprintf(text, sizeof(text), "Embedding");
        } else {
            snprintf(text, sizeof(text), "After layer %d", layer - 1);
        }
        heed_column_value(column, text,
                          (double)compare->comparison->cosines[layer * compare->n + places.first],
                          3);
    }
}

/* The candidate with the largest weight; of what the head's map is in one text. */
static int choice_of(const struct heed_margin_request *request, int layer, int head)
{
    double weights[HEED_MARGIN_MOST_KEYS];
    int best = 0;
    heed_margin_weigh(weights, request, layer, head);
    for (int i = 1; i < request->n; i++) {
        best = weights[i] > weights[best] ? i : best;
    }
    return best;
}

/* "7 of 72" heads whose number moves by 0.05 at least. */
static void draw_moved(struct heed_column *column, const struct heed_compare *compare)
{
    bool is_link = false;
    const struct heed_compared_head *heads = heed_compare_ranked(compare->frame, &is_link);
    const int n = heed_count_partners(compare->frame->result);
    const bool margin = heed_compare_rank_of(compare->frame) == HEED_COMPARE_BY_MARGIN;
    int moved = 0;
    char text[32];
    for (int i = 0; heads != NULL && i < n; i++) {
        moved += fabsf(heads[i].change) >= 0.05F;
    }
    snprintf(text, sizeof(text), "%d of %d", moved, n);
    if (is_link) {
        heed_column_text(column,
                         margin ? "Margins that move \xE2\x89\xA5 0.05"
                                : "Links that move \xE2\x89\xA5 0.05",
                         text);
    }
}

static void draw_choices(struct heed_column *column, const struct heed_compare *compare)
{
    struct heed_margin_request requests[2];
    const int n_heads = compare->maps_a->n_heads, n = compare->maps_a->n_layers * n_heads;
    char text[32];
    int changed = 0, both = 0;
    if (!heed_compare_find_margins(compare->frame, requests)) {
        return;
    }
    for (int i = 0; i < n; i++) {
        const struct heed_head_id id = {(int16_t)(i / n_heads), (int16_t)(i % n_heads)};
        if (heed_maps_have(compare->maps_b, id)) {
            both++;
            changed += choice_of(&requests[0], id.layer, id.head) !=
                       choice_of(&requests[1], id.layer, id.head);
        }
    }
    snprintf(text, sizeof(text), "%d of %d", changed, both);
    heed_column_text(column, "Heads whose choice changes", text);
}

/* Before and after what is off, if anything is. */
static void draw_cosine(struct heed_column *column, const struct heed_comparison *comparison)
{
    const struct heed_result *result = column->frame->result;
    const enum heed_pooling pooling = heed_kit_get_pooling(result->kit);
    char label[64] = "Cosine of sentence vectors", before[24], after[24], text[56];
    if (pooling != HEED_POOLING_MEAN) {
        snprintf(label, sizeof(label), "Cosine, pooled by %s", heed_pooling_words[pooling]);
    }
    if (result->plain == NULL && comparison->result->plain == NULL) {
        heed_column_value(column, label, comparison->sentence_cosine, 3);
        return;
    }
    heed_format_number(before, sizeof(before), comparison->untouched_cosine, 3);
    heed_format_number(after, sizeof(after), comparison->sentence_cosine, 3);
    snprintf(text, sizeof(text), "%s \xE2\x86\x92 %s", before, after);
    heed_column_text(column, label, text);
}

static void draw_whole(struct heed_column *column, const struct heed_compare *compare)
{
    const struct heed_range places = compare->query.places;
    if (compare->comparison->cosines == NULL && compare->key.places.count == 0) {
        return; /* there is no such number */
    }
    heed_column_separator(column);
    heed_column_title(column, "Whole text", NULL, NULL);
    if (compare->comparison->cosines == NULL) {
        draw_moved(column, compare);
        draw_choices(column, compare);
        column->y += 12 * column->s;
        return;
    }
    draw_cosine(column, compare->comparison);
    if (compare->query.a.count > 0 && compare->query.b.count > 0 && places.count > 0) {
        char word[64], text[128];
        heed_compare_label(compare, places.first, word, sizeof(word));
        snprintf(text, sizeof(text), "Cosine of \xE2\x80\x9C%s\xE2\x80\x9D, last layer", word);
        heed_column_value(column, text,
                          (double)compare->comparison
                              ->cosines[compare->maps_a->n_layers * compare->n + places.first],
                          3);
    }
    draw_moved(column, compare);
    draw_choices(column, compare);
    column->y += 12 * column->s;
}

/* Whose heads are held against whose, and what equal numbers of them don't say. */
static void draw_models(struct heed_column *column, const struct heed_compare *compare)
{
    const struct heed_result *result = compare->frame->result;
    char lonely[160], text[360];
    if (!heed_compares_models(result)) {
        return;
    }
    heed_column_separator(column);
    heed_column_title(column, "Two models", NULL, "layers \xC3\x97 heads");
    for (int i = 0; i < 2; i++) {
        const struct heed_maps *maps = i == 0 ? compare->maps_a : compare->maps_b;
        char shape[32];
        heed_name_side_model(result, i == 1, lonely, sizeof(lonely));
        snprintf(text, sizeof(text), "%s  %s", i == 0 ? "A" : "B", lonely);
        snprintf(shape, sizeof(shape), "%d \xC3\x97 %d", maps->n_layers, maps->n_heads);
        heed_column_text(column, text, shape);
    }
    heed_say_lonely_heads(result, lonely, sizeof(lonely));
    snprintf(text, sizeof(text), "L3H1 of A is held against L3H1 of B: %s.%s%s%s",
             heed_two_models_caveat, lonely[0] != '\0' ? " " : "", lonely,
             lonely[0] != '\0' ? "." : "");
    column->y += 6 * column->s;
    heed_column_prose(column, (struct heed_prose){14, 19, 6, 12, 8}, text);
}

bool heed_compare_inspect(struct heed_column *column)
{
    struct heed_compare compare;
    struct heed_frame frame = *column->frame; /* its sizes are its own */
    if (!heed_compare_place(&compare, &frame, column->frame->canvas)) {
        return true;
    }
    if (compare.query.places.count == 0) {
        heed_inspector_unpinned(column, "Nothing pinned",
                                "Click a word to see where its weight goes in both texts, then a "
                                "second one to order the heads by the change of that link.");
    } else {
        draw_header(column, &compare);
        draw_tables(column, &compare);
    }
    draw_models(column, &compare);
    draw_whole(column, &compare);
    draw_layers(column, &compare);
    struct heed_shown_map head;
    column->y += 12 * column->s;
    if (heed_shown_matrix(&frame, &head)) {
        heed_inspector_note(column, &head);
    }
    return true;
}
