#include "scene/views/compare/inspector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/hit.h"
#include "scene/inspector/inspector.h"
#include "scene/views/compare/layout.h"
#include "scene/widgets/label.h"

enum { MOST_ROWS = 8, MOST_LAYERS = 13 };

/* One place as a key: its weight in both texts. */
struct row {
    int place;
    float a, b;
    bool in_a, in_b; /* else there is no such link, and 0 stands for it */
};

/* The columns' right ends: A, B, B - A. */
static void ends_of(const struct heed_column *column, float ends[3])
{
    const float end = column->x + column->width;
    ends[0] = end - 120 * column->s;
    ends[1] = end - 66 * column->s;
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

static void draw_numbers(struct heed_column *column, const struct row *row, float limit, bool muted)
{
    const float a = row->a, b = row->b;
    const bool in_both = row->in_a && row->in_b;
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s, cy = column->y + 13 * s;
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
    heed_widget_right(skin, ends[2], cy, 14, 400, ink, text, 0);
}

static const float *map_in_b(const struct heed_compare *compare, const struct heed_shown_map *map)
{
    return map->id.layer < 0 ? compare->maps_b->aggregate
                             : heed_maps_row(compare->maps_b, map->id.layer, map->id.head, 0);
}

/* The n places whose weights in either text are the largest. */
static int find_rows(const struct heed_compare *compare, const struct heed_shown_map *map,
                     struct row *rows, float rest[2])
{
    const struct heed_range query = compare->query.a;
    const struct heed_range query_b = compare->query.b;
    const float *b_map = map_in_b(compare, map);
    int n = 0;
    rest[0] = rest[1] = 0;
    for (int i = 0; i < compare->n; i++) {
        struct row row = {.place = i};
        const struct heed_aligned *place = &compare->places[i];
        row.in_a = place->a >= 0 && query.count > 0;
        row.in_b = place->b >= 0 && query_b.count > 0;
        if (row.in_a) {
            row.a = heed_map_weight(map->weights, compare->maps_a->n, query,
                                    (struct heed_range){place->a, 1});
        }
        if (row.in_b) {
            row.b = heed_map_weight(b_map, compare->maps_b->n, query_b,
                                    (struct heed_range){place->b, 1});
        }
        int at = n;
        while (at > 0 && fmaxf(rows[at - 1].a, rows[at - 1].b) < fmaxf(row.a, row.b)) {
            at--;
        }
        const struct row out = n == MOST_ROWS ? (at < n ? rows[n - 1] : row) : (struct row){0};
        rest[0] += out.a;
        rest[1] += out.b;
        if (at < MOST_ROWS) {
            const int moved = (n < MOST_ROWS ? n : MOST_ROWS - 1) - at;
            memmove(&rows[at + 1], &rows[at], (size_t)moved * sizeof(*rows));
            rows[at] = row;
            n += n < MOST_ROWS;
        }
    }
    return n;
}

static void draw_head_line(struct heed_column *column, const struct heed_shown_map *map)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 16 * s;
    static const char *const titles[] = {"A", "B", "B \xE2\x88\x92 A"};
    float ends[3];
    ends_of(column, ends);
    heed_chip_draw(skin, column->x, cy, 14, map->color, map->dashed);
    heed_widget_left(skin, column->x + 22 * s, cy, 15, 600, skin->theme->text, map->name, 0);
    for (int i = 0; i < 3; i++) {
        heed_widget_right(skin, ends[i], cy, 13, 400, skin->theme->muted, titles[i], 0);
    }
    column->y += 32 * s;
}

static void draw_label(const struct heed_column *column, const char *text, int weight, bool muted)
{
    const float s = column->s;
    heed_widget_left(column->skin, column->x, column->y + 13 * s, 14, weight,
                     muted ? column->skin->theme->muted : column->skin->theme->text, text,
                     column->width - 170 * s);
}

