/*
 * A text as names are compared: canonically decomposed (Unicode, UAX 15), the
 * two apostrophes one, a run of blanks one blank, what the normaliser removes
 * left out, and in lower case if that is asked for. Each character knows where
 * it stood. Knows nothing of tokens. Any thread.
 */
#ifndef HEED_CORE_TEXT_FOLDED_H
#define HEED_CORE_TEXT_FOLDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum heed_char_kind {
    HEED_CHAR_SPACE,
    HEED_CHAR_REMOVED, /* by the normaliser: within a word it isn't seen */
    HEED_CHAR_LETTER,  /* letters, marks and digits */
    HEED_CHAR_APOSTROPHE,
    HEED_CHAR_SIGN /* every other sign, and each CJK character */
};

enum heed_char_kind heed_char_classify(uint32_t c);

struct heed_folded_char {
    uint32_t c;
    int32_t start, end; /* code points [start, end) of the text */
    enum heed_char_kind kind;
};

struct heed_folded {
    struct heed_folded_char *chars; /* in the arena */
    size_t n, capacity;
};

/* text is valid UTF-8. False without memory. */
HEED_NODISCARD bool heed_fold(struct heed_folded *folded, struct heed_arena *arena,
                              const char *text, size_t length, bool lower_case);

/* Without the blanks at both ends. */
struct heed_folded heed_folded_trim(struct heed_folded folded);

/* True if a name may begin or end before chars[at]: at both ends, beside a
 * blank, on either side of a sign, beside a CJK character. */
bool heed_folded_cuts(const struct heed_folded *folded, size_t at);

/* True if part stands in folded at this place. */
bool heed_folded_stands(const struct heed_folded *folded, size_t at,
                        const struct heed_folded *part);

bool heed_folded_equal(const struct heed_folded *a, const struct heed_folded *b);

#endif
