/* Vectors of eight floats by AVX2 and FMA, under the names that
 * kernels_simd.h is written in. Only for files that are compiled for them. */
#ifndef HEED_CORE_TENSOR_SIMD_AVX2_H
#define HEED_CORE_TENSOR_SIMD_AVX2_H

#include <immintrin.h>

typedef __m256 vec;

enum { VEC = 8 };

static inline vec vec_load(const float *x)
{
    return _mm256_loadu_ps(x);
}

static inline void vec_store(float *x, vec v)
{
    _mm256_storeu_ps(x, v);
}

static inline vec vec_all(float x)
{
    return _mm256_set1_ps(x);
}

static inline vec vec_add(vec a, vec b)
{
    return _mm256_add_ps(a, b);
}

static inline vec vec_sub(vec a, vec b)
{
    return _mm256_sub_ps(a, b);
}

static inline vec vec_mul(vec a, vec b)
{
    return _mm256_mul_ps(a, b);
}

static inline vec vec_div(vec a, vec b)
{
    return _mm256_div_ps(a, b);
}

static inline vec vec_max(vec a, vec b)
{
    return _mm256_max_ps(a, b);
}

static inline vec vec_min(vec a, vec b)
{
    return _mm256_min_ps(a, b);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return _mm256_fmadd_ps(a, b, c);
}

/* c - a b, rounded once */
static inline vec vec_fnma(vec a, vec b, vec c)
{
    return _mm256_fnmadd_ps(a, b, c);
}

static inline vec vec_abs(vec a)
{
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a);
}

static inline vec vec_round(vec a)
{
    return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* 2^n for whole n, -126 .. 127; 0 for -127 */
static inline vec vec_exp2_whole(vec n)
{
    const __m256i bits = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(_mm256_slli_epi32(bits, 23));
}

/* c += a b, rounded once, in the register that holds c: compilers that choose
 * another one for the sum run out of registers. */
#define vec_accumulate(c, a, b) __asm__("vfmadd231ps %2, %1, %0" : "+x"(c) : "x"(a), "x"(b))

/* Hints only, into the second-level cache or the first: any address will do.
 * Macros: compilers drop calls of functions that only prefetch. */
#define vec_prefetch(x) _mm_prefetch((const char *)(x), _MM_HINT_T1)
#define vec_prefetch_near(x) _mm_prefetch((const char *)(x), _MM_HINT_T0)

#endif
