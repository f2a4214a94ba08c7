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
struct heed_row_sums heed_row_sums(const float *row, int n, int index,
                                   float *columns);

/* Sum of n floats, in partial sums. */
float heed_row_total(const float *row, int n);

#endif
