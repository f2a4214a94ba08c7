/* Vectors of four floats by NEON of 64-bit ARM, under the names that
 * kernels_simd.h is written in. */
#ifndef HEED_CORE_TENSOR_SIMD_NEON_H
#define HEED_CORE_TENSOR_SIMD_NEON_H

#include <arm_neon.h>

typedef float32x4_t vec;

#include "core/tensor/simd_four.h"

static inline vec vec_max(vec a, vec b)
{
    return vmaxq_f32(a, b);
}

static inline vec vec_min(vec a, vec b)
{
    return vminq_f32(a, b);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return vfmaq_f32(c, a, b);
}

/* c - a b, rounded once */
static inline vec vec_fnma(vec a, vec b, vec c)
{
    return vfmsq_f32(c, a, b);
}

static inline vec vec_abs(vec a)
{
    return vabsq_f32(a);
}

static inline vec vec_round(vec a)
{
    return vrndnq_f32(a);
}

/* 2^n for whole n, -126 .. 127; 0 for -127 */
static inline vec vec_exp2_whole(vec n)
{
    const int32x4_t bits = vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127));
    return vreinterpretq_f32_s32(vshlq_n_s32(bits, 23));
}

/* c += a b, rounded once, in the register that holds c. a is a single float,
 * which the instruction takes from where it was loaded to: compilers spread it
 * over a vector first, which takes most cores' multipliers as long again. */
#define vec_factor float
#define vec_factor_load(x) (*(x))
#define vec_accumulate(c, a, b) __asm__("fmla %0.4s, %1.4s, %2.s[0]" : "+w"(c) : "w"(b), "w"(a))

#endif
