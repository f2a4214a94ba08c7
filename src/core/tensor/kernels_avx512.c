/* Kernels for x86-64 with AVX-512: tiles of 14 x 32. */
#include "core/tensor/kernels_sets.h"
#include "core/tensor/simd_avx512.h"

#define TILE_ROWS 14

#include "core/tensor/kernels_simd.h"

const struct heed_kernel_set *heed_kernels_get_avx512(void)
{
    static const struct heed_kernel_set set = KERNEL_SET("avx512");
    return __builtin_cpu_supports("avx512f") ? &set : NULL;
}
