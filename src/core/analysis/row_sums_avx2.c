/* Compiled for AVX2 and FMA. */
#include "core/analysis/row_sums.h"

enum { LANES = 8 };
#define STEPS                                                                                      \
    {                                                                                              \
        0, 1, 2, 3, 4, 5, 6, 7                                                                     \
    }
#include "core/analysis/row_sums_simd.h"

struct heed_row_sums heed_row_sums_avx2(const float *row, int n, int index, float *columns)
{
    return sum_row(row, n, index, columns);
}

void heed_row_maxima_avx2(float *columns, const float *rows, size_t stride, int n_rows, int n)
{
    find_maxima(columns, rows, stride, n_rows, n);
}

float heed_row_divergence_avx2(const float *p, const float *q, int n)
{
    return sum_divergence(p, q, n);
}
