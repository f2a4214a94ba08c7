/*
 * SentencePiece's rules of characters ("precompiled_charsmap"): a double array from
 * UTF-8 to places in a text of replacements. Any bytes may be given: what points
 * outside replaces nothing. Immutable once read: any thread.
 */
#ifndef HEED_CORE_TEXT_CHARSMAP_H
#define HEED_CORE_TEXT_CHARSMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/text/stretch.h"

struct heed_charsmap {
    const uint32_t *units;
    size_t n_units;
    const char *replacements; /* UTF-8, each ended by a NUL */
    size_t size;
};

/* base64: as tokenizer.json has it. What it holds lies in the arena. *broken tells a
 * failure for its bytes from one for memory. */
HEED_NODISCARD bool heed_charsmap_read(struct heed_charsmap *map, struct heed_arena *arena,
                                       const char *base64, bool *broken);

/* What the first characters of these bytes become, all of them together: the shortest
 * rule that fits wins, as in the reference. NULL: no rule. */
const char *heed_charsmap_find(const struct heed_charsmap *map, const char *bytes, size_t length,
                               size_t *result_length);

/* A cluster of at most five bytes is replaced whole, else each of its characters. */
HEED_NODISCARD bool heed_charsmap_apply(const struct heed_charsmap *map,
                                        struct heed_stretch *stretch, struct heed_arena *arena);

#endif
