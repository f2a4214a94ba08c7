/* Arrays on the heap that grow. Not thread-safe. */
#ifndef HEED_BASE_ARRAY_H
#define HEED_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

/* Room for n elements of this size in *array, which is NULL or from malloc:
 * array points to the pointer, of any type. Grows to twice the capacity at
 * least, from 32 elements on. False, and nothing changed, without memory. */
HEED_NODISCARD bool heed_array_reserve(void *array, size_t *capacity, size_t n, size_t size);

/* The capacity that it would grow to; 0: such an array has no place. */
size_t heed_array_grown(size_t capacity, size_t n, size_t size);

/* qsort, which mayn't be given no array even where there is nothing to sort. */
void heed_sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *));

#endif
