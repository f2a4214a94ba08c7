#include <stdlib.h>
#include <string.h>

#include "core/analysis/bootstrap.h"
#include "core/analysis/permute.h"
#include "core/analysis/relations_private.h"

enum { MOST_OFFSET = 64 };

/* The items of one relation, and what is made of them. */
struct table {
    const struct heed_relations *relations;
    int *items; /* [n] */
    int n;
    double *accuracies; /* [columns] */
    double *values;     /* [n, columns]: score - what the offset scores */
    double *p;          /* [2 columns] */
};

static const struct heed_relation_item *item_at(const struct table *table, int i)
{
    return &table->relations->items[table->items[i]];
}

static double score_at(const struct table *table, int i, int column)
{
    return (double)heed_relations_answer(table->relations, table->items[i], column).score;
}

/* Of the dependent's row: words to its head. */
static int distance(const struct heed_relation_item *item)
{
    return item->head - item->dependent;
}

/* The commonest distance; of equal ones the shortest, then the one to the left. */
static int find_offset(const struct table *table, double *accuracy)
{
    int counts[2 * MOST_OFFSET + 1] = {0};
    int best = -1;
    for (int i = 0; i < table->n; i++) {
        const int d = distance(item_at(table, i));
        if (abs(d) <= MOST_OFFSET) {
            counts[d + MOST_OFFSET]++;
        }
    }
    for (int far = 1; far <= MOST_OFFSET; far++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            if (best < 0 || counts[sign * far + MOST_OFFSET] > counts[best]) {
                best = sign * far + MOST_OFFSET;
            }
        }
    }
    *accuracy = (double)counts[best] / table->n;
    return best - MOST_OFFSET;
}

/* parity < 0: all sentences. -1 if there are no words. */
static int find_best(const struct table *table, int parity, double *accuracy, int *n)
{
    int best = -1;
    double most = -1;
    for (int c = 0; c < table->relations->n_columns; c++) {
        double sum = 0;
        *n = 0;
        for (int i = 0; i < table->n; i++) {
            if (parity < 0 || heed_probe_half_of(item_at(table, i)->sentence) == parity) {
                sum += score_at(table, i, c);
                (*n)++;
            }
        }
        if (*n > 0 && sum > most) {
            most = sum;
            best = c;
        }
    }
    *accuracy = best >= 0 ? most / *n : 0;
    return best;
}

static double measure_half(const struct table *table, int parity, int column, int *n)
{
    double sum = 0;
    *n = 0;
    for (int i = 0; i < table->n; i++) {
        if (heed_probe_half_of(item_at(table, i)->sentence) == parity) {
            sum += score_at(table, i, column);
            (*n)++;
        }
    }
    return *n > 0 ? sum / *n : 0;
}

static void find_halves(const struct table *table, struct heed_related *related)
{
    double right = 0;
    int n = 0;
    for (int parity = 0; parity < 2; parity++) {
        struct heed_probe_half *half = &related->halves[parity];
        const int column = find_best(table, parity, &half->accuracy, &half->n);
        if (column < 0) {
            continue;
        }
        const struct heed_relation_column of = heed_relations_column(table->relations, column);
        half->layer = of.layer;
        half->head = of.head;
        half->direction =
            of.direction == HEED_RELATION_HEAD ? HEED_PROBE_PRONOUN : HEED_PROBE_CANDIDATE;
        half->on_other = measure_half(table, 1 - parity, column, &half->n_other);
        right += half->on_other * half->n_other;
        n += half->n_other;
    }
    related->other_half = n == table->n ? right / n : -1;
}

static void find_second(const struct table *table, const struct heed_related *best,
                        struct heed_related *related)
{
    double most = -1;
    for (int c = 0; c < table->relations->n_columns; c++) {
        const struct heed_relation_column of = heed_relations_column(table->relations, c);
        if ((of.layer != best->layer || of.head != best->head) && table->accuracies[c] > most) {
            most = table->accuracies[c];
            related->second = most;
            related->second_layer = of.layer;
            related->second_head = of.head;
        }
    }
}

