/*
 * An arena: many small allocations with one lifetime. Not thread-safe.
 * Memory is aligned for any type and not cleared (heed_arena_zeroed clears).
 * Reset keeps the blocks, so that a frame that needs no more than the last
 * allocates nothing.
 */
#ifndef HEED_BASE_ARENA_H
#define HEED_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/stock.h"

struct heed_arena_block;

/* All zero is an empty arena. */
struct heed_arena {
    struct heed_stock *stock; /* where the blocks come from; NULL: the heap */
    struct heed_arena_block *first;
    struct heed_arena_block *current;
    size_t used; /* bytes of the current block */
    bool failed; /* since the last reset something that was asked for wasn't there */
};

/* These return NULL only when memory is exhausted, and set failed. */
HEED_NODISCARD void *heed_arena_alloc(struct heed_arena *arena, size_t size);
HEED_NODISCARD void *heed_arena_zeroed(struct heed_arena *arena, size_t count, size_t size);
/* A copy of length bytes with a NUL behind it. */
HEED_NODISCARD char *heed_arena_copy(struct heed_arena *arena, const char *text, size_t length);

/* Makes room for more behind what was allocated last, or moves it: a list that
 * grows. memory may be NULL. */
HEED_NODISCARD void *heed_arena_grow(struct heed_arena *arena, void *memory, size_t old_size,
                                     size_t new_size);

/* As heed_array_reserve, for an array in the arena. */
HEED_NODISCARD bool heed_arena_reserve(struct heed_arena *arena, void *array, size_t *capacity,
                                       size_t n, size_t size);

void heed_arena_reset(struct heed_arena *arena);
void heed_arena_finish(struct heed_arena *arena);

#endif
