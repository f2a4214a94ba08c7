#include "export/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "scene/frame/heading.h"
#include "scene/frame/shown.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"

static const struct heed_maps *maps_of(const struct heed_data_source *source,
                                       enum heed_data_part part)
{
    const struct heed_result *result = source->result;
    if (part == HEED_DATA_PART_B) {
        result = source->compare ? source->compare : result->compare->result;
    }
    return result->maps;
}

static int place_of(const struct heed_state *state, struct heed_head_id head)
{
    int place = state->n_shown; /* all heads are shown there: by their numbers */
    return heed_state_shows(state, head, &place)
               ? place
               : state->n_shown + (head.layer + 1) * 1024 + head.head;
}

static void add(struct heed_data_rows *rows, struct heed_data_row row)
{
    if (!heed_array_reserve(&rows->items, &rows->capacity, rows->n + 1, sizeof row)) {
        rows->failed = true;
        return;
    }
    row.place = place_of(rows->source->state, row.head);
    rows->items[rows->n++] = row;
}

static void add_link(struct heed_data_rows *rows, struct heed_target target,
                     enum heed_data_kind kind)
{
    const enum heed_data_part part =
        target.flags & HEED_TARGET_FLAG_B ? HEED_DATA_PART_B : HEED_DATA_PART_A;
    const struct heed_maps *maps = maps_of(rows->source, part);
    struct heed_head_id head = {-1, 0};
    const float *map = maps->aggregate;
    if (target.c >= 0) {
        head = (struct heed_head_id){(int16_t)(target.c >> 16), (int16_t)(target.c & 0xFFFF)};
        map = heed_maps_row(maps, head.layer, head.head, 0);
    }
    add(rows, (struct heed_data_row){
                  .kind = kind,
                  .part = part,
                  .head = head,
                  .query = target.a,
                  .key = target.b,
                  .value = map[(size_t)target.a * (size_t)maps->n + (size_t)target.b]});
}

static void add_cells(struct heed_data_rows *rows, const struct heed_item_heatmap *map,
                      struct heed_target target)
{
    const enum heed_data_part parts[] = {
        [1 + HEED_COMPARE_A] = HEED_DATA_PART_A,
        [1 + HEED_COMPARE_B] = HEED_DATA_PART_B,
        [1 + HEED_COMPARE_DIFFERENCE] = HEED_DATA_PART_DIFFERENCE,
        [1 + HEED_COMPARE_LAYERS] = HEED_DATA_PART_LAYERS,
    };
    const struct heed_values *values = &map->values;
    const size_t columns = (size_t)values->n_columns;
    const float *slice = values->data + (size_t)map->slice * (size_t)values->n_rows * columns;
    struct heed_data_row row = {.kind = HEED_DATA_CELL,
                                .head = {(int16_t)target.a, (int16_t)target.b}};
    if (target.c == HEED_LAB_TRAINED) {
        row.part = HEED_DATA_PART_B;
    } else if (target.c > 0) {
        row.part = parts[target.c];
    }
    for (int i = map->row; i < map->row + map->rows; i++) {
        for (int j = map->column; j < map->column + map->columns; j++) {
            row.query = i;
            row.key = j;
            row.value = slice[(size_t)i * columns + (size_t)j];
            if (!isnan(row.value) && fabsf(row.value) >= map->threshold) {
                add(rows, row);
            }
        }
    }
}

/* The head that stands where none is named: the first shown one, of a view of one head. */
static struct heed_head_id first_head(const struct heed_data_source *source)
{
    const struct heed_state *state = source->state;
    const bool has = heed_view_get_kind(state->view)->panel_a_head && state->n_shown > 0;
    return has ? state->shown[0].id : (struct heed_head_id){-2, 0};
}

/* As it is written, with its own minus sign. */
static float read_number(const char *text)
{
    static const char minus[] = "\xE2\x88\x92";
    const bool negative = strncmp(text, minus, sizeof minus - 1) == 0;
    const float value = strtof(negative ? text + sizeof minus - 1 : text, NULL);
    return negative ? -value : value;
}

/* A row of a strip, or a written number. */
static void add_values(struct heed_data_rows *rows, const struct heed_item *item,
                       struct heed_head_id head)
{
    const struct heed_view_kind *kind = heed_view_get_kind(rows->source->state->view);
    const struct heed_result *result = rows->source->result;
    const struct heed_item_heatmap *map = &item->as.heatmap;
    bool of_token = false;
    const char *name = kind->name_value ? kind->name_value(item->target.a, &of_token) : NULL;
    const int token =
        of_token ? item->target.b : heed_neuron_token(result->maps, rows->source->state->query);
    struct heed_data_row row = {
        .kind = HEED_DATA_VALUE, .name = name, .head = head, .query = token, .key = -1};
    row.order = rows->n_values++;
    if (name == NULL) {
        return;
    }
    if (item->kind == HEED_ITEM_TEXT) {
        row.value = read_number(item->as.text.text);
        add(rows, row);
        return;
    }
    const float *values = map->values.data + (size_t)map->row * (size_t)map->values.n_columns;
    for (int j = 0; j < map->columns; j++) {
        row.key = j + (of_token ? 0 : item->target.b);
        row.value = values[j];
        add(rows, row);
    }
}

/* Compare writes behind a ranked head's name what changes in it. */
static void add_change(struct heed_data_rows *rows, const char *text, struct heed_head_id head)
{
    if (rows->source->state->view == HEED_VIEW_COMPARE && strchr(text, '.') != NULL) {
        add(rows, (struct heed_data_row){.kind = HEED_DATA_VALUE,
                                         .name = "change",
                                         .order = rows->n_values++,
                                         .head = head,
                                         .query = -1,
                                         .key = -1,
                                         .value = read_number(text)});
    }
}

