#include "export/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "export/describe_table.h"
#include "export/rows.h"
#include "scene/frame/heading.h"
#include "scene/frame/shown.h"
#include "scene/frame/two_models.h"
#include "scene/panels/panels.h"
#include "scene/views/views.h"

#define MINUS "\xE2\x88\x92"

enum {
    ALL_NUMBERS = 64, /* a longer vector is told by its length and ends */
    STRONGEST = 3     /* of a map, where the picture shows all heads */
};

struct words {
    const struct heed_data_source *source;
    const struct heed_view_kind *kind;
    struct heed_frame frame; /* its maps, for what is no row */
    struct heed_buffer *out;
};

/* --- what it is --- */

static void put_quoted(struct heed_buffer *out, const char *name, const char *text)
{
    if (text != NULL) {
        heed_buffer_printf(out, "%s: \xE2\x80\x9C%s\xE2\x80\x9D\n", name, text);
    }
}

static void put_texts(const struct words *words)
{
    const struct heed_state *state = words->source->state;
    if (state->panel == HEED_PANEL_PROBE) {
        return; /* the caption names the file */
    }
    if (words->source->result->origin != NULL) {
        put_quoted(words->out, "File", state->file != NULL ? state->file : state->text);
        return;
    }
    put_quoted(words->out, heed_state_compares(state) ? "Text A" : "Text", state->text);
    put_quoted(words->out, heed_state_compares(state) ? "Text B" : "Second text",
               heed_state_get_second(state));
    for (int i = 0; i < 2 && heed_compares_models(words->source->result); i++) {
        char model[HEED_MODEL_NAME_BYTES];
        heed_name_side_model(words->source->result, i == 1, model, sizeof model);
        heed_buffer_printf(words->out, "Model of %s: %s\n", i == 0 ? "A" : "B", model);
    }
}

static void put_units(struct heed_buffer *out, const struct heed_maps *maps, const char *name,
                      struct heed_unit_range range)
{
    heed_buffer_printf(out, "%s, %d:", name, range.count);
    for (int i = 0; i < range.count; i++) {
        const struct heed_unit *unit = &maps->units[range.first + i];
        heed_buffer_printf(out, "%s %d %s", i > 0 ? "," : "", heed_maps_place(maps, unit->first),
                           unit->label);
    }
    heed_buffer_puts(out, "\n");
}

static void put_tokens(const struct words *words)
{
    const struct heed_result *result = words->source->result;
    const struct heed_maps *maps = result->maps;
    const bool joined = maps->rows.count != maps->columns.count || maps->rows.first != 0 ||
                        maps->columns.first != 0;
    if (joined) {
        put_units(words->out, maps, heed_query_name(result), maps->rows);
        put_units(words->out, maps, heed_key_name(result), maps->columns);
        return;
    }
    put_units(words->out, maps, maps->filter.words ? "Words" : "Tokens",
              (struct heed_unit_range){0, maps->n});
}

/* "it -> animal: 0.677 in L3H1, 0.02 in L5H11." of the pinned pair. */
static void put_pair(const struct words *words)
{
    const struct heed_state *state = words->source->state;
    const struct heed_maps *maps = words->source->result->maps;
    const struct heed_unit_range query = {heed_pin_units(maps, state->query).first,
                                          heed_pin_units(maps, state->query).count};
    const struct heed_range rows = {query.first, query.count};
    const struct heed_range columns = heed_pin_units(maps, state->key);
    char pair[256];
    heed_pair_text(&words->frame, pair, sizeof pair);
    if (state->query.in_b || state->key.in_b || columns.count == 0 || rows.count == 0) {
        return;
    }
    const struct heed_shown_maps shown = heed_shown_collect(&words->frame);
    for (int i = 0; i < shown.n; i++) {
        heed_buffer_printf(words->out, "%s%s%.3f in %s", i == 0 ? pair : "", i == 0 ? ": " : ", ",
                           (double)heed_map_weight(shown.items[i].weights, maps->n, rows, columns),
                           shown.items[i].name);
    }
    heed_buffer_puts(words->out, shown.n > 0 ? ".\n" : "");
}

