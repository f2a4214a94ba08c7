#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t heed_array_grown(size_t capacity, size_t n, size_t size)
{
    size_t grown = capacity > 32 ? capacity : 32;
    while (grown < n) {
        if (grown > SIZE_MAX / 2 / size) {
            return 0;
        }
        grown *= 2;
    }
    return grown;
}

bool heed_array_reserve(void *array, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity) {
        return true;
    }
    const size_t wanted = heed_array_grown(*capacity, n, size);
    void *old = NULL;
    memcpy(&old, array, sizeof old);
    void *grown = wanted > 0 ? realloc(old, wanted * size) : NULL;
    if (!grown) {
        return false;
    }
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

void heed_sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    if (n > 1) {
        qsort(items, n, size, compare);
    }
}
