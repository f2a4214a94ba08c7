#include "core/analysis/ablation_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#include "core/analysis/spearman.h"

static const char *const column_names[HEED_N_ABLATION_COLUMNS] = {
    "weight", "value_norm", "rollout", "link", "token", "sentence"};

/* word NULL: the copy is, too. */
static bool copy_word(char **copy, const char *word)
{
    const size_t size = word ? strlen(word) + 1 : 0;
    *copy = word ? malloc(size) : NULL;
    if (*copy) {
        memcpy(*copy, word, size);
    }
    return !word || *copy;
}

bool heed_ablation_table_init(struct heed_ablation_table *table, int n, const char *from,
                              const char *to, struct heed_error *err)
{
    struct heed_ablation_table made = {.n = n};
    made.rows = calloc((size_t)n, sizeof *made.rows);
    const bool words = copy_word(&made.from, from) && copy_word(&made.to, to);
    if (!made.rows || !words) {
        heed_ablation_table_finish(&made);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
    }
    *table = made;
    return true;
}

void heed_ablation_table_finish(struct heed_ablation_table *table)
{
    free(table->from);
    free(table->to);
    free(table->rows);
    *table = (struct heed_ablation_table){0};
}

bool heed_ablation_has(const struct heed_ablation_table *table, enum heed_ablation_column column)
{
    switch (column) {
    case HEED_ABLATION_SENTENCE:
        return true;
    case HEED_ABLATION_TOKEN:
        return table->from != NULL;
    default:
        return table->to != NULL;
    }
}

enum heed_ablation_column heed_ablation_get_order(const struct heed_ablation_table *table)
{
    return table->to     ? HEED_ABLATION_LINK
           : table->from ? HEED_ABLATION_TOKEN
                         : HEED_ABLATION_SENTENCE;
}

static int compare_by(const struct heed_ablation_row *a, const struct heed_ablation_row *b,
                      enum heed_ablation_column column)
{
    return heed_rank_compare(a->values[column], b->values[column], a->head.layer - b->head.layer,
                             a->head.head - b->head.head);
}

static int compare_links(const void *a, const void *b)
{
    return compare_by(a, b, HEED_ABLATION_LINK);
}

static int compare_tokens(const void *a, const void *b)
{
    return compare_by(a, b, HEED_ABLATION_TOKEN);
}

static int compare_sentences(const void *a, const void *b)
{
    return compare_by(a, b, HEED_ABLATION_SENTENCE);
}

void heed_ablation_table_order(struct heed_ablation_table *table)
{
    for (int i = 0; i < table->n; i++) {
        struct heed_ablation_row *row = &table->rows[i];
        row->values[HEED_ABLATION_LINK] = (double)row->head.link_effect;
        row->values[HEED_ABLATION_TOKEN] = (double)row->head.token_effect;
        row->values[HEED_ABLATION_SENTENCE] = (double)row->head.sentence_effect;
    }
    const enum heed_ablation_column order = heed_ablation_get_order(table);
    heed_sort(table->rows, (size_t)table->n, sizeof *table->rows,
              order == HEED_ABLATION_LINK    ? compare_links
              : order == HEED_ABLATION_TOKEN ? compare_tokens
                                             : compare_sentences);
}

bool heed_ablation_correlate(const struct heed_ablation_table *table, enum heed_ablation_column x,
                             enum heed_ablation_column y, double *rho)
{
    const int n = table->n;
    double *values = malloc(2 * (size_t)n * sizeof *values);
    if (!values) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        values[i] = table->rows[i].values[x];
        values[n + i] = table->rows[i].values[y];
    }
    *rho = heed_spearman(values, values + n, n);
    free(values);
    return true;
}

static void put_number(struct heed_buffer *out, const char *name, double value)
{
    heed_buffer_printf(out, ",\"%s\":", name);
    if (isfinite(value)) {
        heed_buffer_printf(out, "%.7g", value);
    } else {
        heed_buffer_puts(out, "null");
    }
}

