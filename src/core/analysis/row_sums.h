/*
 * The inner loop of the measures: one pass over a row of weights. Inside
 * core/analysis only; pure.
 */
#ifndef HEED_CORE_ANALYSIS_ROW_SUMS_H
#define HEED_CORE_ANALYSIS_ROW_SUMS_H

struct heed_row_sums {
    float entropy;  /* - sum w log2 w, within 1e-6 of its size */
    float distance; /* sum w |j - index| */
    float largest;
};

/* Also adds the row to columns[n]. */
typedef struct heed_row_sums heed_row_sums_function(const float *row, int n,
                                                    int index, float *columns);

heed_row_sums_function heed_row_sums;
heed_row_sums_function heed_row_sums_avx2; /* only with HEED_HAVE_AVX2 */

/* What this build and machine do best. */
heed_row_sums_function *heed_row_sums_get_fastest(void);

#endif
