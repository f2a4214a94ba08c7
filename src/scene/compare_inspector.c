#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/compare_parts.h"
#include "scene/inspector_parts.h"

enum { MOST_ROWS = 8, MOST_LAYERS = 13 };

/* One place as a key: its weight in both texts. */
struct row {
    int place;
    float a, b;
};

static void put_signed(char *text, size_t size, float value)
{
    char number[32];
    heed_format_number(number, sizeof(number), (double)value, 3);
    snprintf(text, size, "%s%s", value >= 0.0005F ? "+" : "", number);
}

/* The columns' right ends: A, B, B - A. */
static void ends_of(const struct heed_column *column, float ends[3])
{
    const float end = column->x + column->width;
    ends[0] = end - 120 * column->s;
    ends[1] = end - 66 * column->s;
    ends[2] = end - 6 * column->s;
}

static void draw_numbers(struct heed_column *column, float a, float b,
                         float limit, bool muted)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s, cy = column->y + 13 * s;
    const struct heed_text_style style = heed_widget_style(skin, 14, 400);
    const struct heed_color plain = muted ? theme->muted : theme->text;
    struct heed_color ink = plain;
    float ends[3];
    char text[40];
    ends_of(column, ends);
    heed_format_number(text, sizeof(text), (double)a, 3);
    heed_widget_text(skin, ends[0], cy, style, HEED_ANCHOR_END, plain, text, 0);
    heed_format_number(text, sizeof(text), (double)b, 3);
    heed_widget_text(skin, ends[1], cy, style, HEED_ANCHOR_END, plain, text, 0);
    if (!muted) {
        const struct heed_color fill =
            heed_palette_color(heed_palette_get(column->chrome->frame.state->theme,
                                                HEED_PALETTE_DIFFERENCE),
                               0.5F + 0.5F * (b - a) / limit);
        heed_list_rect(skin->list,
                       (struct heed_item_rect){
                           .rect = {ends[2] - 52 * s, cy - 11 * s, 58 * s, 22 * s},
                           .radius = 3 * s,
                           .fill = fill});
        ink = heed_color_on(fill);
    }
    put_signed(text, sizeof(text), b - a);
    heed_widget_text(skin, ends[2], cy, style, HEED_ANCHOR_END, ink, text, 0);
}