/* The interval of one column, sentences drawn. */
static bool find_interval(const struct table *table, int column, struct heed_related *related,
                          struct heed_probe_patience patience, struct heed_error *err)
{
    double *sums = calloc((size_t)table->n, sizeof *sums);
    int *sizes = calloc((size_t)table->n, sizeof *sizes);
    int n = 0;
    if (!sums || !sizes) {
        free(sums);
        free(sizes);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the intervals");
    }
    for (int i = 0; i < table->n; i++) {
        n += i == 0 || item_at(table, i)->sentence != item_at(table, i - 1)->sentence;
        sums[n - 1] += score_at(table, i, column);
        sizes[n - 1]++;
    }
    const bool ok = heed_bootstrap(sums, sizes, n, 1, &related->interval, patience, err);
    if (ok) {
        heed_wilson_where_needed(&related->interval, related->accuracy, n);
    }
    free(sums);
    free(sizes);
    return ok;
}

static bool test(struct table *table, int column, struct heed_related *related,
                 struct heed_probe_patience patience, struct heed_error *err)
{
    const int m = table->relations->n_columns;
    const int offset =
        related->direction == HEED_RELATION_HEAD ? related->offset : -related->offset;
    for (int i = 0; i < table->n; i++) {
        const double base = distance(item_at(table, i)) == offset;
        for (int c = 0; c < m; c++) {
            table->values[(size_t)i * (size_t)m + (size_t)c] = score_at(table, i, c) - base;
        }
    }
    if (!heed_permute(table->values, table->n, m, table->p, table->p + m, patience, err)) {
        return false;
    }
    related->p = table->p[column];
    related->p_max = table->p[m + column];
    return true;
}

static bool relate(struct table *table, struct heed_related *related,
                   struct heed_probe_patience patience, struct heed_error *err)
{
    int n = 0;
    const int column = find_best(table, -1, &related->accuracy, &n);
    const struct heed_relation_column of = heed_relations_column(table->relations, column);
    related->n = n;
    related->layer = of.layer;
    related->head = of.head;
    related->direction = of.direction;
    related->offset = find_offset(table, &related->offset_accuracy);
    related->offset = of.direction == HEED_RELATION_HEAD ? related->offset : -related->offset;
    related->gain = related->accuracy - related->offset_accuracy;
    for (int i = 0; i < table->n; i++) {
        related->uniform += table->relations->uniform[table->items[i]] / table->n;
    }
    find_second(table, related, related);
    find_halves(table, related);
    return find_interval(table, column, related, patience, err) &&
           test(table, column, related, patience, err);
}

bool heed_relations_relate(const struct heed_relations *relations, int relation,
                           struct heed_related *related, struct heed_probe_patience patience,
                           struct heed_error *err)
{
    const size_t m = (size_t)relations->n_columns;
    const size_t n = (size_t)relations->n;
    struct heed_related made = {.relation = relation};
    struct table table = {.relations = relations,
                          .items = malloc(n * sizeof *table.items),
                          .accuracies = malloc(m * sizeof(double)),
                          .p = malloc(2 * m * sizeof(double))};
    bool ok = table.items && table.accuracies && table.p;
    for (int i = 0; ok && i < relations->n; i++) {
        if (relations->items[i].relation == relation) {
            table.items[table.n++] = i;
        }
    }
    table.values = ok ? malloc((size_t)table.n * m * sizeof *table.values) : NULL;
    if (!table.values) {
        ok = heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for a relation");
    } else {
        heed_relations_accuracies(relations, relation, table.accuracies);
        ok = relate(&table, &made, patience, err);
    }
    if (ok) {
        *related = made;
    }
    free(table.items);
    free(table.accuracies);
    free(table.values);
    free(table.p);
    return ok;
}
