#include "core/analysis/row_sums.h"

#include "core/tensor/kernels.h"

enum { LANES = 4 };
#define STEPS                                                                                      \
    {                                                                                              \
        0, 1, 2, 3                                                                                 \
    }
#include "core/analysis/row_sums_simd.h"

struct heed_row_sums heed_row_sums(const float *row, int n, int index, float *columns)
{
    return sum_row(row, n, index, columns);
}

void heed_row_maxima(float *columns, const float *rows, size_t stride, int n_rows, int n)
{
    find_maxima(columns, rows, stride, n_rows, n);
}

float heed_row_divergence(const float *p, const float *q, int n)
{
    return sum_divergence(p, q, n);
}

heed_row_divergence_function *heed_row_divergence_get_fastest(void)
{
#if defined(HEED_HAVE_AVX2)
    if (heed_kernels_get_avx2() != NULL) { /* the machine has it too */
        return heed_row_divergence_avx2;
    }
#endif
    return heed_row_divergence;
}

heed_row_sums_function *heed_row_sums_get_fastest(void)
{
#if defined(HEED_HAVE_AVX2)
    if (heed_kernels_get_avx2() != NULL) { /* the machine has it too */
        return heed_row_sums_avx2;
    }
#endif
    return heed_row_sums;
}

heed_row_maxima_function *heed_row_maxima_get_fastest(void)
{
#if defined(HEED_HAVE_AVX2)
    if (heed_kernels_get_avx2() != NULL) {
        return heed_row_maxima_avx2;
    }
#endif
    return heed_row_maxima;
}
