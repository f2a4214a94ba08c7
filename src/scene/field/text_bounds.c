#include "scene/field/text_bounds.h"

#include <stdint.h>

#include <fribidi.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "core/text/unicode.h"

enum { SYNC_BYTES = 256 };

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t code_point_before(const char *text, size_t pos)
{
    while (pos > 0) {
        pos--;
        if (!is_continuation(text[pos])) {
            break;
        }
    }
    return pos;
}

/* A boundary at or before pos from which clusters can be found: a plain ASCII
 * character starts one (lines hold no line ends). */
static size_t sync_before(const char *text, size_t length, size_t pos)
{
    size_t at = pos;
    while (at < length && at > 0 && is_continuation(text[at])) {
        at--;
    }
    const size_t least = at > SYNC_BYTES ? at - SYNC_BYTES : 0;
    while (at > least) {
        at = code_point_before(text, at);
        if ((unsigned char)text[at] < 0x80) {
            break;
        }
    }
    return at;
}

size_t heed_grapheme_next(const char *text, size_t length, size_t pos)
{
    uint32_t c = 0;
    size_t size = heed_utf8_decode(text + pos, length - pos, &c);
    utf8proc_int32_t state = 0;
    if (size == 0) {
        return length;
    }
    for (pos += size; pos < length; pos += size) {
        uint32_t next = 0;
        size = heed_utf8_decode(text + pos, length - pos, &next);
        if (size == 0 ||
            utf8proc_grapheme_break_stateful((utf8proc_int32_t)c, (utf8proc_int32_t)next, &state)) {
            break;
        }
        c = next;
    }
    return pos;
}

size_t heed_grapheme_floor(const char *text, size_t length, size_t pos)
{
    if (pos >= length) {
        return length;
    }
    size_t at = sync_before(text, length, pos);
    for (;;) {
        const size_t next = heed_grapheme_next(text, length, at);
        if (next > pos) {
            return at;
        }
        at = next;
    }
}

size_t heed_grapheme_previous(const char *text, size_t length, size_t pos)
{
    if (pos == 0) {
        return 0;
    }
    return heed_grapheme_floor(text, length, code_point_before(text, pos));
}

enum char_class { CLASS_SPACE, CLASS_WORD, CLASS_SIGN };

static enum char_class class_of(uint32_t c)
{
    if (c == ' ' || c == '\t' || c == 0xA0) {
        return CLASS_SPACE;
    }
    if (heed_unicode_is_letter(c)) {
        return CLASS_WORD;
    }
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_NO:
    case UTF8PROC_CATEGORY_PC:
        return CLASS_WORD;
    case UTF8PROC_CATEGORY_ZS:
        return CLASS_SPACE;
    default:
        return CLASS_SIGN;
    }
}

static enum char_class class_at(const char *text, size_t length, size_t pos)
{
    uint32_t c = 0;
    if (heed_utf8_decode(text + pos, length - pos, &c) == 0) {
        return CLASS_SPACE;
    }
    return class_of(c);
}

/* Past all code points of one class. */
static size_t skip_right(const char *text, size_t length, size_t pos, enum char_class class)
{
    while (pos < length && class_at(text, length, pos) == class) {
        uint32_t c = 0;
        pos += heed_utf8_decode(text + pos, length - pos, &c);
    }
    return pos;
}

static size_t skip_left(const char *text, size_t length, size_t pos, enum char_class class)
{
    while (pos > 0) {
        const size_t before = code_point_before(text, pos);
        if (class_at(text, length, before) != class) {
            break;
        }
        pos = before;
    }
    return pos;
}

size_t heed_word_right(const char *text, size_t length, size_t pos)
{
    const size_t start = skip_right(text, length, pos, CLASS_SPACE);
    if (start >= length) {
        return length;
    }
    const size_t end = skip_right(text, length, start, class_at(text, length, start));
    const size_t bound = end >= length ? length : heed_grapheme_floor(text, length, end);
    /* A sign's own marks are letters: it ends after them. */
    return bound > pos ? bound : heed_grapheme_next(text, length, pos);
}

size_t heed_word_left(const char *text, size_t length, size_t pos)
{
    pos = skip_left(text, length, pos, CLASS_SPACE);
    if (pos > 0) {
        const size_t before = code_point_before(text, pos);
        pos = skip_left(text, length, pos, class_at(text, length, before));
    }
    return heed_grapheme_floor(text, length, pos);
}

/* The size of an apostrophe at pos; 0: there is none. */
static size_t apostrophe_at(const char *text, size_t length, size_t pos)
{
    uint32_t c = 0;
    const size_t size = pos < length ? heed_utf8_decode(text + pos, length - pos, &c) : 0;
    return c == '\'' || c == 0x2019 ? size : 0;
}

/* "didn't" is one word: what an apostrophe joins at either end. */
static void join_apostrophes(const char *text, size_t length, size_t *first, size_t *last)
{
    for (size_t size; (size = apostrophe_at(text, length, *last)) > 0;) {
        const size_t end = skip_right(text, length, *last + size, CLASS_WORD);
        if (end == *last + size) {
            break;
        }
        *last = end;
    }
    while (*first > 0) {
        const size_t sign = code_point_before(text, *first);
        const size_t start = skip_left(text, length, sign, CLASS_WORD);
        if (apostrophe_at(text, length, sign) == 0 || start == sign) {
            break;
        }
        *first = start;
    }
}

void heed_word_around(const char *text, size_t length, size_t pos, size_t *first, size_t *last)
{
    if (length == 0) {
        *first = *last = 0;
        return;
    }
    if (pos >= length) {
        pos = heed_grapheme_previous(text, length, length);
    }
    const enum char_class class = class_at(text, length, pos);
    if (class == CLASS_SIGN) {
        *first = heed_grapheme_floor(text, length, pos);
        *last = heed_grapheme_next(text, length, *first);
        return;
    }
    size_t start = skip_left(text, length, pos, class);
    size_t end = skip_right(text, length, pos, class);
    if (class == CLASS_WORD) {
        join_apostrophes(text, length, &start, &end);
    }
    *first = heed_grapheme_floor(text, length, start);
    *last = heed_grapheme_floor(text, length, end);
    if (*last <= *first) {
        *last = heed_grapheme_next(text, length, *first);
    }
}

bool heed_text_has_rtl(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(text + i, length - i, &c);
        if (size == 0) {
            return false;
        }
        if (c >= 0x590 && FRIBIDI_IS_RTL(fribidi_get_bidi_type(c))) {
            return true;
        }
        i += size;
    }
    return false;
}

bool heed_text_begins_rtl(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(text + i, length - i, &c);
        const FriBidiCharType type = fribidi_get_bidi_type(c);
        if (size == 0 || FRIBIDI_IS_STRONG(type)) {
            return size > 0 && FRIBIDI_IS_RTL(type);
        }
        i += size;
    }
    return false;
}
