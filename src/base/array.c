#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool heed_array_reserve(void *array, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity) {
        return true;
    }
    size_t wanted = *capacity > 32 ? *capacity : 32;
    while (wanted < n) {
        if (wanted > SIZE_MAX / 2 / size) {
            return false;
        }
        wanted *= 2;
    }
    void *old = NULL;
    memcpy(&old, array, sizeof old);
    void *grown = realloc(old, wanted * size);
    if (!grown) {
        return false;
    }
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}
