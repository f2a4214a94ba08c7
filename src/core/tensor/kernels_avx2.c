/* Kernels for x86-64 with AVX2 and FMA: tiles of 6 x 16. */
#include "core/tensor/kernels_sets.h"
#include "core/tensor/simd_avx2.h"

#define TILE_ROWS 6

#include "core/tensor/kernels_simd.h"

const struct heed_kernel_set *heed_kernels_get_avx2(void)
{
    static const struct heed_kernel_set set = KERNEL_SET("avx2");
    const bool can = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return can ? &set : NULL;
}
