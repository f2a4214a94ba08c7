#include "core/analysis/row_sums.h"

#include "core/tensor/kernels.h"

enum { LANES = 4 };
#define STEPS                                                                                      \
    {                                                                                              \
        0, 1, 2, 3                                                                                 \
    }
#define NAMED(name) name
#include "core/analysis/row_sums_simd.h"

/* Of a kind of function what this machine does best. */
#if defined(HEED_HAVE_AVX2)
#define FASTEST(name) (heed_kernels_find("avx2") != NULL ? name##_avx2 : name)
#else
#define FASTEST(name) name
#endif

heed_row_divergence_function *heed_row_divergence_get_fastest(void)
{
    return FASTEST(heed_row_divergence);
}

heed_row_entropy_function *heed_row_entropy_get_fastest(void)
{
    return FASTEST(heed_row_entropy);
}

heed_row_sums_function *heed_row_sums_get_fastest(void)
{
    return FASTEST(heed_row_sums);
}

heed_row_maxima_function *heed_row_maxima_get_fastest(void)
{
    return FASTEST(heed_row_maxima);
}
