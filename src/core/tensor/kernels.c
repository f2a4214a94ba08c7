#include "core/tensor/kernels.h"

#if !defined(HEED_HAVE_AVX2)
const struct heed_kernel_set *heed_kernels_get_avx2(void)
{
    return NULL;
}
#endif

#if !defined(HEED_HAVE_AVX512)
const struct heed_kernel_set *heed_kernels_get_avx512(void)
{
    return NULL;
}
#endif

const struct heed_kernel_set *heed_kernels_get_fastest(void)
{
    const struct heed_kernel_set *wide = heed_kernels_get_avx512();
    const struct heed_kernel_set *set = wide ? wide : heed_kernels_get_avx2();
    return set ? set : heed_kernels_get_reference();
}
