#include "core/analysis/probe.h"

#include <stdlib.h>

#include "base/array.h"
#include "core/analysis/margin.h"
#include "core/analysis/probe_private.h"

bool heed_probe_create(struct heed_probe **probe, int n_layers, int n_heads, struct heed_error *err)
{
    struct heed_probe *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    made->n_layers = n_layers;
    made->n_heads = n_heads;
    *probe = made;
    return true;
}

void heed_probe_destroy(struct heed_probe *probe)
{
    if (probe) {
        free(probe->scores);
        free(probe->mas);
        free(probe->pairs);
        free(probe);
    }
}

static bool grow(struct heed_probe *probe)
{
    const size_t n = (size_t)probe->n + 1;
    const size_t n_heads = (size_t)probe->n_layers * (size_t)probe->n_heads;
    size_t capacity[3] = {probe->capacity, probe->capacity, probe->capacity};
    const bool ok =
        heed_array_reserve(&probe->scores, &capacity[0], n, n_heads * sizeof *probe->scores) &&
        heed_array_reserve(&probe->mas, &capacity[1], n, sizeof *probe->mas) &&
        heed_array_reserve(&probe->pairs, &capacity[2], n, sizeof *probe->pairs);
    probe->capacity = ok ? capacity[0] : probe->capacity;
    return ok;
}

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

static void add_baselines(struct heed_probe_baselines *sums, const struct heed_probe_item *item)
{
    double near[HEED_PROBE_MAX_CANDIDATES];
    double early[HEED_PROBE_MAX_CANDIDATES];
    for (int c = 0; c < item->n_candidates; c++) {
        near[c] = -distance(item->pronoun, item->candidates[c]);
        early[c] = -item->candidates[c].first;
    }
    sums->nearest += score_answer(near, item->n_candidates, item->answer);
    sums->first += score_answer(early, item->n_candidates, item->answer);
    sums->uniform += 1.0 / item->n_candidates;
}

/* The candidates' weights in one head. */
static void weigh(double *weights, const struct heed_maps *maps, int layer, int head,
                  struct heed_unit_range query, const struct heed_unit_range *keys, int n)
{
    for (int c = 0; c < n; c++) {
        const bool passes = heed_rank_link_passes(maps, layer, head, query, keys[c], &maps->filter);
        weights[c] = passes ? (double)heed_rank_link_weight(maps, layer, head, query, keys[c]) : 0;
    }
}

bool heed_probe_add(struct heed_probe *probe, const struct heed_maps *maps,
                    const struct heed_probe_item *item, struct heed_error *err)
{
    const int n = item->n_candidates;
    const int n_heads = probe->n_layers * probe->n_heads;
    struct heed_unit_range query;
    struct heed_unit_range keys[HEED_PROBE_MAX_CANDIDATES];
    double weights[HEED_PROBE_MAX_CANDIDATES];
    double largest[HEED_PROBE_MAX_CANDIDATES] = {0};
    if (!heed_rank_find_units(maps, item->pronoun, "pronoun", &query, err)) {
        return false;
    }
    for (int c = 0; c < n; c++) {
        if (!heed_rank_find_units(maps, item->candidates[c], "candidate", &keys[c], err)) {
            return false;
        }
    }
    if (!grow(probe)) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    struct heed_probe_score *scores = probe->scores + (size_t)probe->n * (size_t)n_heads;
    for (int h = 0; h < n_heads; h++) {
        weigh(weights, maps, h / probe->n_heads, h % probe->n_heads, query, keys, n);
        add_largest(largest, weights, n);
        scores[h].score = score_answer(weights, n, item->answer);
        scores[h].margin = heed_margin_of(weights, n, item->answer);
    }
    probe->mas[probe->n] = score_answer(largest, n, item->answer);
    probe->n_pairs += !item->ends_pair || probe->n == 0;
    probe->pairs[probe->n] = probe->n_pairs - 1;
    add_baselines(&probe->sums, item);
    probe->n++;
    return true;
}

int heed_probe_get_count(const struct heed_probe *probe)
{
    return probe->n;
}

double heed_probe_get_score(const struct heed_probe *probe, int sentence, int layer, int head,
                            double *margin)
{
    const struct heed_probe_score *score =
        &heed_probe_scores_of(probe, sentence)[layer * probe->n_heads + head];
    *margin = score->margin;
    return score->score;
}

int heed_probe_compare_heads(const void *left, const void *right)
{
    const struct heed_probed_head *a = left;
    const struct heed_probed_head *b = right;
    if (a->accuracy != b->accuracy) {
        return a->accuracy < b->accuracy ? 1 : -1;
    }
    return heed_rank_compare(a->margin, b->margin, a->layer - b->layer, a->head - b->head);
}

void heed_probe_get_heads(const struct heed_probe *probe, struct heed_probed_head *heads)
{
    const int n = probe->n_layers * probe->n_heads;
    for (int h = 0; h < n; h++) {
        heads[h] =
            (struct heed_probed_head){.layer = h / probe->n_heads, .head = h % probe->n_heads};
        for (int s = 0; s < probe->n; s++) {
            const struct heed_probe_score *score = &heed_probe_scores_of(probe, s)[h];
            heads[h].accuracy += score->score;
            heads[h].margin += score->margin;
        }
        heads[h].accuracy /= probe->n;
        heads[h].margin /= probe->n;
    }
    qsort(heads, (size_t)n, sizeof *heads, heed_probe_compare_heads);
}

struct heed_probe_baselines heed_probe_get_baselines(const struct heed_probe *probe)
{
    struct heed_probe_baselines baselines = probe->sums;
    baselines.nearest /= probe->n;
    baselines.first /= probe->n;
    baselines.uniform /= probe->n;
    return baselines;
}
