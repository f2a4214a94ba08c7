/*
 * Vectors of VEC floats under the names that kernels_simd.h is written in. A
 * simd_*.h includes this after vec, vec_ints, VEC and MM(name), an intrinsic of
 * that width. Not a header for anyone else.
 */
#ifndef HEED_CORE_TENSOR_SIMD_H
#define HEED_CORE_TENSOR_SIMD_H

static inline vec vec_load(const float *x)
{
    return MM(loadu_ps)(x);
}

static inline void vec_store(float *x, vec v)
{
    MM(storeu_ps)(x, v);
}

static inline vec vec_all(float x)
{
    return MM(set1_ps)(x);
}

static inline vec vec_add(vec a, vec b)
{
    return MM(add_ps)(a, b);
}

static inline vec vec_sub(vec a, vec b)
{
    return MM(sub_ps)(a, b);
}

static inline vec vec_mul(vec a, vec b)
{
    return MM(mul_ps)(a, b);
}

static inline vec vec_div(vec a, vec b)
{
    return MM(div_ps)(a, b);
}

static inline vec vec_max(vec a, vec b)
{
    return MM(max_ps)(a, b);
}

static inline vec vec_min(vec a, vec b)
{
    return MM(min_ps)(a, b);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return MM(fmadd_ps)(a, b, c);
}

/* c - a b, rounded once */
static inline vec vec_fnma(vec a, vec b, vec c)
{
    return MM(fnmadd_ps)(a, b, c);
}

/* 2^n for whole n, -126 .. 127; 0 for -127 */
static inline vec vec_exp2_whole(vec n)
{
    const vec_ints bits = MM(add_epi32)(MM(cvtps_epi32)(n), MM(set1_epi32)(127));
    return vec_from_bits(MM(slli_epi32)(bits, 23));
}

/* What a whole vector is multiplied by. */
#define vec_factor vec
#define vec_factor_load(x) vec_all(*(x))

/* Hints only, into the second-level cache or the first: any address will do.
 * Macros: compilers drop calls of functions that only prefetch. */
#define vec_prefetch(x) _mm_prefetch((const char *)(x), _MM_HINT_T1)
#define vec_prefetch_near(x) _mm_prefetch((const char *)(x), _MM_HINT_T0)

#endif