/* The n places whose weights in either text are the largest. */
static int find_rows(const struct heed_compare *compare,
                     const struct heed_shown_map *map, struct row *rows,
                     float rest[2])
{
    const struct heed_range query = heed_frame_query(compare->frame);
    const struct heed_range query_b =
        heed_compare_units_b(compare->comparison, query);
    const float *b_map =
        heed_maps_row(compare->maps_b, map->id.layer, map->id.head, 0);
    int n = 0;
    rest[0] = rest[1] = 0;
    for (int i = 0; i < compare->n; i++) {
        struct row row = {.place = i};
        const struct heed_aligned *place = &compare->places[i];
        if (place->a >= 0) {
            row.a = heed_map_weight(map->weights, compare->maps_a->n, query,
                                    (struct heed_range){place->a, 1});
        }
        if (place->b >= 0 && query_b.count > 0) {
            row.b = heed_map_weight(b_map, compare->maps_b->n, query_b,
                                    (struct heed_range){place->b, 1});
        }
        int at = n;
        while (at > 0 &&
               fmaxf(rows[at - 1].a, rows[at - 1].b) < fmaxf(row.a, row.b)) {
            at--;
        }
        const struct row out =
            n == MOST_ROWS ? (at < n ? rows[n - 1] : row) : (struct row){0};
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

static void draw_head_line(struct heed_column *column,
                           const struct heed_shown_map *map)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 16 * s;
    static const char *const titles[] = {"A", "B", "B \xE2\x88\x92 A"};
    float ends[3];
    ends_of(column, ends);
    heed_chip_draw(skin, column->x, cy, 14, map->color, map->dashed);
    heed_widget_text(skin, column->x + 22 * s, cy,
                     heed_widget_style(skin, 15, 600), HEED_ANCHOR_START,
                     skin->theme->text, map->name, 0);
    for (int i = 0; i < 3; i++) {
        heed_widget_text(skin, ends[i], cy, heed_widget_style(skin, 13, 400),
                         HEED_ANCHOR_END, skin->theme->muted, titles[i], 0);
    }
    column->y += 32 * s;
}

static void draw_label(const struct heed_column *column, const char *text,
                       int weight, bool muted)
{
    const float s = column->s;
    heed_widget_text(column->skin, column->x, column->y + 13 * s,
                     heed_widget_style(column->skin, 14, weight), HEED_ANCHOR_START,
                     muted ? column->skin->theme->muted : column->skin->theme->text,
                     text, column->width - 170 * s);
}

/* One shown head: where the query's weight goes in both texts. */
static void draw_table(struct heed_column *column,
                       const struct heed_compare *compare,
                       const struct heed_shown_map *map)
{
    struct row rows[MOST_ROWS + 1];
    float rest[2], limit = 0.1F;
    const int n = find_rows(compare, map, rows, rest);
    for (int i = 0; i < n; i++) {
        limit = fmaxf(limit, fabsf(rows[i].b - rows[i].a));
    }
    draw_head_line(column, map);
    for (int i = 0; i < n; i++) {
        char text[128];
        heed_compare_label(compare, rows[i].place, text, sizeof(text));
        const struct heed_range key = compare->key;
        const bool pinned =
            rows[i].place >= key.first && rows[i].place < key.first + key.count;
        draw_label(column, text, pinned ? 600 : 400, false);
        draw_numbers(column, rows[i].a, rows[i].b, limit, false);
        column->y += 26 * column->s;
    }
    if (compare->n > n) {
        char text[48];
        snprintf(text, sizeof(text), "%d other%s", compare->n - n,
                 compare->n - n == 1 ? "" : "s");
        draw_label(column, text, 400, true);
        draw_numbers(column, rest[0], rest[1], limit, true);
        column->y += 26 * column->s;
    }
    column->y += 10 * column->s;
}

static void draw_header(struct heed_column *column,
                        const struct heed_compare *compare)
{
    const struct heed_range query = heed_frame_query(compare->frame);
    const float s = column->s, cy = column->y + 28 * s;
    const float end = heed_inspector_header_end(column, cy);
    float x = column->x;
    char note[96];
    x += heed_inspector_chip(column, x, cy, query, false, end - x - 90 * s) +
         12 * s;
    const int a = compare->maps_a->units[query.first].first;
    const int b = heed_alignment_find_b(&compare->comparison->tokens, a);
    if (b == a) {
        snprintf(note, sizeof(note), "query %d in A and B", a);
    } else if (b >= 0) {
        snprintf(note, sizeof(note), "query %d in A, %d in B", a, b);
    } else {
        snprintf(note, sizeof(note), "query %d, only in A", a);
    }
    heed_widget_text(column->skin, x, cy,
                     heed_widget_style(column->skin, 15, 400), HEED_ANCHOR_START,
                     column->skin->theme->text, note, fmaxf(end - x, 1));
    heed_inspector_end_header(column);
}

/* The pinned token's hidden states, layer by layer. */
static void draw_layers(struct heed_column *column,
                        const struct heed_compare *compare)
{
    const struct heed_range query = heed_frame_query(compare->frame);
    const struct heed_run *run = compare->frame->result->run;
    const struct heed_result *b = compare->comparison->result;
    float cosines[MOST_LAYERS + 1];
    if (query.count == 0 || run == NULL || run->n_layers > MOST_LAYERS) {
        return;
    }
    const int token = compare->maps_a->units[query.first].first;
    const int other = heed_alignment_find_b(&compare->comparison->tokens, token);
    if (other < 0) {
        return;
    }
    heed_cosine_layers(cosines, run, token, b->run, other);
    char word[96], text[160];
    heed_units_text(compare->maps_a, query, word, sizeof(word));
    snprintf(text, sizeof(text), "cosine of \xE2\x80\x9C%s\xE2\x80\x9D", word);
    heed_column_separator(column);
    heed_column_title(column, "Hidden states", text, NULL);
    for (int layer = 0; layer <= run->n_layers; layer++) {
        if (layer == 0) {
            snprintf(text, sizeof(text), "Embedding");
        } else {
            snprintf(text, sizeof(text), "After layer %d", layer - 1);
        }
        heed_column_value(column, text, (double)cosines[layer], 3);
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
        snprintf(text, sizeof(text),
                 "Heads of %d where the link moves \xE2\x89\xA5 0.05", n);
        heed_column_value(column, text, moved, 0);
    }
    column->y += 12 * column->s;
}

static void draw_unpinned(struct heed_column *column)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 28 * s;
    const float end = heed_inspector_header_end(column, cy);
    heed_widget_text(skin, column->x, cy, heed_widget_style(skin, 15, 600),
                     HEED_ANCHOR_START, skin->theme->text, "Nothing pinned",
                     end - column->x);
    heed_inspector_end_header(column);
    column->y += 16 * s;
    const int lines = heed_text_wrapped(
        skin, column->x, column->y + 6 * s, 19 * s,
        heed_widget_style(skin, 14, 400), skin->theme->muted,
        "Click a word that A has to see where its weight goes in both texts, "
        "then a second one to order the heads by the change of that link.",
        column->width, 5);
    column->y += (float)lines * 19 * s + 12 * s;
}

void heed_compare_inspect(struct heed_column *column)
{
    enum { MOST_TABLES = 3 };
    struct heed_compare compare;
    struct heed_frame frame = column->chrome->frame; /* its sizes are its own */
    if (!heed_compare_place(&compare, &frame, column->chrome->layout.canvas)) {
        return;
    }
    if (heed_frame_query(&frame).count == 0) {
        draw_unpinned(column);
    } else {
        const struct heed_shown_maps shown = heed_shown_collect(&frame);
        draw_header(column, &compare);
        column->y += 6 * column->s;
        for (int i = 0; i < shown.n && i < MOST_TABLES; i++) {
            if (shown.items[i].id.layer >= 0) {
                draw_table(column, &compare, &shown.items[i]);
            }
        }
    }
    draw_whole(column, &compare);
    draw_layers(column, &compare);
    struct heed_shown_map head;
    column->y += 12 * column->s;
    if (heed_shown_matrix(&frame, &head)) {
        heed_inspector_note(column, &head);
    }
}
