/* Vectors of sixteen floats as pairs of AVX2 ones: they run the wide kernels
 * where there is no AVX-512. For tests only. */
#ifndef HEED_TESTS_CORE_TENSOR_SIMD_PAIRS_H
#define HEED_TESTS_CORE_TENSOR_SIMD_PAIRS_H

#include <immintrin.h>

#include "core/tensor/simd_transpose.h"

typedef struct {
    __m256 low, high;
} vec;

enum { VEC = 16 };

#define PAIR_OF_TWO(name, operation)                                                               \
    static inline vec name(vec a, vec b)                                                           \
    {                                                                                              \
        return (vec){operation(a.low, b.low), operation(a.high, b.high)};                          \
    }
#define PAIR_OF_THREE(name, operation)                                                             \
    static inline vec name(vec a, vec b, vec c)                                                    \
    {                                                                                              \
        return (vec){operation(a.low, b.low, c.low), operation(a.high, b.high, c.high)};           \
    }
PAIR_OF_TWO(vec_add, _mm256_add_ps)
PAIR_OF_TWO(vec_sub, _mm256_sub_ps)
PAIR_OF_TWO(vec_mul, _mm256_mul_ps)
PAIR_OF_TWO(vec_div, _mm256_div_ps)
PAIR_OF_TWO(vec_max, _mm256_max_ps)
PAIR_OF_TWO(vec_min, _mm256_min_ps)
PAIR_OF_THREE(vec_fma, _mm256_fmadd_ps)
PAIR_OF_THREE(vec_fnma, _mm256_fnmadd_ps)

static inline vec vec_load(const float *x)
{
    return (vec){_mm256_loadu_ps(x), _mm256_loadu_ps(x + 8)};
}

static inline void vec_store(float *x, vec v)
{
    _mm256_storeu_ps(x, v.low);
    _mm256_storeu_ps(x + 8, v.high);
}

static inline vec vec_all(float x)
{
    return (vec){_mm256_set1_ps(x), _mm256_set1_ps(x)};
}

static inline vec vec_abs(vec a)
{
    const __m256 sign = _mm256_set1_ps(-0.0f);
    return (vec){_mm256_andnot_ps(sign, a.low), _mm256_andnot_ps(sign, a.high)};
}

static inline __m256 round_half(__m256 a)
{
    return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

static inline vec vec_round(vec a)
{
    return (vec){round_half(a.low), round_half(a.high)};
}

static inline __m256 exp2_half(__m256 n)
{
    const __m256i bits = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(_mm256_slli_epi32(bits, 23));
}

static inline vec vec_exp2_whole(vec n)
{
    return (vec){exp2_half(n.low), exp2_half(n.high)};
}

#define vec_factor vec
#define vec_factor_load(x) vec_all(*(x))
#define vec_accumulate(c, a, b) ((c) = vec_fma(a, b, c))
#define vec_prefetch(x) _mm_prefetch((const char *)(x), _MM_HINT_T1)
#define vec_prefetch_near(x) _mm_prefetch((const char *)(x), _MM_HINT_T0)

#endif
