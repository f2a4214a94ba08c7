/* Compiled for AVX2 and FMA. */
enum { LANES = 8 };
#define STEPS                                                                                      \
    {                                                                                              \
        0, 1, 2, 3, 4, 5, 6, 7                                                                     \
    }
#define NAMED(name) name##_avx2
#include "core/analysis/row_sums_simd.h"
