#include "core/analysis/relations.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "core/analysis/relations_private.h"

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the relations");
}

bool heed_relations_create(struct heed_relations **relations, struct heed_probe_shape shape,
                           enum heed_relation_direction direction, struct heed_error *err)
{
    struct heed_relations *made = calloc(1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    made->n_layers = shape.n_layers;
    made->n_heads = shape.n_heads;
    made->direction = direction;
    made->n_columns = (direction == HEED_RELATION_BOTH ? 2 : 1) * shape.n_layers * shape.n_heads;
    *relations = made;
    return true;
}

void heed_relations_destroy(struct heed_relations *relations)
{
    if (relations) {
        free(relations->items);
        free(relations->answers);
        free(relations->uniform);
        free(relations);
    }
}

int heed_relations_count(const struct heed_relations *relations)
{
    return relations->n;
}

int heed_relations_columns(const struct heed_relations *relations)
{
    return relations->n_columns;
}

const struct heed_relation_item *heed_relations_items(const struct heed_relations *relations)
{
    return relations->items;
}

struct heed_relation_column heed_relations_column(const struct heed_relations *relations,
                                                  int column)
{
    const int n = relations->n_layers * relations->n_heads;
    const bool second = relations->direction == HEED_RELATION_DEPENDENT || column >= n;
    return (struct heed_relation_column){column % n / relations->n_heads,
                                         column % n % relations->n_heads,
                                         second ? HEED_RELATION_DEPENDENT : HEED_RELATION_HEAD};
}

int heed_relations_find_column(const struct heed_relations *relations, int layer, int head,
                               enum heed_relation_direction direction)
{
    if (layer < 0 || layer >= relations->n_layers || head < 0 || head >= relations->n_heads ||
        (relations->direction != HEED_RELATION_BOTH && direction != relations->direction)) {
        return -1;
    }
    const bool second =
        relations->direction == HEED_RELATION_BOTH && direction == HEED_RELATION_DEPENDENT;
    return (second ? relations->n_layers * relations->n_heads : 0) + layer * relations->n_heads +
           head;
}

struct heed_relation_answer heed_relations_answer(const struct heed_relations *relations, int item,
                                                  int column)
{
    return relations->answers[(size_t)item * (size_t)relations->n_columns + (size_t)column];
}

/* ---- one sentence ---- */

/* A head's map with words for tokens, made in two steps. */
struct merged {
    struct heed_unit_range *units; /* [n] of the words */
    double *columns;               /* [tokens, n]: summed */
    double *weights;               /* [n, n]: and averaged */
    int n, n_tokens;
};

static void merge(struct merged *merged, const struct heed_maps *maps, int layer, int head)
{
    const int n = merged->n;
    for (int t = 0; t < merged->n_tokens; t++) {
        const float *row = heed_maps_row(maps, layer, head, t);
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int u = merged->units[j].first;
                 u < merged->units[j].first + merged->units[j].count; u++) {
                sum += (double)row[u];
            }
            merged->columns[(size_t)t * (size_t)n + (size_t)j] = sum;
        }
    }
    for (int i = 0; i < n; i++) {
        const struct heed_unit_range rows = merged->units[i];
        double *to = merged->weights + (size_t)i * (size_t)n;
        memset(to, 0, (size_t)n * sizeof *to);
        for (int t = rows.first; t < rows.first + rows.count; t++) {
            const double *from = merged->columns + (size_t)t * (size_t)n;
            for (int j = 0; j < n; j++) {
                to[j] += from[j];
            }
        }
        for (int j = 0; j < n; j++) {
            to[j] /= rows.count;
        }
    }
}

static struct heed_relation_answer answer(const struct merged *merged, int row, int right)
{
    const double *weights = merged->weights + (size_t)row * (size_t)merged->n;
    struct heed_relation_answer best = {.word = -1};
    double largest = -1;
    int equal = 0;
    for (int j = 0; j < merged->n; j++) {
        if (j == row || weights[j] < largest) {
            continue;
        }
        equal = weights[j] > largest ? 1 : equal + 1;
        best.word = weights[j] > largest ? j : best.word;
        largest = weights[j];
    }
    best.weight = (float)largest;
    best.score = weights[right] >= largest ? 1.0F / (float)equal : 0;
    return best;
}