static void put_word(struct heed_buffer *out, const char *name, const char *word)
{
    heed_buffer_printf(out, "\"%s\":", name);
    if (word) {
        heed_buffer_put_json(out, word, strlen(word));
    } else {
        heed_buffer_puts(out, "null");
    }
    heed_buffer_puts(out, ",");
}

static bool has_change(const struct heed_ablation_table *table, const struct heed_ablation_row *row)
{
    return table->to && row->head.change_layer >= 0;
}

static void put_row(struct heed_buffer *out, const struct heed_ablation_table *table,
                    const struct heed_ablation_row *row)
{
    const struct heed_ablated_head *head = &row->head;
    heed_buffer_printf(out, "{\"layer\":%d,\"head\":%d", head->layer, head->head);
    for (int c = 0; c < HEED_N_ABLATION_COLUMNS; c++) {
        if (heed_ablation_has(table, (enum heed_ablation_column)c)) {
            put_number(out, column_names[c], row->values[c]);
        }
    }
    if (has_change(table, row)) {
        heed_buffer_printf(out, ",\"change\":{\"layer\":%d,\"head\":%d,\"weight\":%.7g}",
                           head->change_layer, head->change_head, (double)head->link_change);
    }
    heed_buffer_puts(out, "}");
}

static void put_correlations(struct heed_buffer *out, const struct heed_ablation_table *table)
{
    const char *comma = "";
    for (int x = 0; x < HEED_N_ABLATION_COLUMNS; x++) {
        for (int y = x + 1; y < HEED_N_ABLATION_COLUMNS; y++) {
            const enum heed_ablation_column of[] = {(enum heed_ablation_column)x,
                                                    (enum heed_ablation_column)y};
            if (heed_ablation_has(table, of[0]) && heed_ablation_has(table, of[1])) {
                heed_buffer_printf(out, "%s{\"of\":[\"%s\",\"%s\"]", comma, column_names[x],
                                   column_names[y]);
                double rho = NAN;
                out->failed |= !heed_ablation_correlate(table, of[0], of[1], &rho);
                put_number(out, "rho", rho);
                heed_buffer_puts(out, "}");
                comma = ",";
            }
        }
    }
}

void heed_ablation_put_json(struct heed_buffer *out, const struct heed_ablation_table *table)
{
    heed_buffer_puts(out, "{");
    put_word(out, "from", table->from);
    put_word(out, "to", table->to);
    heed_buffer_puts(out, "\"heads\":[");
    for (int i = 0; i < table->n; i++) {
        heed_buffer_puts(out, i > 0 ? "," : "");
        put_row(out, table, &table->rows[i]);
    }
    heed_buffer_puts(out, "],\"spearman\":[");
    put_correlations(out, table);
    heed_buffer_puts(out, "]}\n");
}

void heed_ablation_put_csv(struct heed_buffer *out, const struct heed_ablation_table *table)
{
    heed_buffer_puts(out, "layer,head");
    for (int c = 0; c < HEED_N_ABLATION_COLUMNS; c++) {
        heed_buffer_printf(out, ",%s", column_names[c]);
    }
    heed_buffer_puts(out, ",change,change_layer,change_head\n");
    for (int i = 0; i < table->n; i++) {
        const struct heed_ablation_row *row = &table->rows[i];
        heed_buffer_printf(out, "%d,%d", row->head.layer, row->head.head);
        for (int c = 0; c < HEED_N_ABLATION_COLUMNS; c++) {
            heed_buffer_puts(out, ",");
            if (heed_ablation_has(table, (enum heed_ablation_column)c)) {
                heed_buffer_printf(out, "%.7g", row->values[c]);
            }
        }
        if (has_change(table, row)) {
            heed_buffer_printf(out, ",%.7g,%d,%d\n", (double)row->head.link_change,
                               row->head.change_layer, row->head.change_head);
        } else {
            heed_buffer_puts(out, ",,,\n");
        }
    }
}
