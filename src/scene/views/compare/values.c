#include "scene/views/compare/values.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/two_models.h"
#include "scene/views/compare/layout.h"

static uint64_t mixed(uint64_t a, uint64_t b)
{
    return a ^ (b + 0x9E3779B97F4A7C15U + (a << 6) + (a >> 2));
}

/* The same for the same content, whatever frame it is. */
static uint64_t find_id(const struct heed_compare_values *map)
{
    const struct heed_compare *compare = map->compare;
    uint64_t id = mixed(compare->maps_a->id, compare->maps_b->id);
    id = mixed(id, (uint64_t)map->kind + 1 + (map->all_places ? HEED_N_COMPARE_MAPS : 0));
    id = mixed(id, (uint64_t)(uint16_t)map->head.id.layer << 16 | (uint16_t)map->head.id.head);
    return id != 0 ? id : 1;
}

/* The places that both texts have, or all; NULL without memory. */
static const int *find_places(const struct heed_compare *compare, bool all)
{
    const int n = all ? compare->n : heed_difference_count(&compare->comparison->units);
    int *places = heed_arena_zeroed(&compare->frame->list->arena, (size_t)n + 1, sizeof(*places));
    for (int i = 0, next = 0; places != NULL && i < compare->n; i++) {
        if (all || (compare->places[i].a >= 0 && compare->places[i].b >= 0)) {
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
        most[i % 4] = value > most[i % 4] ? value : most[i % 4]; /* nor is NaN ever more */
    }
    const float largest = fmaxf(fmaxf(most[0], most[1]), fmaxf(most[2], most[3]));
    return fmaxf(ceilf(largest * 10 - 0.001F) / 10, 0.1F);
}

static bool find_difference(struct heed_compare_values *map)
{
    const struct heed_compare *compare = map->compare;
    const size_t n = (size_t)heed_difference_count(&compare->comparison->units);
    float *values = heed_arena_alloc(&compare->frame->list->arena, (n * n + 1) * sizeof(*values));
    map->places = find_places(compare, false);
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

static bool find_side(struct heed_compare_values *map)
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
static bool find_layers(struct heed_compare_values *map)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_comparison *comparison = compare->comparison;
    const int columns = heed_difference_count(&comparison->units);
    const int rows = compare->maps_a->n_layers + 1;
    const size_t n = (size_t)rows * (size_t)columns;
    if (comparison->cosines == NULL) {
        return false;
    }
    float *values = heed_arena_alloc(&compare->frame->list->arena, (n + 1) * sizeof(*values));
    map->places = find_places(compare, false);
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

const char *heed_compare_no_states(const struct heed_compare *compare)
{
    return compare->comparison->cosines != NULL ? "No word is in both texts."
           : heed_compares_models(compare->frame->result)
               ? "The two models\xE2\x80\x99 hidden states have other widths, depths or pooling"
               : "Not in these files: hidden states of one width";
}

/* One text's weight at two places; NaN where it lacks one of them. */
static float weight_at(const float *weights, int n, int row, int column)
{
    return row >= 0 && column >= 0 ? weights[(size_t)row * (size_t)n + (size_t)column] : NAN;
}

/* A, B or B - A over all places. */
static bool find_all(struct heed_compare_values *map)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_maps *a = compare->maps_a, *b = compare->maps_b;
    const struct heed_head_id id = map->head.id;
    const float *in_a = id.layer < 0 ? a->aggregate : heed_maps_row(a, id.layer, id.head, 0);
    const float *in_b = map->kind == HEED_COMPARE_A ? NULL
                        : id.layer < 0              ? b->aggregate
                                                    : heed_maps_row(b, id.layer, id.head, 0);
    const size_t n = (size_t)compare->n;
    float *values = heed_arena_alloc(&compare->frame->list->arena, (n * n + 1) * sizeof(*values));
    map->places = find_places(compare, true);
    if (values == NULL || map->places == NULL) {
        compare->frame->list->failed = true;
        return false;
    }
    const bool of_a = map->kind != HEED_COMPARE_B, of_b = map->kind != HEED_COMPARE_A;
    for (size_t i = 0; i < n; i++) {
        const struct heed_aligned *row = &compare->places[i];
        for (size_t j = 0; j < n; j++) {
            const struct heed_aligned *column = &compare->places[j];
            const float first = of_a ? weight_at(in_a, a->n, row->a, column->a) : 0;
            const float second = of_b ? weight_at(in_b, b->n, row->b, column->b) : 0;
            values[i * n + j] = of_b ? second - first : first;
        }
    }
    map->values = values;
    map->rows = map->columns = compare->n;
    map->high = of_a && of_b ? largest_of(values, n * n) : 1;
    map->low = of_a && of_b ? -map->high : 0;
    if (of_a && of_b) {
        map->palette = heed_palette_get(compare->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    }
    return n > 0;
}

/* True if a row or column of what was found is of a query; where each token is both, all are. */
static bool attends(const struct heed_compare_values *map, int index)
{
    const struct heed_compare *compare = map->compare;
    const struct heed_aligned side = {.a = index, .b = index};
    const struct heed_aligned *at =
        map->places != NULL ? &compare->places[map->places[index]] : &side;
    const bool of_a = map->places != NULL ? at->a >= 0 : map->kind != HEED_COMPARE_B;
    const struct heed_maps *maps = of_a ? compare->maps_a : compare->maps_b;
    return heed_range_has((struct heed_range){maps->rows.first, maps->rows.count},
                          of_a ? at->a : at->b);
}

/* Queries and keys of two sides: the rows of the ones, the columns of the others. */
static void leave_empty_sides(struct heed_compare_values *map)
{
    map->all_rows = map->rows;
    map->all_columns = map->columns;
    if (map->kind == HEED_COMPARE_LAYERS || !heed_maps_have_sides(map->compare->maps_a)) {
        return;
    }
    int n = 0;
    while (n < map->rows && attends(map, n)) {
        n++;
    }
    map->first_column = n;
    map->columns -= n;
    map->rows = n;
}

bool heed_compare_find_values(struct heed_compare_values *map)
{
    const bool needs_b = map->kind == HEED_COMPARE_DIFFERENCE || map->kind == HEED_COMPARE_B;
    const struct heed_state *state = map->compare->frame->state;
    map->palette = heed_palette_get(state->theme, state->palette);
    bool ok = false;
    if (needs_b && !heed_maps_have(map->compare->maps_b, map->head.id)) {
        return false;
    }
    if (map->kind == HEED_COMPARE_LAYERS) {
        ok = find_layers(map);
    } else if (map->all_places) {
        ok = find_all(map);
    } else if (map->kind == HEED_COMPARE_DIFFERENCE) {
        ok = find_difference(map);
    } else {
        ok = find_side(map);
    }
    map->id = find_id(map);
    leave_empty_sides(map);
    return ok && map->rows > 0 && map->columns > 0;
}

void heed_compare_name(const struct heed_compare_values *map, int index, bool is_row, char *text,
                       size_t size)
{
    const struct heed_compare *compare = map->compare;
    index += is_row ? map->first_row : map->first_column;
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

struct heed_range heed_compare_find_range(const struct heed_compare_values *map,
                                          const struct heed_compared_pin *pin, bool is_row)
{
    const struct heed_range side = map->kind == HEED_COMPARE_B ? pin->b : pin->a;
    const int first = is_row ? map->first_row : map->first_column;
    const int n = is_row && map->kind != HEED_COMPARE_LAYERS ? map->rows : map->columns;
    struct heed_range range = {0, 0};
    for (int i = 0; i < n; i++) {
        if (map->places == NULL ? heed_range_has(side, first + i)
                                : heed_range_has(pin->places, map->places[first + i])) {
            range.first = range.count == 0 ? i : range.first;
            range.count = i - range.first + 1;
        }
    }
    return range;
}
