#include "core/tensor/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/platform.h"

enum { CACHE_LINE = 64 };
static const size_t large_page = (size_t)2 << 20;

float *heed_floats_alloc(size_t count)
{
    if (count > SIZE_MAX / sizeof(float) - 2 * large_page) {
        return NULL;
    }
    const size_t wished = count * sizeof(float);
    const bool is_large = wished >= 2 * large_page;
    const size_t alignment = is_large ? large_page : CACHE_LINE;
    const size_t size = (wished + CACHE_LINE) / CACHE_LINE * CACHE_LINE;
    void *memory = NULL;
    if (posix_memalign(&memory, alignment, size) != 0) {
        return NULL;
    }
    if (is_large) {
        heed_platform_advise_large(memory, size / large_page * large_page);
    }
    return (float *)memory;
}

void heed_floats_free(float *floats)
{
    free(floats);
}
