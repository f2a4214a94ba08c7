/* The kernel sets that this build and machine have. For tests only. */
#ifndef HEED_TESTS_CORE_BERT_KERNEL_SETS_H
#define HEED_TESTS_CORE_BERT_KERNEL_SETS_H

#include "core/tensor/kernels.h"

enum { MAX_KERNEL_SETS = 4 };

static inline int kernel_sets(const struct heed_kernel_set **sets)
{
    const struct heed_kernel_set *all[] = {heed_kernels_get_reference(), heed_kernels_get_avx2(),
                                           heed_kernels_get_avx512()};
    int count = 0;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (all[i]) {
            sets[count++] = all[i];
        }
    }
    return count;
}

#endif
