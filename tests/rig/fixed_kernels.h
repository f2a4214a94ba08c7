/*
 * For goldens with numbers: a tie in the last printed digit falls as the sums
 * were rounded, and each set of kernels rounds its own way.
 */
#ifndef HEED_TESTS_RIG_FIXED_KERNELS_H
#define HEED_TESTS_RIG_FIXED_KERNELS_H

#include "core/tensor/kernels.h"

/* For struct heed_encoder_options: the set that every processor has; NULL where
 * the build has the reference alone. */
static inline const char *fixed_kernels(void)
{
    return heed_kernels_find("portable") != NULL ? "portable" : NULL;
}

#endif
