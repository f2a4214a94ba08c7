/*
 * Linear maps y = f(x W^T + b) whose weights are packed once for a kernel
 * set, and run on a pool. One thread at a time may use one map.
 */
#ifndef HEED_CORE_TENSOR_LINEAR_H
#define HEED_CORE_TENSOR_LINEAR_H

#include <stddef.h>

#include "core/tensor/kernels.h"
#include "core/tensor/pool.h"

/* One of the maps that are stacked: its outputs come one after the other. */
struct heed_linear_part {
    const float *weight; /* [n_out, n_in] */
    const float *bias;   /* [n_out], or NULL: 0 */
    int n_out;
};

struct heed_linear {
    const struct heed_kernel_set *kernels;
    int n_in, n_out; /* n_out: of all parts */
    enum heed_pointwise pointwise;
    float *packed; /* [panels][n_in][panel] */
    float *bias;   /* [n_out] */
};

/* Floats of memory that a map needs. */
size_t heed_linear_floats(const struct heed_kernel_set *kernels, int n_in, int n_out);

/* Lays a map into memory that its owner keeps, at a cache line: maps that are
 * run one after the other are best neighbours. The content comes by
 * heed_linear_pack. */
struct heed_linear heed_linear_place(const struct heed_kernel_set *kernels, int n_in, int n_out,
                                     enum heed_pointwise pointwise, float *memory);

/* Stacks and packs parts whose n_out add up to the map's. */
void heed_linear_pack(struct heed_linear *linear, const struct heed_linear_part *parts, int n_parts,
                      struct heed_pool *pool);

/* x: [rows, n_in]. */
void heed_linear_run(const struct heed_linear *linear, struct heed_pool *pool, const float *x,
                     int rows, struct heed_output out);

/* Row-major [rows, n_out]. */
struct heed_output heed_linear_plain_output(const struct heed_linear *linear, float *y);

#endif