/* One shown head: where the query's weight goes in both texts. */
static void draw_table(struct heed_column *column, const struct heed_compare *compare,
                       const struct heed_shown_map *map)
{
    struct row rows[MOST_ROWS + 1];
    float rest[2], limit = 0.1F;
    const int n = find_rows(compare, map, rows, rest);
    for (int i = 0; i < n; i++) {
        if (rows[i].in_a && rows[i].in_b) {
            limit = fmaxf(limit, fabsf(rows[i].b - rows[i].a));
        }
    }
    draw_head_line(column, map);
    for (int i = 0; i < n; i++) {
        char text[128];
        heed_compare_label(compare, rows[i].place, text, sizeof(text));
        const struct heed_range key = compare->key.places;
        const bool pinned = rows[i].place >= key.first && rows[i].place < key.first + key.count;
        draw_label(column, text, pinned ? 600 : 400, false);
        draw_numbers(column, &rows[i], limit, false);
        column->y += 26 * column->s;
    }
    if (compare->n > n) {
        char text[48];
        snprintf(text, sizeof(text), "%d other%s", compare->n - n, compare->n - n == 1 ? "" : "s");
        draw_label(column, text, 400, true);
        const struct row others = {.a = rest[0],
                                   .b = rest[1],
                                   .in_a = compare->query.a.count > 0,
                                   .in_b = compare->query.b.count > 0};
        draw_numbers(column, &others, limit, true);
        column->y += 26 * column->s;
    }
    column->y += 10 * column->s;
}

static void draw_header(struct heed_column *column, const struct heed_compare *compare)
{
    const struct heed_compared_pin *query = &compare->query;
    const bool in_a = query->a.count > 0;
    char text[128], note[96];
    const struct heed_unit unit = heed_inspector_unit(
        in_a ? compare->maps_a : compare->maps_b, in_a ? query->a : query->b, text, sizeof(text));
    const int a = in_a ? compare->maps_a->units[query->a.first].first : -1;
    const int b = query->b.count > 0 ? compare->maps_b->units[query->b.first].first : -1;
    if (a < 0 || b < 0) {
        snprintf(note, sizeof(note), "query %d, only in %c", a < 0 ? b : a, a < 0 ? 'B' : 'A');
    } else if (b == a) {
        snprintf(note, sizeof(note), "query %d in A and B", a);
    } else {
        snprintf(note, sizeof(note), "query %d in A, %d in B", a, b);
    }
    heed_inspector_token_header(column, &unit, false, 90, note);
}

/* One head's weight of a place, in A over B, as bars. */
static void draw_bars(struct heed_column *column, const struct heed_compare *compare,
                      const struct heed_shown_map *map, const struct row *row)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, top = column->y + 4 * s;
    const float end = column->x + column->width;
    const float x = column->x + 0.36F * column->width;
    const float w = end - 52 * s - x;
    char query[64], key[64], text[160];
    heed_compare_text(compare, &compare->query, query, sizeof(query));
    heed_compare_label(compare, row->place, key, sizeof(key));
    snprintf(text, sizeof(text), "%s \xE2\x86\x92 %s", query, key);
    heed_widget_left(skin, column->x, top + 12 * s, 14, 400, skin->theme->text, text,
                     x - column->x - 8 * s);
    for (int side = 0; side < 2; side++) {
        const float weight = side == 0 ? row->a : row->b;
        const float y = top + (float)side * 15 * s;
        heed_widget_bar(skin, (struct heed_rect){x, y, w, 8 * s}, w * fminf(weight, 1),
                        side == 0 ? map->color
                                  : heed_color_mix(skin->theme->panel, map->color, 0.5F));
        heed_widget_number(skin, end, y + 4 * s, 13, 400,
                           side == 0 ? skin->theme->text : skin->theme->muted, (double)weight, 3);
    }
    column->y += 42 * s;
}

static struct row row_of(const struct heed_compare *compare, const struct heed_shown_map *map,
                         int place)
{
    const struct heed_aligned *at = &compare->places[place];
    return (struct row){
        .place = place,
        .a = heed_map_weight(map->weights, compare->maps_a->n, compare->query.a,
                             (struct heed_range){at->a, at->a >= 0}),
        .b = heed_map_weight(map_in_b(compare, map), compare->maps_b->n, compare->query.b,
                             (struct heed_range){at->b, at->b >= 0}),
    };
}