static void put_head(const struct words *words)
{
    char title[256] = "", line[512] = "";
    heed_buffer_printf(words->out, "%s\n", words->source->caption);
    put_texts(words);
    if (words->source->state->panel != HEED_PANEL_NONE) {
        heed_buffer_printf(words->out, "%s\n",
                           heed_panel_get_kind(words->source->state->panel)->what);
        return;
    }
    put_tokens(words);
    heed_buffer_printf(words->out, "%s\n",
                       heed_compares_models(words->source->result) ? heed_two_models_what
                                                                   : words->kind->what);
    if (words->kind->headline != NULL) {
        words->kind->headline(&words->frame, title, sizeof title, line, sizeof line);
        heed_buffer_printf(words->out, "%s%s%s%s", title, title[0] != '\0' ? ". " : "", line,
                           title[0] != '\0' || line[0] != '\0' ? "\n" : "");
    }
    put_pair(words);
}

/* --- links and cells: a line a query, its keys from the largest on --- */

static void put_number(struct heed_buffer *out, float value, bool is_signed)
{
    heed_buffer_printf(out, "%s%.3f",
                       value < 0.0F ? MINUS
                       : is_signed  ? "+"
                                    : "",
                       (double)fabsf(value));
}

static int by_size(const void *a, const void *b)
{
    const struct heed_data_row *x = a, *y = b;
    const float one = fabsf(x->value), two = fabsf(y->value);
    return one > two              ? -1
           : one < two            ? 1
           : x->query != y->query ? x->query - y->query
                                  : x->key - y->key;
}

static bool is_difference(const struct heed_data_row *row)
{
    return row->part == HEED_DATA_PART_DIFFERENCE;
}

static void put_name(const struct words *words, const struct heed_data_row *row, bool is_query)
{
    struct heed_data_name name;
    heed_data_find_name(words->source, row, is_query, &name);
    if (name.position >= 0) {
        heed_buffer_printf(words->out, "%s (%d)", name.text, name.position);
    } else {
        heed_buffer_puts(words->out, name.text);
    }
}

/* Rows of one query, which are sorted here. */
static void put_query(const struct words *words, struct heed_data_row *rows, size_t n)
{
    size_t told = 0;
    heed_buffer_puts(words->out, "  ");
    put_name(words, rows, true);
    heed_sort(rows, n, sizeof *rows, by_size);
    for (; told < n && fabsf(rows[told].value) >= 0.0005F; told++) {
        heed_buffer_puts(words->out, told == 0 ? ": " : ", ");
        put_name(words, &rows[told], false);
        heed_buffer_puts(words->out, " ");
        put_number(words->out, rows[told].value, is_difference(&rows[told]));
    }
    if (told < n) {
        heed_buffer_printf(words->out, "%s%zu of less than 0.0005", told == 0 ? ": " : ", ",
                           n - told);
    }
    heed_buffer_puts(words->out, "\n");
}

static size_t count_queries(const struct heed_data_row *rows, size_t n)
{
    size_t count = n > 0;
    for (size_t i = 1; i < n; i++) {
        count += rows[i].query != rows[i - 1].query;
    }
    return count;
}

static void put_strongest(const struct words *words, struct heed_data_row *rows, size_t n)
{
    heed_sort(rows, n, sizeof *rows, by_size);
    for (size_t i = 0; i < n && i < STRONGEST; i++) {
        heed_buffer_puts(words->out, i == 0 ? "  strongest of " : "; ");
        if (i == 0) {
            heed_buffer_printf(words->out, "%zu: ", n);
        }
        put_name(words, &rows[i], true);
        heed_buffer_puts(words->out, " -> ");
        put_name(words, &rows[i], false);
        heed_buffer_puts(words->out, " ");
        put_number(words->out, rows[i].value, is_difference(&rows[i]));
    }
    heed_buffer_puts(words->out, "\n");
}

static void put_map_heading(const struct words *words, const struct heed_data_row *row, size_t n)
{
    char map[HEED_HEADING_BYTES], label[96] = "";
    const char *part = heed_data_part_name(words->source, row);
    heed_data_map_name(words->source, row, map, sizeof map);
    if (row->head.layer >= 0) {
        heed_map_label_text(words->source->result->maps, row->head, label, sizeof label);
    }
    heed_buffer_printf(words->out, "\n%s%s%s%s%s, %zu %s:\n", part,
                       part[0] != '\0' && map[0] != '\0' ? ", " : "", map,
                       label[0] != '\0' ? ", " : "", label, n,
                       row->kind == HEED_DATA_LINK ? "links" : "cells");
}

static void put_map(const struct words *words, struct heed_data_row *rows, size_t n)
{
    put_map_heading(words, rows, n);
    if (words->kind->all_heads) {
        put_strongest(words, rows, n);
        return;
    }
    size_t begin = 0;
    for (size_t left = count_queries(rows, n); left > 0; left--) {
        size_t end = begin + 1;
        while (end < n && rows[end].query == rows[begin].query) {
            end++;
        }
        put_query(words, rows + begin, end - begin);
        begin = end;
    }
}

