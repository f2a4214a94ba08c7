/*
 * Arithmetic on sizes that come from outside: true when the result fits,
 * false (and *result untouched) when it would overflow.
 */
#ifndef HEED_BASE_CHECKED_H
#define HEED_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
HEED_NODISCARD static inline bool heed_checked_add(size_t a, size_t b, size_t *result)
{
    if (a > SIZE_MAX - b) {
        return false;
    }
    *result = a + b;
    return true;
}

HEED_NODISCARD static inline bool heed_checked_mul(size_t a, size_t b, size_t *result)
{
    if (b != 0 && a > SIZE_MAX / b) {
        return false;
    }
    *result = a * b;
    return true;
}

#endif
