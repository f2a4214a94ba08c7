#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/probe_private.h"

enum { N_DRAWS = 2000, N_CUT = 50 /* 2.5 % at each end */ };

/* Sums over one pair, or over all that a draw holds. */
struct sums {
    double value;
    int n;
};

struct bootstrap {
    const struct heed_probe *probe;
    uint16_t *times;   /* [draws, pairs]: how often a draw holds a pair */
    double *means;     /* [draws] */
    struct sums *sums; /* [pairs] */
};

/* SplitMix64 (Steele, Lea & Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

static void draw(struct bootstrap *bootstrap)
{
    const size_t n = (size_t)bootstrap->probe->n_pairs;
    uint64_t state = 0;
    for (size_t d = 0; d < N_DRAWS; d++) {
        uint16_t *times = bootstrap->times + d * n;
        for (size_t i = 0; i < n; i++) {
            const uint64_t high = next_random(&state) >> 32;
            uint16_t *chosen = &times[(high * n) >> 32];
            *chosen = (uint16_t)(*chosen + (*chosen < UINT16_MAX));
        }
    }
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of the mean over sentences whose sums a pair are bootstrap->sums. */
static struct heed_probe_interval find_interval(struct bootstrap *bootstrap)
{
    const int n = bootstrap->probe->n_pairs;
    for (int d = 0; d < N_DRAWS; d++) {
        const uint16_t *times = bootstrap->times + (size_t)d * (size_t)n;
        struct sums all = {0};
        for (int p = 0; p < n; p++) {
            all.value += times[p] * bootstrap->sums[p].value;
            all.n += times[p] * bootstrap->sums[p].n;
        }
        bootstrap->means[d] = all.value / all.n;
    }
    qsort(bootstrap->means, N_DRAWS, sizeof *bootstrap->means, compare);
    return (struct heed_probe_interval){bootstrap->means[N_CUT],
                                        bootstrap->means[N_DRAWS - 1 - N_CUT]};
}

enum what { WHAT_MAS, WHAT_SCORE, WHAT_MARGIN };

static struct heed_probe_interval interval_of(struct bootstrap *bootstrap, enum what what, int head)
{
    const struct heed_probe *probe = bootstrap->probe;
    memset(bootstrap->sums, 0, (size_t)probe->n_pairs * sizeof *bootstrap->sums);
    for (int s = 0; s < probe->n; s++) {
        const struct heed_probe_score *score = &heed_probe_scores_of(probe, s)[head];
        struct sums *sums = &bootstrap->sums[probe->pairs[s]];
        sums->n++;
        sums->value += what == WHAT_MAS     ? probe->mas[s]
                       : what == WHAT_SCORE ? score->score
                                            : score->margin;
    }
    return find_interval(bootstrap);
}

/* One head over the pairs of one parity. */
static struct heed_probed_head measure_half(const struct heed_probe *probe, int parity, int head,
                                            int *n)
{
    struct heed_probed_head sums = {.layer = head / probe->n_heads, .head = head % probe->n_heads};
    *n = 0;
    for (int s = 0; s < probe->n; s++) {
        if (probe->pairs[s] % 2 == parity) {
            sums.accuracy += heed_probe_scores_of(probe, s)[head].score;
            sums.margin += heed_probe_scores_of(probe, s)[head].margin;
            (*n)++;
        }
    }
    if (*n > 0) {
        sums.accuracy /= *n;
        sums.margin /= *n;
    }
    return sums;
}

static struct heed_probe_half choose(const struct heed_probe *probe, int parity)
{
    struct heed_probe_half half = {0};
    struct heed_probed_head best = measure_half(probe, parity, 0, &half.n);
    for (int h = 1; h < probe->n_layers * probe->n_heads; h++) {
        const struct heed_probed_head of = measure_half(probe, parity, h, &half.n);
        if (heed_probe_compare_heads(&of, &best) < 0) {
            best = of;
        }
    }
    half.layer = best.layer;
    half.head = best.head;
    half.accuracy = best.accuracy;
    const int index = best.layer * probe->n_heads + best.head;
    half.on_other = measure_half(probe, 1 - parity, index, &half.n_other).accuracy;
    return half;
}

static void fill(struct bootstrap *bootstrap, const struct heed_probed_head *heads,
                 struct heed_probe_summary *summary, struct heed_probe_head_intervals *intervals)
{
    const struct heed_probe *probe = bootstrap->probe;
    *summary = (struct heed_probe_summary){.n_pairs = probe->n_pairs};
    for (int s = 0; s < probe->n; s++) {
        summary->mas += probe->mas[s] / probe->n;
    }
    draw(bootstrap);
    summary->mas_interval = interval_of(bootstrap, WHAT_MAS, 0);
    for (int parity = 0; parity < 2; parity++) {
        summary->halves[parity] = choose(probe, parity);
    }
    for (int h = 0; intervals && h < probe->n_layers * probe->n_heads; h++) {
        const int index = heads[h].layer * probe->n_heads + heads[h].head;
        intervals[h].accuracy = interval_of(bootstrap, WHAT_SCORE, index);
        intervals[h].margin = interval_of(bootstrap, WHAT_MARGIN, index);
    }
}

bool heed_probe_summarise(const struct heed_probe *probe, const struct heed_probed_head *heads,
                          struct heed_probe_summary *summary,
                          struct heed_probe_head_intervals *intervals, struct heed_error *err)
{
    const size_t n = (size_t)probe->n_pairs;
    struct bootstrap bootstrap = {
        .probe = probe,
        .times = calloc(N_DRAWS * n, sizeof(uint16_t)),
        .means = malloc(N_DRAWS * sizeof(double)),
        .sums = malloc(n * sizeof(struct sums)),
    };
    const bool ok = bootstrap.times && bootstrap.means && bootstrap.sums;
    if (ok) {
        fill(&bootstrap, heads, summary, intervals);
    }
    free(bootstrap.times);
    free(bootstrap.means);
    free(bootstrap.sums);
    return ok || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the intervals");
}
