#include "core/text/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

static size_t first_slot(const struct heed_vocabulary *vocabulary, uint64_t hash)
{
    return (size_t)(hash ^ hash >> 32) & (vocabulary->n_slots - 1);
}

static bool is_entry(const struct heed_vocabulary_entry *entry, const char *prefix,
                     size_t prefix_length, const char *bytes, size_t length)
{
    return entry->length == prefix_length + length &&
           memcmp(entry->piece, prefix, prefix_length) == 0 &&
           memcmp(entry->piece + prefix_length, bytes, length) == 0;
}

/* The slot that holds it, or the free one where it belongs. */
static size_t find_slot(const struct heed_vocabulary *vocabulary, uint64_t hash, const char *prefix,
                        size_t prefix_length, const char *bytes, size_t length)
{
    size_t slot = first_slot(vocabulary, hash);
    while (vocabulary->slots[slot] != 0 &&
           !is_entry(&vocabulary->entries[vocabulary->slots[slot] - 1], prefix, prefix_length,
                     bytes, length)) {
        slot = (slot + 1) & (vocabulary->n_slots - 1);
    }
    return slot;
}

static bool rehash(struct heed_vocabulary *vocabulary)
{
    const size_t n = vocabulary->n_slots == 0 ? 1024 : vocabulary->n_slots * 2;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots) {
        return false;
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->n_slots = n;
    for (size_t i = 0; i < vocabulary->n_entries; i++) {
        const struct heed_vocabulary_entry *entry = &vocabulary->entries[i];
        const uint64_t hash =
            heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, entry->piece, entry->length);
        slots[find_slot(vocabulary, hash, "", 0, entry->piece, entry->length)] = (uint32_t)i + 1;
    }
    return true;
}

static bool reserve(struct heed_vocabulary *vocabulary)
{
    return heed_array_reserve(&vocabulary->entries, &vocabulary->entry_capacity,
                              vocabulary->n_entries + 1, sizeof *vocabulary->entries) &&
           (vocabulary->n_entries * 2 < vocabulary->n_slots || rehash(vocabulary));
}

bool heed_vocabulary_add(struct heed_vocabulary *vocabulary, const char *piece, size_t length,
                         int32_t id)
{
    if (length > UINT32_MAX || !reserve(vocabulary)) {
        return false;
    }
    const uint64_t hash = heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, piece, length);
    const size_t slot = find_slot(vocabulary, hash, "", 0, piece, length);
    if (vocabulary->slots[slot] != 0) {
        vocabulary->entries[vocabulary->slots[slot] - 1].id = id;
        return true;
    }
    char *copy = heed_arena_copy(&vocabulary->arena, piece, length);
    if (!copy) {
        return false;
    }
    vocabulary->entries[vocabulary->n_entries++] =
        (struct heed_vocabulary_entry){copy, (uint32_t)length, id};
    vocabulary->slots[slot] = (uint32_t)vocabulary->n_entries;
    const size_t chars = heed_utf8_count(piece, length);
    if (chars > vocabulary->max_chars) {
        vocabulary->max_chars = chars;
    }
    return true;
}

bool heed_vocabulary_seal(struct heed_vocabulary *vocabulary)
{
    size_t n_ids = 0;
    for (size_t i = 0; i < vocabulary->n_entries; i++) {
        const size_t id = (size_t)vocabulary->entries[i].id;
        n_ids = id + 1 > n_ids ? id + 1 : n_ids;
    }
    const char **pieces = calloc(n_ids + 1, sizeof *pieces);
    if (!pieces) {
        return false;
    }
    for (size_t i = 0; i < vocabulary->n_entries; i++) {
        pieces[vocabulary->entries[i].id] = vocabulary->entries[i].piece;
    }
    free(vocabulary->pieces);
    vocabulary->pieces = pieces;
    vocabulary->n_ids = n_ids;
    return true;
}

void heed_vocabulary_finish(struct heed_vocabulary *vocabulary)
{
    free(vocabulary->entries);
    free(vocabulary->slots);
    free(vocabulary->pieces);
    heed_arena_finish(&vocabulary->arena);
    *vocabulary = (struct heed_vocabulary){0};
}

int32_t heed_vocabulary_find(const struct heed_vocabulary *vocabulary, uint64_t hash,
                             const char *prefix, size_t prefix_length, const char *bytes,
                             size_t length)
{
    if (vocabulary->n_slots == 0) {
        return -1;
    }
    const size_t slot = find_slot(vocabulary, hash, prefix, prefix_length, bytes, length);
    return vocabulary->slots[slot] == 0 ? -1 : vocabulary->entries[vocabulary->slots[slot] - 1].id;
}

size_t heed_vocabulary_find_entry(const struct heed_vocabulary *vocabulary, const char *piece,
                                  size_t length)
{
    const uint64_t hash = heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, piece, length);
    const size_t slot =
        vocabulary->n_slots > 0 ? find_slot(vocabulary, hash, "", 0, piece, length) : 0;
    return vocabulary->n_slots == 0 || vocabulary->slots[slot] == 0 ? SIZE_MAX
                                                                    : vocabulary->slots[slot] - 1;
}

int32_t heed_vocabulary_find_piece(const struct heed_vocabulary *vocabulary, const char *piece,
                                   size_t length)
{
    const uint64_t hash = heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, piece, length);
    return heed_vocabulary_find(vocabulary, hash, "", 0, piece, length);
}
