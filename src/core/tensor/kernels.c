#include "core/tensor/kernels.h"

const struct heed_kernel_set *heed_kernels_get_fastest(void)
{
    const struct heed_kernel_set *set = heed_kernels_get_avx2();
    return set ? set : heed_kernels_get_reference();
}
