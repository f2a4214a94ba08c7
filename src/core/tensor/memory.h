/* Large arrays of floats: aligned to a cache line (to a large page when they
 * are large), not cleared. Any thread. */
#ifndef HEED_CORE_TENSOR_MEMORY_H
#define HEED_CORE_TENSOR_MEMORY_H

#include <stddef.h>

#include "base/compiler.h"
enum { HEED_CACHE_LINE_FLOATS = 16 };

/* NULL if memory is exhausted. */
HEED_NODISCARD float *heed_floats_alloc(size_t count);
void heed_floats_free(float *floats);

/* The next multiple of a cache line. */
static inline size_t heed_floats_round(size_t count)
{
    const size_t line = HEED_CACHE_LINE_FLOATS;
    return (count + line - 1) / line * line;
}

#endif
