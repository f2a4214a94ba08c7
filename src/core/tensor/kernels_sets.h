/* What the files of kernels give kernels.c: a set each, or NULL where the
 * processor lacks its instructions. For no other file. */
#ifndef HEED_CORE_TENSOR_KERNELS_SETS_H
#define HEED_CORE_TENSOR_KERNELS_SETS_H

#include "core/tensor/kernels.h"

typedef const struct heed_kernel_set *heed_kernels_getter(void);

heed_kernels_getter heed_kernels_get_portable;
heed_kernels_getter heed_kernels_get_neon;
heed_kernels_getter heed_kernels_get_avx2;
heed_kernels_getter heed_kernels_get_avx512;

#endif
