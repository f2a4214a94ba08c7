/*
 * What this machine can do at most, so that a time can be given as a share of
 * it. Each measurement takes some tens of milliseconds. Any thread.
 */
#ifndef HEED_CORE_TENSOR_MACHINE_H
#define HEED_CORE_TENSOR_MACHINE_H

#include <stdbool.h>

#include "base/error.h"
#include "core/tensor/kernels.h"

/* gflops: multiply-adds of registers by this kernel set's instructions, two
 * operations each. read_gb_s: reads of an array that is too
 * large for the caches. Both of n_threads together (0: one a core); the best
 * of several tries. */
HEED_NODISCARD bool heed_machine_measure(const struct heed_kernel_set *kernels, int n_threads,
                                         double *gflops, double *read_gb_s, struct heed_error *err);

#endif
