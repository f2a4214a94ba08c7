/*
 * The vocabulary: pieces and their ids, found by a hash that is extended byte
 * by byte, so that all prefixes of a word cost one pass. Built once, then
 * immutable: any thread.
 */
#ifndef HEED_CORE_TEXT_VOCABULARY_H
#define HEED_CORE_TEXT_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

struct heed_vocabulary_entry {
    const char *piece;
    uint32_t length; /* bytes */
    int32_t id;
};

/* All zero is an empty vocabulary. */
struct heed_vocabulary {
    struct heed_arena arena;
    struct heed_vocabulary_entry *entries; /* in the order they were added */
    size_t n_entries, entry_capacity;
    uint32_t *slots;     /* entry + 1; 0 is free */
    size_t n_slots;      /* a power of two */
    const char **pieces; /* [n_ids]; NULL where there is none */
    size_t n_ids;        /* largest id + 1 */
    size_t max_chars;    /* of the longest piece, in code points */
};

enum { HEED_VOCABULARY_MAX_ID = 16777215 };

/* A piece that is there already gets the new id. False when memory is
 * exhausted. id is 0 .. HEED_VOCABULARY_MAX_ID. */
HEED_NODISCARD bool heed_vocabulary_add(struct heed_vocabulary *vocabulary, const char *piece,
                                        size_t length, int32_t id);
/* Makes the table of ids; call it once all pieces are added. */
HEED_NODISCARD bool heed_vocabulary_seal(struct heed_vocabulary *vocabulary);
void heed_vocabulary_finish(struct heed_vocabulary *vocabulary);

#define HEED_VOCABULARY_HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a, extended by some bytes. */
static inline uint64_t heed_vocabulary_hash(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* The id of prefix + bytes, or -1; hash is that of the two together. */
int32_t heed_vocabulary_find(const struct heed_vocabulary *vocabulary, uint64_t hash,
                             const char *prefix, size_t prefix_length, const char *bytes,
                             size_t length);
/* The id of a whole piece, or -1. */
int32_t heed_vocabulary_find_piece(const struct heed_vocabulary *vocabulary, const char *piece,
                                   size_t length);
/* Its place among the entries, or SIZE_MAX. */
size_t heed_vocabulary_find_entry(const struct heed_vocabulary *vocabulary, const char *piece,
                                  size_t length);

#endif
