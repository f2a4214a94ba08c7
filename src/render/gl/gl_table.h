/*
 * A hash table from byte strings to zeroed values of one size: the caches of
 * text. Nothing is ever removed alone, only all at once. Knows no OpenGL. One
 * thread at a time.
 */
#ifndef HEED_RENDER_GL_GL_TABLE_H
#define HEED_RENDER_GL_GL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

struct heed_gl_table_slot {
    uint64_t hash;
    const void *key; /* NULL: free */
    size_t length;
    void *value;
};

/* All zero is an empty table. */
struct heed_gl_table {
    struct heed_gl_table_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
    size_t bytes; /* of keys and values */
    struct heed_arena arena;
};

/* The value under this key; a new one is zeroed and *is_new true. It stays in
 * place until the table is cleared. NULL only when memory is exhausted. */
void *heed_gl_table_get(struct heed_gl_table *table, const void *key, size_t length,
                        size_t value_size, bool *is_new);
/* Memory with the lifetime of the table's values. NULL: exhausted. */
HEED_NODISCARD void *heed_gl_table_alloc(struct heed_gl_table *table, size_t size);
void heed_gl_table_clear(struct heed_gl_table *table);
void heed_gl_table_finish(struct heed_gl_table *table);

#endif
