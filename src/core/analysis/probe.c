#include "core/analysis/probe.h"

#include <stdlib.h>

struct heed_probe {
    int n_layers, n_heads;
    int n; /* sentences */
    struct heed_probe_baselines sums;
    struct heed_probed_head heads[]; /* sums, by layer, then head */
};

bool heed_probe_create(struct heed_probe **probe, int n_layers, int n_heads,
                       struct heed_error *err)
{
    const size_t n = (size_t)n_layers * (size_t)n_heads;
    struct heed_probe *made = calloc(1, sizeof *made + n * sizeof made->heads[0]);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the probe");
    }
    made->n_layers = n_layers;
    made->n_heads = n_heads;
    for (size_t h = 0; h < n; h++) {
        made->heads[h].layer = (int)h / n_heads;
        made->heads[h].head = (int)h % n_heads;
    }
    *probe = made;
    return true;
}

void heed_probe_destroy(struct heed_probe *probe)
{
    free(probe);
}

/* What answering by the largest score gets: 1, or its part of a tie. */
static double score_answer(const float *scores, int n, int answer)
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

static double margin_of(const float *weights, int n, int answer)
{
    float best = 0;
    for (int c = 0; c < n; c++) {
        if (c != answer && weights[c] > best) {
            best = weights[c];
        }
    }
    return (double)weights[answer] - (double)best;
}

/* Tokens from one word to the other; 0: they are neighbours, or the same. */
static int distance(struct heed_token_range a, struct heed_token_range b)
{
    if (a.first + a.count <= b.first) {
        return b.first - (a.first + a.count);
    }
    return b.first + b.count <= a.first ? a.first - (b.first + b.count) : 0;
}

static void add_baselines(struct heed_probe_baselines *sums,
                          const struct heed_probe_item *item)
{
    float near[HEED_PROBE_MAX_CANDIDATES];
    float early[HEED_PROBE_MAX_CANDIDATES];
    for (int c = 0; c < item->n_candidates; c++) {
        near[c] = (float)-distance(item->pronoun, item->candidates[c]);
        early[c] = (float)-item->candidates[c].first;
    }
    sums->nearest += score_answer(near, item->n_candidates, item->answer);
    sums->first += score_answer(early, item->n_candidates, item->answer);
    sums->uniform += 1.0 / item->n_candidates;
}

bool heed_probe_add(struct heed_probe *probe, const struct heed_maps *maps,
                    const struct heed_probe_item *item, struct heed_error *err)
{
    struct heed_unit_range query;
    struct heed_unit_range keys[HEED_PROBE_MAX_CANDIDATES];
    float weights[HEED_PROBE_MAX_CANDIDATES];
    if (!heed_rank_find_units(maps, item->pronoun, "pronoun", &query, err)) {
        return false;
    }
    for (int c = 0; c < item->n_candidates; c++) {
        if (!heed_rank_find_units(maps, item->candidates[c], "candidate",
                                  &keys[c], err)) {
            return false;
        }
    }
    for (int h = 0; h < probe->n_layers * probe->n_heads; h++) {
        struct heed_probed_head *head = &probe->heads[h];
        for (int c = 0; c < item->n_candidates; c++) {
            const bool passes = heed_rank_link_passes(
                maps, head->layer, head->head, query, keys[c], &maps->filter);
            weights[c] = passes
                             ? heed_rank_link_weight(maps, head->layer,
                                                     head->head, query, keys[c])
                             : 0.0F;
        }
        head->accuracy += score_answer(weights, item->n_candidates, item->answer);
        head->margin += margin_of(weights, item->n_candidates, item->answer);
    }
    add_baselines(&probe->sums, item);
    probe->n++;
    return true;
}

int heed_probe_get_count(const struct heed_probe *probe)
{
    return probe->n;
}

static int compare(const void *left, const void *right)
{
    const struct heed_probed_head *a = left;
    const struct heed_probed_head *b = right;
    if (a->accuracy != b->accuracy) {
        return a->accuracy < b->accuracy ? 1 : -1;
    }
    if (a->margin != b->margin) {
        return a->margin < b->margin ? 1 : -1;
    }
    return a->layer != b->layer ? a->layer - b->layer : a->head - b->head;
}

void heed_probe_get_heads(const struct heed_probe *probe,
                          struct heed_probed_head *heads)
{
    const int n = probe->n_layers * probe->n_heads;
    for (int h = 0; h < n; h++) {
        heads[h] = probe->heads[h];
        heads[h].accuracy /= probe->n;
        heads[h].margin /= probe->n;
    }
    qsort(heads, (size_t)n, sizeof *heads, compare);
}

struct heed_probe_baselines heed_probe_get_baselines(const struct heed_probe *probe)
{
    struct heed_probe_baselines baselines = probe->sums;
    baselines.nearest /= probe->n;
    baselines.first /= probe->n;
    baselines.uniform /= probe->n;
    return baselines;
}
