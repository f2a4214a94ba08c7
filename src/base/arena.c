#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/array.h"
#include "base/checked.h"

enum {
    BLOCK_SIZE = 64 * 1024,
    GUARD = HEED_FINDS_MISUSE ? alignof(max_align_t) : 0, /* out of bounds behind what is given */
};

struct heed_arena_block {
    struct heed_arena_block *next;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

static bool fits(const struct heed_arena *arena, size_t size)
{
    return arena->current && size <= arena->current->size - arena->used;
}

static struct heed_arena_block *block_create(struct heed_stock *stock, size_t size)
{
    size_t total = 0;
    size = size < BLOCK_SIZE ? BLOCK_SIZE : size;
    if (!heed_checked_add(sizeof(struct heed_arena_block), size, &total)) {
        return NULL;
    }
    struct heed_arena_block *block = heed_stock_take(stock, total);
    if (block) {
        block->next = NULL;
        block->size = size;
        HEED_OUT_OF_BOUNDS(block->bytes, size);
    }
    return block;
}

/* Moves to the next block that is large enough; blocks between are skipped until the next reset. */
static bool advance(struct heed_arena *arena, size_t size)
{
    struct heed_arena_block **link = arena->current ? &arena->current->next : &arena->first;
    while (*link && (*link)->size < size) {
        link = &(*link)->next;
    }
    if (!*link) {
        *link = block_create(arena->stock, size);
    }
    if (!*link) {
        return false;
    }
    arena->current = *link;
    arena->used = 0;
    return true;
}

/* What an allocation takes of its block. */
static size_t room_of(size_t size)
{
    const size_t align = alignof(max_align_t);
    return (size + align - 1) / align * align + GUARD;
}

static void *fail(struct heed_arena *arena)
{
    arena->failed = true;
    return NULL;
}

void *heed_arena_alloc(struct heed_arena *arena, size_t size)
{
    if (size > SIZE_MAX - alignof(max_align_t) - GUARD) {
        return fail(arena);
    }
    const size_t room = room_of(size);
    if (!fits(arena, room) && !advance(arena, room)) {
        return fail(arena);
    }
    void *memory = arena->current->bytes + arena->used;
    arena->used += room;
    HEED_IN_BOUNDS(memory, size);
    return memory;
}

void *heed_arena_zeroed(struct heed_arena *arena, size_t count, size_t size)
{
    size_t total = 0;
    if (!heed_checked_mul(count, size, &total)) {
        return fail(arena);
    }
    void *memory = heed_arena_alloc(arena, total);
    if (memory) {
        memset(memory, 0, total);
    }
    return memory;
}

char *heed_arena_copy(struct heed_arena *arena, const char *text, size_t length)
{
    size_t size = 0;
    if (!heed_checked_add(length, 1, &size)) {
        return fail(arena);
    }
    char *copy = heed_arena_alloc(arena, size);
    if (copy) {
        if (length > 0) {
            memcpy(copy, text, length);
        }
        copy[length] = '\0';
    }
    return copy;
}

void *heed_arena_grow(struct heed_arena *arena, void *memory, size_t old_size, size_t new_size)
{
    if (memory && new_size <= SIZE_MAX / 2) {
        const size_t old = room_of(old_size);
        const size_t more = room_of(new_size) - old;
        const unsigned char *end = (unsigned char *)memory + old;
        if (end == arena->current->bytes + arena->used && fits(arena, more)) {
            arena->used += more;
            HEED_IN_BOUNDS(memory, new_size);
            return memory;
        }
    }
    void *moved = heed_arena_alloc(arena, new_size);
    if (moved && memory) {
        memcpy(moved, memory, old_size);
    }
    return moved;
}

bool heed_arena_reserve(struct heed_arena *arena, void *array, size_t *capacity, size_t n,
                        size_t size)
{
    if (n <= *capacity) {
        return true;
    }
    const size_t wanted = heed_array_grown(*capacity, n, size);
    void *old = NULL;
    memcpy(&old, array, sizeof old);
    void *grown = wanted > 0 ? heed_arena_grow(arena, old, *capacity * size, wanted * size) : NULL;
    if (!grown) {
        return false;
    }
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

void heed_arena_reset(struct heed_arena *arena)
{
    for (struct heed_arena_block *block = arena->first; block; block = block->next) {
        HEED_OUT_OF_BOUNDS(block->bytes, block->size);
    }
    arena->current = arena->first;
    arena->used = 0;
    arena->failed = false;
}

void heed_arena_finish(struct heed_arena *arena)
{
    struct heed_arena_block *block = arena->first;
    while (block) {
        struct heed_arena_block *next = block->next;
        HEED_IN_BOUNDS(block->bytes, block->size);
        heed_stock_give(block);
        block = next;
    }
    *arena = (struct heed_arena){.stock = arena->stock};
}
