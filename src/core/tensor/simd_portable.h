/* Vectors of four floats for any processor, under the names that
 * kernels_simd.h is written in: the compiler makes of them what there is (SSE2,
 * SIMD128 of wasm, plain floats). Products and sums are rounded each. */
#ifndef HEED_CORE_TENSOR_SIMD_PORTABLE_H
#define HEED_CORE_TENSOR_SIMD_PORTABLE_H

#include <stdint.h>

typedef float vec __attribute__((vector_size(16)));
typedef uint32_t vec_ints __attribute__((vector_size(16)));

#include "core/tensor/simd_four.h"

/* a where mask is all ones, b where it is zero */
static inline vec vec_choose(vec_ints mask, vec a, vec b)
{
    return (vec)(((vec_ints)a & mask) | ((vec_ints)b & ~mask));
}

static inline vec vec_max(vec a, vec b)
{
    return vec_choose((vec_ints)(a > b), a, b);
}

static inline vec vec_min(vec a, vec b)
{
    return vec_choose((vec_ints)(a < b), a, b);
}

static inline vec vec_fma(vec a, vec b, vec c)
{
    return a * b + c;
}

static inline vec vec_fnma(vec a, vec b, vec c)
{
    return c - a * b;
}

static inline vec vec_abs(vec a)
{
    return (vec)((vec_ints)a & 0x7fffffffU);
}

/* 1.5 * 2^23: a float of this size has no room for a fraction, and its lowest
 * bits are the whole number that was added. */
#define VEC_WHOLE 12582912.0F
enum { VEC_WHOLE_BITS = 0x4b400000 };

/* |a| < 2^22 */
static inline vec vec_round(vec a)
{
    return (a + VEC_WHOLE) - VEC_WHOLE;
}

/* 2^n for whole n, -126 .. 127; 0 for -127 */
static inline vec vec_exp2_whole(vec n)
{
    const vec_ints bits = (vec_ints)(n + VEC_WHOLE) - VEC_WHOLE_BITS;
    return (vec)((bits + 127U) << 23);
}

#define vec_factor vec
#define vec_factor_load(x) vec_all(*(x))
#define vec_accumulate(c, a, b) ((c) += (a) * (b))

#endif
