#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"

enum { BLOCK_SIZE = 64 * 1024 };

struct heed_arena_block {
    struct heed_arena_block *next;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

static bool fits(const struct heed_arena *arena, size_t size)
{
    return arena->current && size <= arena->current->size - arena->used;
}

static struct heed_arena_block *block_create(size_t size)
{
    size_t total = 0;
    size = size < BLOCK_SIZE ? BLOCK_SIZE : size;
    if (!heed_checked_add(sizeof(struct heed_arena_block), size, &total)) {
        return NULL;
    }
    struct heed_arena_block *block = malloc(total);
    if (block) {
        block->next = NULL;
        block->size = size;
    }
    return block;
}

/* Moves to the next block that is large enough; blocks between are skipped
 * until the next reset. */
static bool advance(struct heed_arena *arena, size_t size)
{
    struct heed_arena_block **link =
        arena->current ? &arena->current->next : &arena->first;
    while (*link && (*link)->size < size) {
        link = &(*link)->next;
    }
    if (!*link) {
        *link = block_create(size);
    }
    if (!*link) {
        return false;
    }
    arena->current = *link;
    arena->used = 0;
    return true;
}

void *heed_arena_alloc(struct heed_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        return NULL;
    }
    size = (size + align - 1) / align * align;
    if (!fits(arena, size) && !advance(arena, size)) {
        return NULL;
    }
    void *memory = arena->current->bytes + arena->used;
    arena->used += size;
    return memory;
}

void *heed_arena_zeroed(struct heed_arena *arena, size_t count, size_t size)
{
    size_t total = 0;
    if (!heed_checked_mul(count, size, &total)) {
        return NULL;
    }
    void *memory = heed_arena_alloc(arena, total);
    if (memory) {
        memset(memory, 0, total);
    }
    return memory;
}

char *heed_arena_copy(struct heed_arena *arena, const char *text,
                      size_t length)
{
    size_t size = 0;
    if (!heed_checked_add(length, 1, &size)) {
        return NULL;
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

void heed_arena_reset(struct heed_arena *arena)
{
    arena->current = arena->first;
    arena->used = 0;
}

void heed_arena_finish(struct heed_arena *arena)
{
    struct heed_arena_block *block = arena->first;
    while (block) {
        struct heed_arena_block *next = block->next;
        free(block);
        block = next;
    }
    *arena = (struct heed_arena){0};
}
