#include "base/utf8.h"

#include <string.h>

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Bytes that the first byte announces; 0 if it can't begin a character. */
static size_t announced(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2) {
        return 0;
    }
    if (first < 0xE0) {
        return 2;
    }
    if (first < 0xF0) {
        return 3;
    }
    return first < 0xF5 ? 4 : 0;
}

size_t heed_utf8_decode(const char *text, size_t length, uint32_t *c)
{
    if (length == 0) {
        return 0;
    }
    const unsigned char first = (unsigned char)text[0];
    const size_t size = announced(first);
    if (size == 0 || size > length) {
        return 0;
    }
    if (size == 1) {
        *c = first;
        return 1;
    }
    uint32_t value = first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if (!is_continuation(text[i])) {
            return 0;
        }
        value = value << 6 | ((unsigned char)text[i] & 0x3F);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (overlong || surrogate || value > 0x10FFFF) {
        return 0;
    }
    *c = value;
    return size;
}

size_t heed_utf8_encode(uint32_t c, char bytes[4])
{
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0}; /* of the first byte */
    const size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; c >>= 6) {
        bytes[i] = (char)(0x80 | (c & 0x3F));
    }
    bytes[0] = (char)(marks[size] | c);
    return size;
}

bool heed_utf8_valid(const char *text, size_t length, size_t *bad)
{
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        size_t size = heed_utf8_decode(text + i, length - i, &c);
        if (size == 0) {
            if (bad) {
                *bad = i;
            }
            return false;
        }
        i += size;
    }
    return true;
}

size_t heed_utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += !is_continuation(text[i]);
    }
    return count;
}

size_t heed_utf8_offset(const char *text, size_t length, size_t index)
{
    size_t i = 0;
    for (; i < length; i++) {
        if (!is_continuation(text[i])) {
            if (index == 0) {
                return i;
            }
            index--;
        }
    }
    return length;
}

size_t heed_utf8_whole(const char *text, size_t n)
{
    while (n > 0 && is_continuation(text[n])) {
        n--;
    }
    return n;
}

void heed_utf8_cut(char *out, size_t size, const char *text, size_t length)
{
    const bool all = length < size;
    const size_t n = all ? length : heed_utf8_whole(text, size - sizeof "\xE2\x80\xA6");
    memcpy(out, text, n);
    strcpy(out + n, all ? "" : "\xE2\x80\xA6");
}