/* --- numbers of vectors --- */

static void put_vector(const struct words *words, const struct heed_data_row *rows, size_t n)
{
    double squares = 0.0;
    size_t least = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        squares += (double)rows[i].value * (double)rows[i].value;
        least = rows[i].value < rows[least].value ? i : least;
        most = rows[i].value > rows[most].value ? i : most;
    }
    heed_buffer_printf(words->out, ": %zu numbers of length %.2f, from ", n, sqrt(squares));
    put_number(words->out, rows[least].value, false);
    heed_buffer_printf(words->out, " (number %d) to ", rows[least].key);
    put_number(words->out, rows[most].value, false);
    heed_buffer_printf(words->out, " (number %d)", rows[most].key);
    for (size_t i = 0; n <= ALL_NUMBERS && i < n; i++) {
        heed_buffer_puts(words->out, i == 0 ? ": " : " ");
        put_number(words->out, rows[i].value, false);
    }
}

/* Rows of one name, token and head: a vector's numbers, or one that is written. */
static void put_value(const struct words *words, const struct heed_data_row *rows, size_t n)
{
    char map[HEED_HEADING_BYTES];
    heed_data_map_name(words->source, rows, map, sizeof map);
    heed_buffer_printf(words->out, "  %s%s", rows->name, rows->query >= 0 ? " of " : "");
    if (rows->query >= 0) {
        put_name(words, rows, true);
    }
    heed_buffer_printf(words->out, "%s%s", map[0] != '\0' ? " in " : "", map);
    if (rows->key >= 0) {
        put_vector(words, rows, n);
    } else {
        heed_buffer_puts(words->out, ": ");
        put_number(words->out, rows->value, rows->query < 0);
    }
    heed_buffer_puts(words->out, "\n");
}

/* --- all of it --- */

static bool are_together(const struct heed_data_row *a, const struct heed_data_row *b)
{
    const bool same = a->kind == b->kind && a->part == b->part && a->place == b->place;
    return a->kind != HEED_DATA_VALUE ? same
                                      : same && a->name == b->name && a->query == b->query &&
                                            a->key >= 0 && b->key == a->key + 1;
}

static void put_rows(const struct words *words, const struct heed_data_rows *rows)
{
    bool in_values = false;
    for (size_t begin = 0, end = 0; begin < rows->n; begin = end) {
        struct heed_data_row *first = &rows->items[begin];
        for (end = begin + 1;
             end < rows->n && are_together(&rows->items[end - 1], &rows->items[end]); end++) {
        }
        if (first->kind != HEED_DATA_VALUE) {
            put_map(words, first, end - begin);
            continue;
        }
        heed_buffer_puts(words->out, in_values ? "" : "\nNumbers:\n");
        in_values = true;
        put_value(words, first, end - begin);
    }
    if (rows->n == 0) {
        heed_buffer_puts(words->out, "\nNo link is drawn.\n");
    }
}

static bool put_panel(const struct words *words, struct heed_error *err)
{
    struct heed_buffer csv = {0};
    const bool ok = heed_data_write(words->source, false, &csv, err);
    if (ok) {
        heed_buffer_puts(words->out, "\n");
        heed_describe_table(words->out, csv.data, csv.size);
    }
    heed_buffer_finish(&csv);
    return ok;
}

bool heed_describe_write(const struct heed_data_source *source, struct heed_buffer *out,
                         struct heed_error *err)
{
    struct heed_list list = {0}; /* its arena holds what the frame collects */
    struct heed_data_rows rows = {0};
    const struct words words = {
        .source = source,
        .kind = heed_view_get_kind(source->state->view),
        .out = out,
        .frame = {.list = &list,
                  .state = source->state,
                  .kind = heed_view_get_kind(source->state->view),
                  .panel = heed_panel_get_kind(source->state->panel),
                  .result = source->result,
                  .tasks = source->tasks,
                  .theme = heed_theme_get(source->state->theme),
                  .is_export = true},
    };
    put_head(&words);
    bool ok = true;
    if (source->state->panel != HEED_PANEL_NONE) {
        ok = put_panel(&words, err);
    } else {
        ok = heed_data_collect(&rows, source, err);
        if (ok) {
            put_rows(&words, &rows);
        }
        heed_data_finish(&rows);
    }
    heed_list_finish(&list);
    return ok && (!out->failed ||
                  heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the picture's words"));
}
