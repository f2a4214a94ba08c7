/* Kernels for any processor, by the compilers' own vectors of four: tiles of
 * 6 x 8, for sixteen registers. */
#include "core/tensor/kernels_sets.h"
#include "core/tensor/simd_portable.h"

#define TILE_ROWS 6

#include "core/tensor/kernels_simd.h"

const struct heed_kernel_set *heed_kernels_get_portable(void)
{
    static const struct heed_kernel_set set = KERNEL_SET("portable");
    return &set;
}
