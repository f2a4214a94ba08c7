/* The kernel sets that this build and machine have. For tests only. */
#ifndef HEED_TESTS_CORE_TENSOR_KERNEL_SETS_H
#define HEED_TESTS_CORE_TENSOR_KERNEL_SETS_H

#include "core/tensor/kernels.h"

enum { MAX_KERNEL_SETS = 8 };

static inline int kernel_sets(const struct heed_kernel_set **sets)
{
    int count = 0;
    for (int i = 0; heed_kernels_names[i] && count < MAX_KERNEL_SETS; i++) {
        sets[count] = heed_kernels_find(heed_kernels_names[i]);
        count += sets[count] != NULL;
    }
    return count;
}

#endif
