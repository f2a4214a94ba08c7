#include "core/analysis/probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "core/analysis/margin.h"
#include "core/analysis/probe_private.h"

enum { MOST_PLACES = 256 /* words that an offset may span */ };

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
}

bool heed_probe_create(struct heed_probe **probe, struct heed_probe_shape shape,
                       struct heed_error *err)
{
    struct heed_probe *made = calloc(1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    made->shape = shape;
    made->n_columns = (shape.direction == HEED_PROBE_BOTH ? 2 : 1) * shape.n_layers * shape.n_heads;
    *probe = made;
    return true;
}

void heed_probe_destroy(struct heed_probe *probe)
{
    if (probe) {
        free(probe->scores);
        free(probe->rows);
        free(probe->weights);
        free(probe->places);
        free(probe);
    }
}

static bool grow(struct heed_probe *probe, int n_candidates)
{
    const size_t n = (size_t)probe->n + 1;
    const size_t columns = (size_t)probe->n_columns;
    const size_t candidates = (size_t)n_candidates;
    return heed_array_reserve(&probe->scores, &probe->scores_capacity, n,
                              columns * sizeof *probe->scores) &&
           heed_array_reserve(&probe->rows, &probe->rows_capacity, n, sizeof *probe->rows) &&
           heed_array_reserve(&probe->weights, &probe->weights_capacity,
                              probe->n_weights + columns * candidates, sizeof(float)) &&
           heed_array_reserve(&probe->places, &probe->places_capacity, probe->n_places + candidates,
                              sizeof(int));
}

/* ---- the columns ---- */

struct heed_probe_shape heed_probe_get_shape(const struct heed_probe *probe)
{
    return probe->shape;
}

int heed_probe_count_columns(const struct heed_probe *probe)
{
    return probe->n_columns;
}

struct heed_probed_head heed_probe_column_head(const struct heed_probe *probe, int column)
{
    const int n = probe->shape.n_layers * probe->shape.n_heads;
    const enum heed_probe_direction direction =
        column >= n ? HEED_PROBE_CANDIDATE
                    : (probe->shape.direction == HEED_PROBE_CANDIDATE ? HEED_PROBE_CANDIDATE
                                                                      : HEED_PROBE_PRONOUN);
    return (struct heed_probed_head){.layer = column % n / probe->shape.n_heads,
                                     .head = column % n % probe->shape.n_heads,
                                     .direction = direction};
}

int heed_probe_find_column(const struct heed_probe *probe, int layer, int head,
                           enum heed_probe_direction direction)
{
    const struct heed_probe_shape shape = probe->shape;
    if (layer < 0 || layer >= shape.n_layers || head < 0 || head >= shape.n_heads ||
        (shape.direction != HEED_PROBE_BOTH && direction != shape.direction)) {
        return -1;
    }
    const bool second = shape.direction == HEED_PROBE_BOTH && direction == HEED_PROBE_CANDIDATE;
    return (second ? shape.n_layers * shape.n_heads : 0) + layer * shape.n_heads + head;
}

int heed_probe_column_of(const struct heed_probe *probe, const struct heed_probed_head *head)
{
    return heed_probe_find_column(probe, head->layer, head->head, head->direction);
}

/* ---- one sentence ---- */

/* What answering by the largest score gets: 1, or its part of a tie. */
static double score_answer(const double *scores, int n, int answer)
{
    int equal = 0;
    for (int c = 0; c < n; c++) {
        if (scores[c] > scores[answer]) {
            return 0;
        }
        equal += scores[c] == scores[answer];
    }
    return 1.0 / equal;
}

/* Adds each weight that no other exceeds to its candidate's sum. */
static void add_largest(double *sums, const double *weights, int n)
{
    double largest = 0;
    for (int c = 0; c < n; c++) {
        largest = weights[c] > largest ? weights[c] : largest;
    }
    for (int c = 0; c < n; c++) {
        sums[c] += weights[c] == largest ? largest : 0;
    }
}

/* Tokens from one word to the other; 0: they are neighbours, or the same. */
static int distance(struct heed_token_range a, struct heed_token_range b)
{
    if (a.first + a.count <= b.first) {
        return b.first - (a.first + a.count);
    }
    return b.first + b.count <= a.first ? a.first - (b.first + b.count) : 0;
}

static struct heed_probe_baselines guess(const struct heed_probe_item *item, double *scores)
{
    struct heed_probe_baselines baselines = {.uniform = 1.0 / item->n_candidates};
    for (int c = 0; c < item->n_candidates; c++) {
        scores[c] = -distance(item->pronoun, item->candidates[c]);
    }
    baselines.nearest = score_answer(scores, item->n_candidates, item->answer);
    for (int c = 0; c < item->n_candidates; c++) {
        scores[c] = -item->candidates[c].first;
    }
    baselines.first = score_answer(scores, item->n_candidates, item->answer);
    return baselines;
}

/* The words of an item in some maps, and room for a number a candidate. */
struct scales {
    struct heed_unit_range query;
    struct heed_unit_range *keys;
    double *weights, *largest;
};

static void count_column(struct heed_probe *probe, const struct heed_maps *maps,
                         const struct heed_probe_item *item, struct scales *scales, int column)
{
    const struct heed_probed_head of = heed_probe_column_head(probe, column);
    const int n = item->n_candidates;
    float *kept = probe->weights + probe->n_weights + (size_t)column * (size_t)n;
    struct heed_probe_score *score =
        probe->scores + (size_t)probe->n * (size_t)probe->n_columns + column;
    for (int c = 0; c < n; c++) {
        kept[c] =
            of.direction == HEED_PROBE_PRONOUN
                ? heed_rank_link_weight(maps, of.layer, of.head, scales->query, scales->keys[c])
                : heed_rank_link_weight(maps, of.layer, of.head, scales->keys[c], scales->query);
        scales->weights[c] = (double)kept[c];
    }
    add_largest(scales->largest, scales->weights, n);
    score->score = score_answer(scales->weights, n, item->answer);
    score->margin = heed_margin_of(scales->weights, n, item->answer);
}

static bool count(struct heed_probe *probe, const struct heed_maps *maps,
                  const struct heed_probe_item *item, struct scales *scales, struct heed_error *err)
{
    const int n = item->n_candidates;
    if (!heed_rank_find_units(maps, item->pronoun, "pronoun", &scales->query, err)) {
        return false;
    }
    for (int c = 0; c < n; c++) {
        if (!heed_rank_find_units(maps, item->candidates[c], "candidate", &scales->keys[c], err)) {
            return false;
        }
    }
    if (!grow(probe, n)) {
        return no_memory(err);
    }
    for (int column = 0; column < probe->n_columns; column++) {
        count_column(probe, maps, item, scales, column);
    }
    struct heed_probe_row *row = &probe->rows[probe->n];
    *row = (struct heed_probe_row){.mas = score_answer(scales->largest, n, item->answer),
                                   .baselines = guess(item, scales->weights),
                                   .pair = item->pair,
                                   .n = n,
                                   .answer = item->answer,
                                   .weights = probe->n_weights,
                                   .places = probe->n_places};
    memcpy(probe->places + probe->n_places, item->places, (size_t)n * sizeof(int));
    probe->n_weights += (size_t)probe->n_columns * (size_t)n;
    probe->n_places += (size_t)n;
    probe->n_pairs = item->pair >= probe->n_pairs ? item->pair + 1 : probe->n_pairs;
    probe->n++;
    return true;
}

bool heed_probe_add(struct heed_probe *probe, const struct heed_maps *maps,
                    const struct heed_probe_item *item, struct heed_error *err)
{
    const size_t n = (size_t)item->n_candidates;
    struct scales scales = {.keys = malloc(n * sizeof *scales.keys),
                            .weights = malloc(n * sizeof(double)),
                            .largest = calloc(n, sizeof(double))};
    const bool ok = scales.keys && scales.weights && scales.largest
                        ? count(probe, maps, item, &scales, err)
                        : no_memory(err);
    free(scales.keys);
    free(scales.weights);
    free(scales.largest);
    return ok;
}

/* ---- some of the sentences ---- */

static bool copy_row(struct heed_probe *part, const struct heed_probe *probe, int sentence,
                     int pair)
{
    const struct heed_probe_row *row = &probe->rows[sentence];
    const size_t n_weights = (size_t)probe->n_columns * (size_t)row->n;
    if (!grow(part, row->n)) {
        return false;
    }
    struct heed_probe_row *to = &part->rows[part->n];
    *to = *row;
    to->pair = pair;
    to->weights = part->n_weights;
    to->places = part->n_places;
    memcpy(part->weights + part->n_weights, probe->weights + row->weights,
           n_weights * sizeof(float));
    memcpy(part->places + part->n_places, probe->places + row->places,
           (size_t)row->n * sizeof(int));
    memcpy(part->scores + (size_t)part->n * (size_t)part->n_columns,
           heed_probe_scores_of(probe, sentence), (size_t)probe->n_columns * sizeof *probe->scores);
    part->n_weights += n_weights;
    part->n_places += (size_t)row->n;
    part->n_pairs = pair >= part->n_pairs ? pair + 1 : part->n_pairs;
    part->n++;
    return true;
}

bool heed_probe_select(struct heed_probe **part, const struct heed_probe *probe, const bool *keep,
                       struct heed_error *err)
{
    struct heed_probe *made = NULL;
    int *numbers = malloc(((size_t)probe->n_pairs + 1) * sizeof *numbers);
    bool ok = numbers && heed_probe_create(&made, probe->shape, NULL);
    for (int p = 0; ok && p < probe->n_pairs; p++) {
        numbers[p] = -1;
    }
    for (int s = 0; ok && s < probe->n; s++) {
        int *number = &numbers[probe->rows[s].pair];
        if (keep[s]) {
            *number = *number < 0 ? made->n_pairs : *number;
            ok = copy_row(made, probe, s, *number);
        }
    }
    free(numbers);
    if (!ok) {
        heed_probe_destroy(made);
        return no_memory(err);
    }
    *part = made;
    return true;
}

/* ---- what it comes to ---- */

int heed_probe_get_count(const struct heed_probe *probe)
{
    return probe->n;
}

double heed_probe_get_score(const struct heed_probe *probe, int sentence, int column,
                            double *margin)
{
    const struct heed_probe_score *score = &heed_probe_scores_of(probe, sentence)[column];
    *margin = score->margin;
    return score->score;
}

const float *heed_probe_get_weights(const struct heed_probe *probe, int sentence, int column)
{
    const struct heed_probe_row *row = &probe->rows[sentence];
    return probe->weights + row->weights + (size_t)column * (size_t)row->n;
}

int heed_probe_compare_heads(const void *left, const void *right)
{
    const struct heed_probed_head *a = left;
    const struct heed_probed_head *b = right;
    if (a->accuracy != b->accuracy) {
        return a->accuracy < b->accuracy ? 1 : -1;
    }
    if (a->margin == b->margin && a->direction != b->direction) {
        return (int)a->direction - (int)b->direction;
    }
    return heed_rank_compare(a->margin, b->margin, a->layer - b->layer, a->head - b->head);
}

void heed_probe_get_heads(const struct heed_probe *probe, struct heed_probed_head *heads)
{
    const int n = probe->n_columns;
    for (int h = 0; h < n; h++) {
        heads[h] = heed_probe_column_head(probe, h);
        for (int s = 0; s < probe->n; s++) {
            const struct heed_probe_score *score = &heed_probe_scores_of(probe, s)[h];
            heads[h].accuracy += score->score;
            heads[h].margin += score->margin;
        }
        heads[h].accuracy /= probe->n;
        heads[h].margin /= probe->n;
    }
    heed_sort(heads, (size_t)n, sizeof *heads, heed_probe_compare_heads);
}

/* What always choosing the candidate nearest to a place gets. */
static double score_places(const struct heed_probe *probe, int places)
{
    double sum = 0;
    for (int s = 0; s < probe->n; s++) {
        const struct heed_probe_row *row = &probe->rows[s];
        const int *of = probe->places + row->places;
        const int wanted = abs(of[row->answer] - places);
        int equal = 0;
        for (int c = 0; c < row->n && wanted >= 0; c++) {
            const int far = abs(of[c] - places);
            equal = far < wanted ? row->n + 1 : equal + (far == wanted);
        }
        sum += equal <= row->n ? 1.0 / equal : 0;
    }
    return sum / probe->n;
}

/* The best of the offsets, the smallest |offset| of equal ones. */
static void find_offset(const struct heed_probe *probe, struct heed_probe_baselines *baselines)
{
    int most = 1;
    for (size_t i = 0; i < probe->n_places; i++) {
        const int far = abs(probe->places[i]);
        most = far > most ? far : most;
    }
    most = most < MOST_PLACES ? most : MOST_PLACES;
    baselines->offset = -1;
    for (int far = 1; far <= most; far++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            const double score = score_places(probe, sign * far);
            if (score > baselines->offset) {
                baselines->offset = score;
                baselines->places = sign * far;
            }
        }
    }
}

struct heed_probe_baselines heed_probe_get_baselines(const struct heed_probe *probe)
{
    struct heed_probe_baselines sums = {0};
    for (int s = 0; s < probe->n; s++) {
        sums.nearest += probe->rows[s].baselines.nearest;
        sums.first += probe->rows[s].baselines.first;
        sums.uniform += probe->rows[s].baselines.uniform;
    }
    sums.nearest /= probe->n;
    sums.first /= probe->n;
    sums.uniform /= probe->n;
    find_offset(probe, &sums);
    return sums;
}
