#include <math.h>
#include <stdlib.h>

#include "base/array.h"

#include "core/analysis/bootstrap.h"
#include "core/analysis/permute.h"
#include "core/analysis/probe_private.h"

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the intervals");
}

/* Sums over the pairs: columns of scores, of margins, and the maximum attention score. */
struct sums {
    double *values; /* [pairs, 2 columns + 1] */
    int *sizes;     /* [pairs] */
    int n, m;
};

static void finish(struct sums *sums)
{
    free(sums->values);
    free(sums->sizes);
}

/* guess: take from each score what a guess would get. */
static bool add_up(struct sums *sums, const struct heed_probe *probe, bool guess,
                   struct heed_error *err)
{
    const int columns = probe->n_columns;
    *sums = (struct sums){.n = probe->n_pairs, .m = 2 * columns + 1};
    sums->values = calloc((size_t)sums->n * (size_t)sums->m, sizeof *sums->values);
    sums->sizes = calloc((size_t)sums->n, sizeof *sums->sizes);
    if (!sums->values || !sums->sizes) {
        finish(sums);
        return no_memory(err);
    }
    for (int s = 0; s < probe->n; s++) {
        const struct heed_probe_row *row = &probe->rows[s];
        const struct heed_probe_score *scores = heed_probe_scores_of(probe, s);
        double *to = sums->values + (size_t)row->pair * (size_t)sums->m;
        const double less = guess ? 1.0 / row->n : 0;
        for (int c = 0; c < columns; c++) {
            to[c] += scores[c].score - less;
            to[columns + c] += scores[c].margin;
        }
        to[2 * columns] += row->mas - less;
        sums->sizes[row->pair]++;
    }
    return true;
}

/* ---- halves ---- */

