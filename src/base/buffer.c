#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/utf8.h"

static bool reserve(struct heed_buffer *buffer, size_t extra)
{
    size_t needed = 0;
    if (buffer->failed || !heed_checked_add(buffer->size, extra, &needed) ||
        !heed_checked_add(needed, 1, &needed)) {
        buffer->failed = true;
        return false;
    }
    if (needed <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity < 256 ? 256 : buffer->capacity;
    while (capacity < needed) {
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    }
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void heed_buffer_append(struct heed_buffer *buffer, const void *data, size_t size)
{
    if (!reserve(buffer, size)) {
        return;
    }
    if (size > 0) {
        memcpy(buffer->data + buffer->size, data, size);
    }
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void heed_buffer_puts(struct heed_buffer *buffer, const char *text)
{
    heed_buffer_append(buffer, text, strlen(text));
}

void heed_buffer_printf(struct heed_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->failed = true;
    } else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
}

static void put_replacement(struct heed_buffer *buffer)
{
    heed_buffer_append(buffer, "\xEF\xBF\xBD", 3);
}

static void put_json_character(struct heed_buffer *buffer, uint32_t c, const char *bytes,
                               size_t size)
{
    static const char escaped[] = "\"\\\n\r\t";
    static const char letters[] = "\"\\nrt";
    const char *at = size == 1 ? memchr(escaped, *bytes, sizeof escaped - 1) : NULL;
    if (at) {
        heed_buffer_printf(buffer, "\\%c", letters[at - escaped]);
    } else if (c < 0x20 || c == 0x7F) {
        heed_buffer_printf(buffer, "\\u%04x", (unsigned)c);
    } else {
        heed_buffer_append(buffer, bytes, size);
    }
}

void heed_buffer_put_json(struct heed_buffer *buffer, const char *text, size_t length)
{
    heed_buffer_puts(buffer, "\"");
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        size_t size = heed_utf8_decode(text + i, length - i, &c);
        if (size == 0) {
            put_replacement(buffer);
            i++;
        } else {
            put_json_character(buffer, c, text + i, size);
            i += size;
        }
    }
    heed_buffer_puts(buffer, "\"");
}

static bool is_xml_character(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

static void put_xml_character(struct heed_buffer *buffer, uint32_t c, const char *bytes,
                              size_t size)
{
    switch (c) {
    case '&':
        heed_buffer_puts(buffer, "&amp;");
        break;
    case '<':
        heed_buffer_puts(buffer, "&lt;");
        break;
    case '>':
        heed_buffer_puts(buffer, "&gt;");
        break;
    case '"':
        heed_buffer_puts(buffer, "&quot;");
        break;
    default:
        heed_buffer_append(buffer, bytes, size);
    }
}

void heed_buffer_put_xml(struct heed_buffer *buffer, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        size_t size = heed_utf8_decode(text + i, length - i, &c);
        if (size == 0 || !is_xml_character(c)) {
            put_replacement(buffer);
            i += size ? size : 1;
        } else {
            put_xml_character(buffer, c, text + i, size);
            i += size;
        }
    }
}

void heed_buffer_clear(struct heed_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    if (buffer->data) {
        buffer->data[0] = '\0';
    }
}

void heed_buffer_finish(struct heed_buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct heed_buffer){0};
}
