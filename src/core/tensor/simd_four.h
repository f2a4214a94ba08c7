/*
 * Vectors of four floats under the names that kernels_simd.h is written in, as
 * far as the compilers (gcc, clang) know them on every processor. A simd_*.h
 * includes this after vec. Not a header for anyone else.
 */
#ifndef HEED_CORE_TENSOR_SIMD_FOUR_H
#define HEED_CORE_TENSOR_SIMD_FOUR_H

#include <stddef.h>
#include <string.h>

enum { VEC = 4 };

static inline vec vec_load(const float *x)
{
    vec v;
    memcpy(&v, x, sizeof(v));
    return v;
}

static inline void vec_store(float *x, vec v)
{
    memcpy(x, &v, sizeof(v));
}

static inline vec vec_all(float x)
{
    return (vec){x, x, x, x};
}

static inline vec vec_add(vec a, vec b)
{
    return a + b;
}

static inline vec vec_sub(vec a, vec b)
{
    return a - b;
}

static inline vec vec_mul(vec a, vec b)
{
    return a * b;
}

static inline vec vec_div(vec a, vec b)
{
    return a / b;
}

/* Hints only. Macros: compilers drop calls of functions that only prefetch. */
#define vec_prefetch(x) __builtin_prefetch(x, 0, 2)
#define vec_prefetch_near(x) __builtin_prefetch(x, 0, 3)

static inline void transpose_4x4(float *to, size_t to_stride, const float *from, size_t from_stride)
{
    const vec a = vec_load(from);
    const vec b = vec_load(from + from_stride);
    const vec c = vec_load(from + 2 * from_stride);
    const vec d = vec_load(from + 3 * from_stride);
    for (int k = 0; k < 4; k++) {
        vec_store(to + (size_t)k * to_stride, (vec){a[k], b[k], c[k], d[k]});
    }
}

/* to[k][c] = from[c][k], c < 8, k < 4 */
static inline void transpose_8x4(float *to, size_t to_stride, const float *from, size_t from_stride)
{
    transpose_4x4(to, to_stride, from, from_stride);
    transpose_4x4(to + 4, to_stride, from + 4 * from_stride, from_stride);
}

#endif
