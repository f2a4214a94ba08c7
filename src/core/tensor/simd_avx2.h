/* Vectors of eight floats by AVX2 and FMA, under the names that
 * kernels_simd.h is written in. Only for files that are compiled for them. */
#ifndef HEED_CORE_TENSOR_SIMD_AVX2_H
#define HEED_CORE_TENSOR_SIMD_AVX2_H

#include <immintrin.h>

typedef __m256 vec;
typedef __m256i vec_ints;

enum { VEC = 8 };

#define MM(name) _mm256_##name
#define vec_from_bits _mm256_castsi256_ps

#include "core/tensor/simd.h"
#include "core/tensor/simd_transpose.h"

static inline vec vec_abs(vec a)
{
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a);
}

static inline vec vec_round(vec a)
{
    return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* c += a b, rounded once, in the register that holds c: compilers that choose
 * another one for the sum run out of registers. */
#define vec_accumulate(c, a, b) __asm__("vfmadd231ps %2, %1, %0" : "+x"(c) : "x"(a), "x"(b))

#endif
