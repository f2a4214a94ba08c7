#include "render/gl/gl_table.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

static uint64_t hash_bytes(const void *key, size_t length)
{
    const unsigned char *bytes = key;
    const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = prime ^ length;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * prime;
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    memcpy(&word, bytes, length);
    hash = (hash ^ word) * prime;
    return hash ^ hash >> 29;
}

/* The slot that holds the key, or the free one where it belongs. */
static struct heed_gl_table_slot *find_slot(struct heed_gl_table_slot *slots, size_t capacity,
                                            uint64_t hash, const void *key, size_t length)
{
    size_t i = (size_t)hash & (capacity - 1);
    for (;; i = (i + 1) & (capacity - 1)) {
        struct heed_gl_table_slot *slot = &slots[i];
        if (!slot->key ||
            (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0)) {
            return slot;
        }
    }
}

static bool grow(struct heed_gl_table *table)
{
    const size_t capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
    struct heed_gl_table_slot *slots = calloc(capacity, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (size_t i = 0; i < table->capacity; i++) {
        const struct heed_gl_table_slot *old = &table->slots[i];
        if (old->key) {
            *find_slot(slots, capacity, old->hash, old->key, old->length) = *old;
        }
    }
    free(table->slots);
    table->slots = slots;
    table->capacity = capacity;
    return true;
}

void *heed_gl_table_get(struct heed_gl_table *table, const void *key, size_t length,
                        size_t value_size, bool *is_new)
{
    *is_new = false;
    if (table->count * 4 >= table->capacity * 3 && !grow(table)) {
        return NULL;
    }
    const uint64_t hash = hash_bytes(key, length);
    struct heed_gl_table_slot *slot = find_slot(table->slots, table->capacity, hash, key, length);
    if (slot->key) {
        return slot->value;
    }
    void *value = heed_arena_zeroed(&table->arena, 1, value_size);
    char *copy = heed_arena_copy(&table->arena, key, length);
    if (!value || !copy) {
        return NULL;
    }
    *slot = (struct heed_gl_table_slot){hash, copy, length, value};
    table->count++;
    table->bytes += length + value_size;
    *is_new = true;
    return value;
}

void *heed_gl_table_alloc(struct heed_gl_table *table, size_t size)
{
    table->bytes += size;
    return heed_arena_alloc(&table->arena, size);
}

void heed_gl_table_clear(struct heed_gl_table *table)
{
    if (table->slots) {
        memset(table->slots, 0, table->capacity * sizeof *table->slots);
    }
    table->count = 0;
    table->bytes = 0;
    heed_arena_reset(&table->arena);
}

void heed_gl_table_finish(struct heed_gl_table *table)
{
    free(table->slots);
    heed_arena_finish(&table->arena);
    *table = (struct heed_gl_table){0};
}
