/* Vectors of sixteen floats by AVX-512 (foundation), under the names that
 * kernels_simd.h is written in. Only for files that are compiled for it. */
#ifndef HEED_CORE_TENSOR_SIMD_AVX512_H
#define HEED_CORE_TENSOR_SIMD_AVX512_H

#include <immintrin.h>

typedef __m512 vec;
typedef __m512i vec_ints;

enum { VEC = 16 };

#define MM(name) _mm512_##name
#define vec_from_bits _mm512_castsi512_ps

#include "core/tensor/simd.h"
#include "core/tensor/simd_transpose.h"

static inline vec vec_abs(vec a)
{
    return _mm512_abs_ps(a);
}

static inline vec vec_round(vec a)
{
    return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* c += a b, rounded once, in the register that holds c (see simd_avx2.h). */
#define vec_accumulate(c, a, b) __asm__("vfmadd231ps %2, %1, %0" : "+v"(c) : "v"(a), "v"(b))

#endif
