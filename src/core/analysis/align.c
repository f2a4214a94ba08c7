#include "core/analysis/align.h"

#include <stdint.h>
#include <string.h>

#include "core/text/moves.h"

enum move { MOVE_BOTH, MOVE_ADD, MOVE_LEAVE };

/* Edits count before equal tokens: one edit outweighs all of those. */
static const int64_t EDIT = (int64_t)1 << 32;
static const int64_t NEVER = INT64_MAX / 2;

struct table {
    const struct heed_encoding *a, *b;
    uint8_t *moves; /* [a + 1, b + 1]: how each cell is best reached */
    int64_t *above; /* [b + 1]: costs of the row above */
    int64_t *row;
};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to align the texts");
}

/* Numbers of two files needn't be of one vocabulary: what is seen counts. */
static bool same_token(const struct heed_encoding *a, int i, const struct heed_encoding *b, int j)
{
    return a->labels && b->labels ? strcmp(a->labels[i], b->labels[j]) == 0
                                  : a->tokens[i].id == b->tokens[j].id;
}

static bool is_key(const struct heed_encoding *encoding, int i)
{
    return encoding->n_queries > 0 && i >= encoding->n_queries;
}

static int64_t cost_of_both(const struct table *table, int i, int j)
{
    const struct heed_encoding *a = table->a, *b = table->b;
    if (a->tokens[i].is_template != b->tokens[j].is_template || is_key(a, i) != is_key(b, j)) {
        return 3 * EDIT; /* dearer than leaving one out and adding the other */
    }
    return same_token(a, i, b, j) ? -1 : EDIT;
}

/* All queries come before all keys. */
static bool is_in_order(const struct table *table, int i, int j)
{
    const int a = table->a->n_queries, b = table->b->n_queries;
    return (i <= a && j <= b) || (i >= a && j >= b);
}

static void fill_row(struct table *table, int i)
{
    const int width = table->b->n_tokens + 1;
    uint8_t *moves = table->moves + (size_t)i * (size_t)width;
    table->row[0] = is_in_order(table, i, 0) ? i * EDIT : NEVER;
    moves[0] = MOVE_LEAVE;
    for (int j = 1; j < width; j++) {
        if (i == 0) {
            table->row[j] = is_in_order(table, i, j) ? j * EDIT : NEVER;
            moves[j] = MOVE_ADD;
            continue;
        }
        const int64_t both = table->above[j - 1] + cost_of_both(table, i - 1, j - 1);
        const int64_t add = table->row[j - 1] + EDIT;
        const int64_t leave = table->above[j] + EDIT;
        const bool is_both = both <= add && both <= leave;
        moves[j] = is_both ? MOVE_BOTH : (add <= leave ? MOVE_ADD : MOVE_LEAVE);
        table->row[j] = !is_in_order(table, i, j) ? NEVER
                        : is_both                 ? both
                                                  : (add <= leave ? add : leave);
    }
}

void heed_alignment_add(struct heed_alignment *to, struct heed_aligned place)
{
    to->places[to->n++] = place;
    to->n_only_a += place.b < 0;
    to->n_only_b += place.a < 0;
    to->n_same += place.same;
    to->n_replaced += place.a >= 0 && place.b >= 0 && !place.same;
}

void heed_alignment_end(struct heed_alignment *made)
{
    int run = 0;
    for (int k = made->n - 1; k >= 0; k--) {
        struct heed_aligned *place = &made->places[k];
        run = place->a >= 0 && place->b >= 0 ? run + 1 : 0;
        place->run = run;
    }
}

static void count_attending(struct heed_alignment *made, const struct table *table)
{
    for (int k = 0; k < made->n; k++) {
        const struct heed_aligned *place = &made->places[k];
        const bool key = place->a >= 0 ? is_key(table->a, place->a) : is_key(table->b, place->b);
        made->n_attending += !key;
    }
}

/* From the last cell back to the first; then the order is turned round. */
static void walk_back(struct heed_alignment *made, const struct table *table)
{
    const int width = table->b->n_tokens + 1;
    int i = table->a->n_tokens;
    int j = table->b->n_tokens;
    while (i > 0 || j > 0) {
        const uint8_t move = table->moves[(size_t)i * (size_t)width + (size_t)j];
        i -= move != MOVE_ADD;
        j -= move != MOVE_LEAVE;
        struct heed_aligned place = {.a = move == MOVE_ADD ? -1 : i,
                                     .b = move == MOVE_LEAVE ? -1 : j};
        place.same = move == MOVE_BOTH && same_token(table->a, i, table->b, j);
        heed_alignment_add(made, place);
    }
    for (int k = 0; k < made->n / 2; k++) {
        const struct heed_aligned swapped = made->places[k];
        made->places[k] = made->places[made->n - 1 - k];
        made->places[made->n - 1 - k] = swapped;
    }
    heed_alignment_end(made);
    count_attending(made, table);
}