static void count_column(struct heed_relations *relations, const struct merged *merged, int first,
                         int column)
{
    const struct heed_relation_column of = heed_relations_column(relations, column);
    for (int i = first; i < relations->n; i++) {
        const struct heed_relation_item *item = &relations->items[i];
        const bool forth = of.direction == HEED_RELATION_HEAD;
        relations->answers[(size_t)i * (size_t)relations->n_columns + (size_t)column] = answer(
            merged, forth ? item->dependent : item->head, forth ? item->head : item->dependent);
    }
}

static bool put_items(struct heed_relations *relations,
                      const struct heed_relation_sentence *sentence)
{
    for (int w = 0; w < sentence->n; w++) {
        const size_t n = (size_t)relations->n + 1;
        if (sentence->heads[w] < 0 || sentence->relations[w] < 0) {
            continue;
        }
        if (!heed_array_reserve(&relations->items, &relations->items_capacity, n,
                                sizeof *relations->items) ||
            !heed_array_reserve(&relations->uniform, &relations->uniform_capacity, n,
                                sizeof *relations->uniform) ||
            !heed_array_reserve(&relations->answers, &relations->answers_capacity, n,
                                (size_t)relations->n_columns * sizeof *relations->answers)) {
            return false;
        }
        relations->items[n - 1] = (struct heed_relation_item){
            sentence->number, sentence->relations[w], w, sentence->heads[w]};
        relations->uniform[n - 1] = 1.0 / (sentence->n - 1);
        relations->n++;
    }
    return true;
}

static bool find_units(struct merged *merged, const struct heed_maps *maps,
                       const struct heed_relation_sentence *sentence, struct heed_error *err)
{
    for (int w = 0; w < sentence->n; w++) {
        if (sentence->words[w].count == 0) {
            return heed_error_set(err, HEED_ERROR_INPUT, "its word %d has no token", w + 1);
        }
        if (!heed_rank_find_units(maps, sentence->words[w], "of the sentence", &merged->units[w],
                                  err)) {
            return false;
        }
    }
    return true;
}

bool heed_relations_add(struct heed_relations *relations, const struct heed_maps *maps,
                        const struct heed_relation_sentence *sentence, struct heed_error *err)
{
    const size_t n = (size_t)sentence->n;
    const int before = relations->n;
    struct merged merged = {
        .units = malloc(n * sizeof *merged.units),
        .columns = malloc((size_t)maps->n * n * sizeof(double)),
        .weights = malloc(n * n * sizeof(double)),
        .n = sentence->n,
        .n_tokens = maps->n,
    };
    bool ok = merged.units && merged.columns && merged.weights;
    if (!ok) {
        no_memory(err);
    }
    ok = ok && find_units(&merged, maps, sentence, err);
    if (ok && !put_items(relations, sentence)) {
        relations->n = before;
        ok = no_memory(err);
    }
    const int n_maps = relations->n_layers * relations->n_heads;
    for (int h = 0; ok && relations->n > before && h < n_maps; h++) {
        merge(&merged, maps, h / relations->n_heads, h % relations->n_heads);
        count_column(relations, &merged, before, h);
        if (relations->n_columns > n_maps) {
            count_column(relations, &merged, before, n_maps + h);
        }
    }
    relations->n_sentences += ok;
    free(merged.units);
    free(merged.columns);
    free(merged.weights);
    return ok;
}

void heed_relations_accuracies(const struct heed_relations *relations, int relation,
                               double *accuracies)
{
    const size_t m = (size_t)relations->n_columns;
    int n = 0;
    memset(accuracies, 0, m * sizeof *accuracies);
    for (int i = 0; i < relations->n; i++) {
        if (relations->items[i].relation != relation) {
            continue;
        }
        n++;
        for (size_t c = 0; c < m; c++) {
            accuracies[c] += (double)relations->answers[(size_t)i * m + c].score;
        }
    }
    for (size_t c = 0; n > 0 && c < m; c++) {
        accuracies[c] /= n;
    }
}
