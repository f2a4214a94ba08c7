#include "core/analysis/bootstrap.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#include "core/analysis/permute.h"

enum { N_DRAWS = 2000, N_CUT = 50 /* 2.5 % at each end */, FEW = 10 };

/* One draw's means. */
static void draw(const double *sums, const int *sizes, int n, int m, uint16_t *times,
                 uint64_t *state, double *means)
{
    double size = 0;
    memset(times, 0, (size_t)n * sizeof *times);
    memset(means, 0, (size_t)m * sizeof *means);
    for (int i = 0; i < n; i++) {
        const uint64_t high = heed_random_next(state) >> 32;
        uint16_t *chosen = &times[(high * (uint64_t)n) >> 32];
        *chosen = (uint16_t)(*chosen + (*chosen < UINT16_MAX));
    }
    for (int i = 0; i < n; i++) {
        const double *of = sums + (size_t)i * (size_t)m;
        if (times[i] == 0) {
            continue;
        }
        for (int c = 0; c < m; c++) {
            means[c] += times[i] * of[c];
        }
        size += times[i] * (double)sizes[i];
    }
    for (int c = 0; c < m; c++) {
        means[c] /= size;
    }
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

static void find_ends(const double *means, double *one, int m,
                      struct heed_probe_interval *intervals)
{
    for (int c = 0; c < m; c++) {
        for (size_t d = 0; d < N_DRAWS; d++) {
            one[d] = means[d * (size_t)m + (size_t)c];
        }
        heed_sort(one, N_DRAWS, sizeof *one, compare);
        intervals[c] = (struct heed_probe_interval){one[N_CUT], one[N_DRAWS - 1 - N_CUT]};
    }
}

bool heed_bootstrap(const double *sums, const int *sizes, int n, int m,
                    struct heed_probe_interval *intervals, struct heed_probe_patience patience,
                    struct heed_error *err)
{
    uint16_t *times = malloc((size_t)n * sizeof *times);
    double *means = malloc((size_t)N_DRAWS * (size_t)m * sizeof *means);
    double *one = malloc(N_DRAWS * sizeof *one);
    uint64_t state = 0;
    bool ok = times && means && one;
    if (!ok) {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the intervals");
    }
    for (size_t d = 0; ok && d < N_DRAWS; d++) {
        if (patience.cancelled && patience.cancelled(patience.context)) {
            ok = heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
        } else {
            draw(sums, sizes, n, m, times, &state, means + d * (size_t)m);
        }
    }
    if (ok) {
        find_ends(means, one, m, intervals);
    }
    free(times);
    free(means);
    free(one);
    return ok;
}

void heed_wilson_where_needed(struct heed_probe_interval *interval, double share, int n)
{
    const double z = 1.959963984540054;
    if (share > 0 && share < 1 && n >= FEW) {
        return;
    }
    const double by = 1 + z * z / n;
    const double middle = (share + z * z / (2 * n)) / by;
    const double half = z / by * sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    interval->low = share > 0 ? fmax(middle - half, 0) : 0;
    interval->high = share < 1 ? fmin(middle + half, 1) : 1;
}
