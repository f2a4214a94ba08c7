/* A text as the readers of core/text take it, for the fuzzers of its parts. */
#ifndef HEED_TESTS_FUZZ_STRETCH_H
#define HEED_TESTS_FUZZ_STRETCH_H

#include <stdlib.h>

#include "base/utf8.h"
#include "core/text/stretch.h"

enum { FUZZ_MOST_CHARS = 256 };

/* The characters of any bytes, what is broken left out; at most FUZZ_MOST_CHARS. */
static inline struct heed_stretch fuzz_stretch(const char *text, size_t size,
                                               struct heed_arena *arena)
{
    struct heed_stretch made = {0};
    made.chars = heed_arena_zeroed(arena, FUZZ_MOST_CHARS, sizeof *made.chars);
    if (!made.chars) {
        abort();
    }
    for (size_t at = 0; at < size && made.n < FUZZ_MOST_CHARS;) {
        uint32_t c = 0;
        const size_t length = heed_utf8_decode(text + at, size - at, &c);
        if (length > 0) {
            const int32_t place = (int32_t)made.n;
            made.chars[made.n++] = (struct heed_normal_char){c, place, place + 1};
        }
        at += length > 0 ? length : 1;
    }
    return made;
}

/* Where the first line ends: what is behind it is the text. */
static inline size_t fuzz_first_line(const char *data, size_t size)
{
    size_t end = 0;
    while (end < size && data[end] != '\n') {
        end++;
    }
    return end;
}

#endif