bool heed_align_tokens(struct heed_alignment *alignment, struct heed_arena *arena,
                       const struct heed_encoding *a, const struct heed_encoding *b,
                       struct heed_error *err)
{
    const size_t height = (size_t)a->n_tokens + 1;
    const size_t width = (size_t)b->n_tokens + 1;
    struct heed_alignment made = {0};
    struct table table = {.a = a, .b = b};
    table.moves = heed_stock_take(arena->stock, height * width);
    int64_t *rows = heed_stock_take(arena->stock, 2 * width * sizeof *rows);
    made.places = heed_arena_alloc(arena, (height + width) * sizeof *made.places);
    const bool ok = table.moves && rows && made.places;
    if (ok) {
        for (size_t i = 0; i < height; i++) {
            table.row = rows + (i % 2) * width;
            table.above = rows + ((i + 1) % 2) * width;
            fill_row(&table, (int)i);
        }
        walk_back(&made, &table);
        *alignment = made;
    }
    heed_stock_give(table.moves);
    heed_stock_give(rows);
    return ok || no_memory(err);
}

/* Of two vocabularies: what they cover is the same; of a template's what the alignment says. */
static bool covers_same(const struct heed_maps *a, const struct heed_unit *left,
                        const struct heed_maps *b, const struct heed_unit *right,
                        const struct heed_aligned *place)
{
    size_t size_a = 0, size_b = 0;
    if (a->encoding->tokens[left->first].is_template) {
        return place->same;
    }
    const char *text_a = heed_encoding_get_text(a->encoding, left->first, left->count, &size_a);
    const char *text_b = heed_encoding_get_text(b->encoding, right->first, right->count, &size_b);
    return size_a == size_b && memcmp(text_a, text_b, size_a) == 0;
}

static bool same_unit(const struct heed_maps *a, int unit_a, const struct heed_maps *b, int unit_b,
                      const struct heed_alignment *tokens, const struct heed_aligned *place)
{
    const struct heed_unit *left = &a->units[unit_a];
    const struct heed_unit *right = &b->units[unit_b];
    if (tokens->by_text) {
        return covers_same(a, left, b, right, place);
    }
    if (left->count != right->count) {
        return false;
    }
    for (int k = 0; k < left->count; k++) {
        if (!same_token(a->encoding, left->first + k, b->encoding, right->first + k)) {
            return false;
        }
    }
    return true;
}

/* What lies before unit_a and unit_b and has no partner. */
static void add_lonely(struct heed_alignment *made, int *next_a, int unit_a, int *next_b,
                       int unit_b)
{
    while (*next_a < unit_a) {
        heed_alignment_add(made, (struct heed_aligned){.a = (*next_a)++, .b = -1});
    }
    while (*next_b < unit_b) {
        heed_alignment_add(made, (struct heed_aligned){.a = -1, .b = (*next_b)++});
    }
}

bool heed_align_units(struct heed_alignment *alignment, struct heed_arena *arena,
                      const struct heed_alignment *tokens, const struct heed_maps *a,
                      const struct heed_maps *b, struct heed_error *err)
{
    struct heed_alignment made = {0};
    made.places = heed_arena_alloc(arena, (size_t)(a->n + b->n + 1) * sizeof *made.places);
    if (!made.places) {
        return no_memory(err);
    }
    int next_a = 0;
    int next_b = 0;
    for (int k = 0; k < tokens->n; k++) {
        const struct heed_aligned *place = &tokens->places[k];
        if (place->a < 0 || place->b < 0) {
            continue;
        }
        const int unit_a = heed_maps_find_unit(a, place->a);
        const int unit_b = heed_maps_find_unit(b, place->b);
        if (unit_a >= next_a && unit_b >= next_b) {
            add_lonely(&made, &next_a, unit_a, &next_b, unit_b);
            heed_alignment_add(&made, (struct heed_aligned){
                                          .a = next_a++,
                                          .b = next_b++,
                                          .same = same_unit(a, unit_a, b, unit_b, tokens, place)});
        }
    }
    add_lonely(&made, &next_a, a->n, &next_b, b->n);
    heed_alignment_end(&made);
    made.by_text = tokens->by_text;
    *alignment = made;
    return true;
}

int heed_alignment_find_b(const struct heed_alignment *alignment, int a)
{
    for (int k = 0; k < alignment->n && a >= 0; k++) {
        if (alignment->places[k].a == a) {
            return alignment->places[k].b;
        }
    }
    return -1;
}

int heed_alignment_find_a(const struct heed_alignment *alignment, int b)
{
    for (int k = 0; k < alignment->n && b >= 0; k++) {
        if (alignment->places[k].b == b) {
            return alignment->places[k].a;
        }
    }
    return -1;
}
