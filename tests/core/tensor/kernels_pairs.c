/* The wide kernels (tiles of 14 x 32, as for AVX-512) on pairs of AVX2
 * vectors, so that their division into tiles is tested on any such machine. */
#include "simd_pairs.h"

#define TILE_ROWS 14

#include "core/tensor/kernels_simd.h"

const struct heed_kernel_set *test_kernels_get_pairs(void);

const struct heed_kernel_set *test_kernels_get_pairs(void)
{
    static const struct heed_kernel_set set = KERNEL_SET("pairs");
    return heed_kernels_find("avx2") ? &set : NULL;
}
