/* Any bytes as UTF-8: decoding goes forward and agrees with itself, and a
 * field holds valid text whose graphemes and words can be walked both ways. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "scene/field/text_bounds.h"
#include "scene/field/textfield.h"

enum { MOST = 1 << 16 };

#define check(holds) ((holds) ? (void)0 : fail(#holds))

static void fail(const char *what)
{
    fprintf(stderr, "doesn't hold: %s\n", what);
    abort();
}

static void check_decoding(const char *text, size_t length)
{
    size_t bad = length;
    size_t at = 0;
    size_t n = 0;
    const bool valid = heed_utf8_valid(text, length, &bad);
    while (at < length) {
        uint32_t c = 0;
        char bytes[4];
        const size_t size = heed_utf8_decode(text + at, length - at, &c);
        if (size == 0) {
            break;
        }
        check(heed_utf8_encode(c, bytes) == size && memcmp(bytes, text + at, size) == 0);
        at += size;
        n++;
    }
    check(valid == (at == length));
    check(valid ? heed_utf8_count(text, length) == n : bad == at);
}

static void check_walks(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        const size_t next = heed_grapheme_next(text, length, at);
        size_t first = 0;
        size_t last = 0;
        check(next > at && next <= length);
        heed_word_around(text, length, at, &first, &last);
        check(first <= last && last <= length);
        check(heed_word_right(text, length, at) > at);
        check(heed_word_left(text, length, next) < next);
        check(heed_grapheme_previous(text, length, next) < next);
        at = next;
    }
    heed_text_has_rtl(text, length);
    heed_text_begins_rtl(text, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct heed_textfield field = {0};
    check_decoding(text, size);
    if (heed_textfield_insert(&field, text, size, MOST)) {
        const char *held = field.text.data ? field.text.data : "";
        check(heed_utf8_valid(held, field.text.size, NULL));
        check(memchr(held, '\n', field.text.size) == NULL);
        check_walks(held, field.text.size);
    }
    heed_textfield_finish(&field);
    return 0;
}
