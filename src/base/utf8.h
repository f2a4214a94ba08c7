/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates. Any thread. */
#ifndef HEED_BASE_UTF8_H
#define HEED_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one character. Returns its bytes (1 to 4), or 0 at the end of the
 * text or when the bytes aren't valid UTF-8 (*c is then untouched). */
size_t heed_utf8_decode(const char *text, size_t length, uint32_t *c);

/* Writes 1 to 4 bytes, returns how many. c must be a Unicode scalar value. */
size_t heed_utf8_encode(uint32_t c, char bytes[4]);

/* True if all of it is valid; else *bad (if not NULL) is the offset of the
 * first wrong byte. */
bool heed_utf8_valid(const char *text, size_t length, size_t *bad);

/* Code points of valid text. */
size_t heed_utf8_count(const char *text, size_t length);

/* Byte offset of the code point with this index; length if past the end. */
size_t heed_utf8_offset(const char *text, size_t length, size_t index);

/* The whole characters among the first n bytes of a longer text: their bytes, n or up to 3
 * less. */
size_t heed_utf8_whole(const char *text, size_t n);

/* As much of the text's length bytes as there's room for, whole characters, with an ellipsis
 * where that isn't all; size is at least 4. */
void heed_utf8_cut(char *out, size_t size, const char *text, size_t length);

#endif
