#include "core/analysis/permute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP = 8, N_SIGNS = 256 };

static const double slack = 1e-9;

/* signs[256, m]: the sums of the rows of a group under each pattern of signs. */
static void fill_signs(double *signs, const double *values, int n, int m)
{
    memset(signs, 0, (size_t)N_SIGNS * (size_t)m * sizeof *signs);
    for (int pattern = 0; pattern < N_SIGNS; pattern++) {
        double *sums = signs + (size_t)pattern * (size_t)m;
        for (int i = 0; i < n; i++) {
            const double sign = pattern >> i & 1 ? -1 : 1;
            for (int c = 0; c < m; c++) {
                sums[c] += sign * values[(size_t)i * (size_t)m + (size_t)c];
            }
        }
    }
}

static bool draw(double *sums, double *signs, const double *values, int n, int m,
                 struct heed_probe_patience patience)
{
    uint64_t state = 1;
    for (int first = 0; first < n; first += GROUP) {
        const int rows = n - first < GROUP ? n - first : GROUP;
        if (patience.cancelled && patience.cancelled(patience.context)) {
            return false;
        }
        fill_signs(signs, values + (size_t)first * (size_t)m, rows, m);
        for (size_t d = 0; d < HEED_PERMUTE_DRAWS; d++) {
            const double *add = signs + (heed_random_next(&state) >> 56) * (size_t)m;
            double *to = sums + d * (size_t)m;
            for (int c = 0; c < m; c++) {
                to[c] += add[c];
            }
        }
    }
    return true;
}

static void count(const double *sums, const double *observed, int m, double *p, double *p_max)
{
    for (int c = 0; c < m; c++) {
        p[c] = p_max[c] = 1;
    }
    for (size_t d = 0; d < HEED_PERMUTE_DRAWS; d++) {
        const double *of = sums + d * (size_t)m;
        double largest = 0;
        for (int c = 0; c < m; c++) {
            largest = fmax(largest, fabs(of[c]));
        }
        for (int c = 0; c < m; c++) {
            p[c] += fabs(of[c]) >= observed[c] - slack;
            p_max[c] += largest >= observed[c] - slack;
        }
    }
    for (int c = 0; c < m; c++) {
        p[c] /= HEED_PERMUTE_DRAWS + 1;
        p_max[c] /= HEED_PERMUTE_DRAWS + 1;
    }
}

bool heed_permute(const double *values, int n, int m, double *p, double *p_max,
                  struct heed_probe_patience patience, struct heed_error *err)
{
    double *sums = calloc((size_t)HEED_PERMUTE_DRAWS * (size_t)m, sizeof *sums);
    double *signs = malloc((size_t)N_SIGNS * (size_t)m * sizeof *signs);
    double *observed = calloc((size_t)m, sizeof *observed);
    bool ok = sums && signs && observed;
    if (!ok) {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the permutations");
    } else if (!draw(sums, signs, values, n, m, patience)) {
        ok = heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
    } else {
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < m; c++) {
                observed[c] += values[(size_t)i * (size_t)m + (size_t)c];
            }
        }
        for (int c = 0; c < m; c++) {
            observed[c] = fabs(observed[c]);
        }
        count(sums, observed, m, p, p_max);
    }
    free(sums);
    free(signs);
    free(observed);
    return ok;
}
