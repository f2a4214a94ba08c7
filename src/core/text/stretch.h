/*
 * A stretch of a text on its way through a tokenizer: characters, each of which
 * knows the code points of the text that it stands for. What comes out of a change
 * knows its place by the rule of the reference tokenizer: a character that replaces
 * one takes its place, one that is new that of the one before it. Any thread.
 */
#ifndef HEED_CORE_TEXT_STRETCH_H
#define HEED_CORE_TEXT_STRETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct heed_normal_char {
    uint32_t c;
    int32_t start, end; /* code points of the input */
};

struct heed_stretch {
    struct heed_normal_char *chars; /* in an arena; those of a part are in its whole */
    size_t n;
    int32_t base; /* where it begins in the text: the place of what comes before all */
};

/* One character that comes out: 0 and below it replaces one, and -N removes the N
 * behind that one; 1: it is new. */
struct heed_change {
    uint32_t c;
    int change;
};

/* The stretch becomes what comes out; its first `skipped` characters are removed.
 * False without memory. */
HEED_NODISCARD bool heed_stretch_change(struct heed_stretch *stretch, struct heed_arena *arena,
                                        const struct heed_change *changes, size_t n,
                                        size_t skipped);

/* As UTF-8 with a NUL, in the arena. at, if not NULL, becomes [n + 1]: the byte of each
 * character and the end. NULL without memory. */
HEED_NODISCARD char *heed_stretch_spell(const struct heed_stretch *stretch,
                                        struct heed_arena *arena, size_t **at);

/* The characters [from, to). */
struct heed_stretch heed_stretch_cut(const struct heed_stretch *stretch, size_t from, size_t to);

#endif