/* The place whose weight moves the most against the key's; -1: none does. */
static int find_taker(const struct heed_compare *compare, const struct heed_shown_map *map,
                      const struct row *key)
{
    const float way = key->b < key->a ? 1 : -1;
    float most = 0;
    int found = -1;
    for (int i = 0; i < compare->n; i++) {
        const struct row row = row_of(compare, map, i);
        const float change = way * (row.b - row.a);
        if (!heed_range_has(compare->key.places, i) && change > most) {
            most = change;
            found = i;
        }
    }
    return found;
}

/* Where the pinned link's weight goes, or comes from. */
static void draw_exchange(struct heed_column *column, const struct heed_compare *compare,
                          const struct heed_shown_map *map)
{
    if (compare->key.places.count != 1 || compare->query.a.count == 0 ||
        compare->query.b.count == 0) {
        return;
    }
    const struct row key = row_of(compare, map, compare->key.places.first);
    const int taker = find_taker(compare, map, &key);
    heed_column_separator(column);
    heed_column_title(column, "Where the link goes", map->name, NULL);
    draw_bars(column, compare, map, &key);
    if (taker >= 0) {
        const struct row other = row_of(compare, map, taker);
        const bool loses = key.b < key.a;
        char a[64], b[64], text[200];
        draw_bars(column, compare, map, &other);
        heed_compare_label(compare, key.place, a, sizeof(a));
        heed_compare_label(compare, taker, b, sizeof(b));
        snprintf(text, sizeof(text), "%s %s %.3f, %s %s %.3f", a, loses ? "loses" : "gains",
                 (double)fabsf(key.b - key.a), b, loses ? "gains" : "loses",
                 (double)fabsf(other.b - other.a));
        heed_widget_left(column->skin, column->x, column->y + 8 * column->s, 13, 400,
                         column->skin->theme->muted, text, column->width);
        column->y += 24 * column->s;
    }
    column->y += 8 * column->s;
}

/* The pinned word's hidden states, layer by layer. */
static void draw_layers(struct heed_column *column, const struct heed_compare *compare)
{
    const struct heed_range places = compare->query.places;
    const int n_layers = compare->maps_a->n_layers;
    if (places.count == 0 || n_layers > MOST_LAYERS || compare->query.a.count == 0 ||
        compare->query.b.count == 0) {
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

static void draw_whole(struct heed_column *column, const struct heed_compare *compare)
{
    struct heed_frame *frame = compare->frame;
    bool is_link = false;
    const struct heed_compared_head *heads = heed_compare_ranked(frame, &is_link);
    const int n = compare->maps_a->n_layers * compare->maps_a->n_heads;
    int moved = 0;
    if (heads == NULL) {
        return;
    }
    heed_column_separator(column);
    heed_column_title(column, "Whole text", NULL, NULL);
    heed_column_value(column, "Cosine of the sentence embeddings",
                      compare->comparison->sentence_cosine, 3);
    for (int i = 0; i < n; i++) {
        moved += fabsf(heads[i].change) >= 0.05F;
    }
    if (is_link) {
        char text[64];
        snprintf(text, sizeof(text), "Heads of %d where the link moves \xE2\x89\xA5 0.05", n);
        heed_column_value(column, text, moved, 0);
    }
    column->y += 12 * column->s;
}

bool heed_compare_inspect(struct heed_column *column)
{
    enum { MOST_TABLES = 3 };
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
        const struct heed_shown_maps shown = heed_shown_collect(&frame);
        draw_header(column, &compare);
        column->y += 6 * column->s;
        for (int i = 0; i < shown.n && i < MOST_TABLES; i++) {
            draw_table(column, &compare, &shown.items[i]);
        }
        struct heed_shown_map head;
        if (heed_shown_matrix(&frame, &head)) {
            draw_exchange(column, &compare, &head);
        }
    }
    draw_whole(column, &compare);
    draw_layers(column, &compare);
    struct heed_shown_map head;
    column->y += 12 * column->s;
    if (heed_shown_matrix(&frame, &head)) {
        heed_inspector_note(column, &head);
    }
    return true;
}
