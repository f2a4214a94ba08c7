/*
 * The inner loops over rows of weights: sums of the measures, maxima of the
 * thumbnails, the distance of two rows. Inside core/analysis only; pure.
 */
#ifndef HEED_CORE_ANALYSIS_ROW_SUMS_H
#define HEED_CORE_ANALYSIS_ROW_SUMS_H

#include <stddef.h>

struct heed_row_sums {
    float distance; /* sum w |j - index| */
    float largest;
};

/* - sum w log2 w, within 1e-6 of its size. */
typedef float heed_row_entropy_function(const float *row, int n);

heed_row_entropy_function heed_row_entropy;
heed_row_entropy_function heed_row_entropy_avx2; /* only with HEED_HAVE_AVX2 */

/* Also adds the row to columns[n]. */
typedef struct heed_row_sums heed_row_sums_function(const float *row, int n, int index,
                                                    float *columns);

heed_row_sums_function heed_row_sums;
heed_row_sums_function heed_row_sums_avx2;

/* columns[n]: the largest of each column of rows[n_rows, n], stride apart, none
 * of them negative or NaN. */
typedef void heed_row_maxima_function(float *columns, const float *rows, size_t stride, int n_rows,
                                      int n);

heed_row_maxima_function heed_row_maxima;
heed_row_maxima_function heed_row_maxima_avx2;

/* Of p[n] and q[n], none of them negative or NaN: (KL(p || m) + KL(q || m)) / 2
 * with m = (p + q) / 2, logarithms to base 2; within 3e-6 of its size, and 0 if
 * they are equal. */
typedef float heed_row_divergence_function(const float *p, const float *q, int n);

heed_row_divergence_function heed_row_divergence;
heed_row_divergence_function heed_row_divergence_avx2;

/* What this build and machine do best. */
heed_row_divergence_function *heed_row_divergence_get_fastest(void);
heed_row_entropy_function *heed_row_entropy_get_fastest(void);
heed_row_sums_function *heed_row_sums_get_fastest(void);
heed_row_maxima_function *heed_row_maxima_get_fastest(void);

#endif
