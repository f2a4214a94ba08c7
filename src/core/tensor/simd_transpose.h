/* Transposes 8 x 8 floats by AVX. Only for files that are compiled for it. */
#ifndef HEED_CORE_TENSOR_SIMD_TRANSPOSE_H
#define HEED_CORE_TENSOR_SIMD_TRANSPOSE_H

#include <immintrin.h>
#include <stddef.h>

/* Rows i and i + 4 of half a block, side by side. */
static inline __m256 load_halves(const float *from, size_t stride, size_t row)
{
    const __m128 low = _mm_loadu_ps(from + row * stride);
    const __m128 high = _mm_loadu_ps(from + (row + 4) * stride);
    return _mm256_insertf128_ps(_mm256_castps128_ps256(low), high, 1);
}

/* to[k][c] = from[c][k], c < 8, k < 4 */
static inline void transpose_8x4(float *to, size_t to_stride, const float *from, size_t from_stride)
{
    const __m256 a = load_halves(from, from_stride, 0);
    const __m256 b = load_halves(from, from_stride, 1);
    const __m256 c = load_halves(from, from_stride, 2);
    const __m256 d = load_halves(from, from_stride, 3);
    const __m256 ab_low = _mm256_unpacklo_ps(a, b);
    const __m256 ab_high = _mm256_unpackhi_ps(a, b);
    const __m256 cd_low = _mm256_unpacklo_ps(c, d);
    const __m256 cd_high = _mm256_unpackhi_ps(c, d);
    _mm256_storeu_ps(to, _mm256_shuffle_ps(ab_low, cd_low, 0x44));
    _mm256_storeu_ps(to + to_stride, _mm256_shuffle_ps(ab_low, cd_low, 0xee));
    _mm256_storeu_ps(to + 2 * to_stride, _mm256_shuffle_ps(ab_high, cd_high, 0x44));
    _mm256_storeu_ps(to + 3 * to_stride, _mm256_shuffle_ps(ab_high, cd_high, 0xee));
}

#endif
