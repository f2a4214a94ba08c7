/* Kernels for 64-bit ARM, which always has NEON: tiles of 14 x 8. */
#include "core/tensor/kernels_sets.h"
#include "core/tensor/simd_neon.h"

#define TILE_ROWS 14

#include "core/tensor/kernels_simd.h"

const struct heed_kernel_set *heed_kernels_get_neon(void)
{
    static const struct heed_kernel_set set = KERNEL_SET("neon");
    return &set;
}