static void collect(struct heed_data_rows *rows)
{
    const struct heed_list *list = rows->source->list;
    struct heed_head_id head = first_head(rows->source);
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->target.kind == HEED_TARGET_LINK &&
            (item->kind == HEED_ITEM_CUBIC || item->kind == HEED_ITEM_ARC ||
             item->kind == HEED_ITEM_HOTSPOT)) {
            add_link(rows, item->target, HEED_DATA_LINK);
        } else if (item->target.kind == HEED_TARGET_LINK && item->kind == HEED_ITEM_TEXT) {
            add_link(rows, item->target, HEED_DATA_NUMBER);
        } else if (item->target.kind == HEED_TARGET_CELL && item->kind == HEED_ITEM_HEATMAP) {
            add_cells(rows, &item->as.heatmap, item->target);
        } else if (item->target.kind == HEED_TARGET_VALUE &&
                   (item->kind == HEED_ITEM_HEATMAP || item->kind == HEED_ITEM_TEXT)) {
            add_values(rows, item, head);
        } else if (item->target.kind == HEED_TARGET_HEAD && item->kind == HEED_ITEM_TEXT) {
            head = (struct heed_head_id){(int16_t)item->target.a, (int16_t)item->target.b};
            add_change(rows, item->as.text.text, head);
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct heed_data_row *x = a, *y = b;
    const int differences[] = {(int)x->kind - (int)y->kind, x->order - y->order,
                               (int)x->part - (int)y->part, x->place - y->place,
                               x->query - y->query,         x->key - y->key};
    for (size_t i = 0; i < HEED_COUNT(differences); i++) {
        if (differences[i] != 0) {
            return differences[i];
        }
    }
    return 0;
}

static void sort(struct heed_data_rows *rows)
{
    size_t kept = 0;
    heed_sort(rows->items, rows->n, sizeof *rows->items, compare);
    for (size_t i = 0; i < rows->n; i++) {
        if (kept == 0 || compare(&rows->items[kept - 1], &rows->items[i]) != 0) {
            rows->items[kept++] = rows->items[i];
        }
    }
    rows->n = kept;
}

bool heed_data_collect(struct heed_data_rows *rows, const struct heed_data_source *source,
                       struct heed_error *err)
{
    *rows = (struct heed_data_rows){.source = source};
    if (source->state->panel == HEED_PANEL_NONE) {
        collect(rows);
        sort(rows);
    }
    return !rows->failed ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the picture's numbers");
}

void heed_data_finish(struct heed_data_rows *rows)
{
    free(rows->items);
}

/* --- names --- */

/* What both texts have at a place: A's word, and B's if it is another. */
static void name_place(const struct heed_data_source *source, int index,
                       struct heed_data_name *name)
{
    const struct heed_comparison *comparison = source->result->compare;
    for (int i = 0; i < comparison->units.n; i++) {
        const struct heed_aligned *place = &comparison->units.places[i];
        if (place->a < 0 || place->b < 0 || index-- > 0) {
            continue;
        }
        const struct heed_unit *a = &source->result->maps->units[place->a];
        const struct heed_unit *b = &comparison->result->maps->units[place->b];
        name->position = a->first;
        snprintf(name->text, sizeof name->text, "%.90s%s%.90s", a->label, place->same ? "" : "|",
                 place->same ? "" : b->label);
        return;
    }
}

void heed_data_find_name(const struct heed_data_source *source, const struct heed_data_row *row,
                         bool is_query, struct heed_data_name *name)
{
    const int index = is_query ? row->query : row->key;
    *name = (struct heed_data_name){.position = -1};
    if (row->kind == HEED_DATA_VALUE) {
        name->position = index;
        if (is_query && index >= 0) {
            heed_pin_words(source->result, (struct heed_pin){index, 1}, name->text,
                           sizeof name->text);
        }
        return;
    }
    if (row->part == HEED_DATA_PART_LAYERS && is_query) {
        snprintf(name->text, sizeof name->text, index == 0 ? "embedding" : "layer %d", index - 1);
    } else if (row->part == HEED_DATA_PART_DIFFERENCE || row->part == HEED_DATA_PART_LAYERS) {
        name_place(source, index, name);
    } else {
        const bool is_b = row->part == HEED_DATA_PART_B && source->state->view != HEED_VIEW_LAB;
        const struct heed_unit *unit =
            &maps_of(source, is_b ? HEED_DATA_PART_B : HEED_DATA_PART_A)->units[index];
        name->position = heed_maps_place(source->result->maps, unit->first);
        snprintf(name->text, sizeof name->text, "%s", unit->label);
    }
}

const char *heed_data_part_name(const struct heed_data_source *source,
                                const struct heed_data_row *row)
{
    static const char *const names[] = {"A", "B", "B-A", "1-cosine"};
    if (row->kind == HEED_DATA_VALUE) {
        return row->name;
    }
    if (source->state->view == HEED_VIEW_LAB) {
        return row->part == HEED_DATA_PART_B ? "trained" : "changed";
    }
    const bool compares = source->compare || source->result->compare;
    return compares ? names[row->part] : "";
}

void heed_data_map_name(const struct heed_data_source *source, const struct heed_data_row *row,
                        char *text, size_t size)
{
    text[0] = '\0';
    if (row->part != HEED_DATA_PART_LAYERS && row->head.layer >= -1) {
        heed_heading_short(source->state, &source->result->maps->filter, row->head, text, size);
    }
}
