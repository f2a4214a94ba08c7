/*
 * A growing byte buffer, always NUL-terminated once it holds anything, for
 * building text (JSON, SVG, tables). Running out of memory sets `failed` and
 * makes further appends do nothing: check once, at the end. Not thread-safe.
 */
#ifndef HEED_BASE_BUFFER_H
#define HEED_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

/* All zero is an empty buffer. */
struct heed_buffer {
    char *data;
    size_t size; /* bytes, without the NUL */
    size_t capacity;
    bool failed;
};

void heed_buffer_append(struct heed_buffer *buffer, const void *data, size_t size);
void heed_buffer_puts(struct heed_buffer *buffer, const char *text);
/* As printf; heed never sets a locale, so numbers have a decimal point. */
void heed_buffer_printf(struct heed_buffer *buffer, const char *format, ...) HEED_PRINTF(2, 3);
/* Text as a JSON string, quotes included; invalid UTF-8 becomes U+FFFD. */
void heed_buffer_put_json(struct heed_buffer *buffer, const char *text, size_t length);
/* Text escaped for XML content and attributes; characters that XML 1.0 can't
 * hold, and invalid UTF-8, become U+FFFD. */
void heed_buffer_put_xml(struct heed_buffer *buffer, const char *text, size_t length);
/* Empties, keeping the memory. */
void heed_buffer_clear(struct heed_buffer *buffer);
void heed_buffer_finish(struct heed_buffer *buffer);

#endif