/* One column over the pairs of one half. */
static struct heed_probed_head measure_half(const struct heed_probe *probe, int parity, int column,
                                            int *n)
{
    struct heed_probed_head sums = heed_probe_column_head(probe, column);
    *n = 0;
    for (int s = 0; s < probe->n; s++) {
        if (heed_probe_half_of(probe->rows[s].pair) == parity) {
            sums.accuracy += heed_probe_scores_of(probe, s)[column].score;
            sums.margin += heed_probe_scores_of(probe, s)[column].margin;
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
    for (int c = 1; c < probe->n_columns; c++) {
        const struct heed_probed_head of = measure_half(probe, parity, c, &half.n);
        if (heed_probe_compare_heads(&of, &best) < 0) {
            best = of;
        }
    }
    half.layer = best.layer;
    half.head = best.head;
    half.direction = best.direction;
    half.accuracy = best.accuracy;
    half.on_other =
        measure_half(probe, 1 - parity, heed_probe_column_of(probe, &best), &half.n_other).accuracy;
    return half;
}

/* ---- the summary ---- */

bool heed_probe_summarise(const struct heed_probe *probe, const struct heed_probed_head *heads,
                          struct heed_probe_summary *summary,
                          struct heed_probe_head_intervals *intervals,
                          struct heed_probe_patience patience, struct heed_error *err)
{
    struct sums sums;
    if (!add_up(&sums, probe, false, err)) {
        return false;
    }
    const int columns = probe->n_columns;
    struct heed_probe_interval *ends = malloc((size_t)sums.m * sizeof *ends);
    bool ok = ends ? heed_bootstrap(sums.values, sums.sizes, sums.n, sums.m, ends, patience, err)
                   : no_memory(err);
    if (ok) {
        *summary = (struct heed_probe_summary){.n_pairs = probe->n_pairs};
        for (int s = 0; s < probe->n; s++) {
            summary->mas += probe->rows[s].mas / probe->n;
        }
        summary->mas_interval = ends[2 * columns];
        heed_wilson_where_needed(&summary->mas_interval, summary->mas, probe->n_pairs);
        for (int parity = 0; parity < 2; parity++) {
            summary->halves[parity] = choose(probe, parity);
        }
    }
    for (int h = 0; ok && intervals && h < columns; h++) {
        const int column = heed_probe_column_of(probe, &heads[h]);
        intervals[h] = (struct heed_probe_head_intervals){ends[column], ends[columns + column]};
        heed_wilson_where_needed(&intervals[h].accuracy, heads[h].accuracy, probe->n_pairs);
    }
    free(ends);
    finish(&sums);
    return ok;
}

/* ---- tests ---- */

/* Copies some columns of the sums to a matrix of their own. */
static double *take_columns(const struct sums *sums, int first, int count)
{
    double *taken = malloc((size_t)sums->n * (size_t)count * sizeof *taken);
    for (int i = 0; taken && i < sums->n; i++) {
        for (int c = 0; c < count; c++) {
            taken[(size_t)i * (size_t)count + (size_t)c] =
                sums->values[(size_t)i * (size_t)sums->m + (size_t)(first + c)];
        }
    }
    return taken;
}

static bool test_columns(const struct sums *sums, int first, int count, double *p,
                         struct heed_probe_patience patience, struct heed_error *err)
{
    double *taken = take_columns(sums, first, count);
    const bool ok =
        taken ? heed_permute(taken, sums->n, count, p, p + count, patience, err) : no_memory(err);
    free(taken);
    return ok;
}

bool heed_probe_test(const struct heed_probe *probe, struct heed_probed_head *heads,
                     struct heed_probe_patience patience, struct heed_error *err)
{
    const int n = probe->n_columns;
    struct sums sums;
    if (!add_up(&sums, probe, true, err)) {
        return false;
    }
    double *p = malloc(4 * (size_t)n * sizeof *p);
    const bool ok = p ? test_columns(&sums, 0, n, p, patience, err) &&
                            test_columns(&sums, n, n, p + 2 * n, patience, err)
                      : no_memory(err);
    for (int h = 0; ok && h < n; h++) {
        const int column = heed_probe_column_of(probe, &heads[h]);
        heads[h].p = p[column];
        heads[h].p_max = p[n + column];
        heads[h].margin_p = p[2 * n + column];
        heads[h].margin_p_max = p[3 * n + column];
    }
    free(p);
    finish(&sums);
    return ok;
}

/* ---- two groups ---- */

/* Differences of the pairs that have both groups: values[n, 2 columns]. */
static bool subtract(struct sums *sums, const struct heed_probe *probe, const bool *in_a,
                     const bool *in_b, struct heed_error *err)
{
    const size_t m = 2 * (size_t)probe->n_columns;
    const size_t n = (size_t)probe->n_pairs;
    int *counts = calloc(2 * n, sizeof *counts);
    *sums = (struct sums){.m = (int)m};
    sums->values = calloc(n * m, sizeof *sums->values);
    sums->sizes = malloc(n * sizeof *sums->sizes);
    if (!counts || !sums->values || !sums->sizes) {
        free(counts);
        finish(sums);
        return no_memory(err);
    }
    for (int s = 0; s < probe->n; s++) {
        counts[2 * probe->rows[s].pair] += in_a[s];
        counts[2 * probe->rows[s].pair + 1] += in_b[s];
    }
    for (int s = 0; s < probe->n; s++) {
        const int *of = &counts[2 * probe->rows[s].pair];
        const double share = (in_a[s] ? 1.0 / of[0] : 0) - (in_b[s] ? 1.0 / of[1] : 0);
        const struct heed_probe_score *scores = heed_probe_scores_of(probe, s);
        double *to = sums->values + (size_t)probe->rows[s].pair * m;
        for (int c = 0; c < probe->n_columns; c++) {
            to[c] += share * scores[c].score;
            to[probe->n_columns + c] += share * scores[c].margin;
        }
    }
    for (size_t p = 0; p < n; p++) {
        if (counts[2 * p] > 0 && counts[2 * p + 1] > 0) {
            for (size_t c = 0; c < m; c++) {
                sums->values[(size_t)sums->n * m + c] = sums->values[p * m + c];
            }
            sums->sizes[sums->n++] = 1;
        }
    }
    free(counts);
    return true;
}

static int compare_contrasts(const void *left, const void *right)
{
    const struct heed_probe_contrast *a = left;
    const struct heed_probe_contrast *b = right;
    return heed_rank_compare(fabs(a->accuracy), fabs(b->accuracy),
                             a->direction != b->direction ? (int)a->direction - (int)b->direction
                                                          : a->layer - b->layer,
                             a->head - b->head);
}

static void fill_contrasts(const struct heed_probe *probe, const struct sums *sums,
                           const struct heed_probe_interval *ends, const double *p,
                           struct heed_probe_contrast *contrasts)
{
    const int n = probe->n_columns;
    for (int c = 0; c < n; c++) {
        const struct heed_probed_head of = heed_probe_column_head(probe, c);
        contrasts[c] = (struct heed_probe_contrast){.layer = of.layer,
                                                    .head = of.head,
                                                    .direction = of.direction,
                                                    .interval = ends[c],
                                                    .margin_interval = ends[n + c],
                                                    .p = p[c],
                                                    .p_max = p[n + c]};
        for (int i = 0; i < sums->n; i++) {
            contrasts[c].accuracy += sums->values[(size_t)i * (size_t)sums->m + (size_t)c];
            contrasts[c].margin += sums->values[(size_t)i * (size_t)sums->m + (size_t)(n + c)];
        }
        contrasts[c].accuracy /= sums->n;
        contrasts[c].margin /= sums->n;
    }
    heed_sort(contrasts, (size_t)n, sizeof *contrasts, compare_contrasts);
}

bool heed_probe_contrast(const struct heed_probe *probe, const bool *in_a, const bool *in_b,
                         struct heed_probe_contrast *contrasts, int *n_pairs,
                         struct heed_probe_patience patience, struct heed_error *err)
{
    const int n = probe->n_columns;
    struct sums sums;
    if (!subtract(&sums, probe, in_a, in_b, err)) {
        return false;
    }
    struct heed_probe_interval *ends = malloc((size_t)sums.m * sizeof *ends);
    double *p = malloc(2 * (size_t)n * sizeof *p);
    bool ok = ends && p;
    if (!ok) {
        no_memory(err);
    } else if (sums.n == 0) {
        ok = heed_error_set(err, HEED_ERROR_INPUT,
                            "no pair has a sentence in both groups: give a column 'pair'");
    } else {
        ok = heed_bootstrap(sums.values, sums.sizes, sums.n, sums.m, ends, patience, err) &&
             test_columns(&sums, 0, n, p, patience, err);
    }
    if (ok) {
        fill_contrasts(probe, &sums, ends, p, contrasts);
        *n_pairs = sums.n;
    }
    free(ends);
    free(p);
    finish(&sums);
    return ok;
}
