#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Cuts a full buffer before the character that doesn't fit, and says so. */
static void end_in_dots(char *text, size_t size)
{
    memcpy(text + heed_utf8_whole(text, size - 4), "...", 4);
}

bool heed_error_set(struct heed_error *err, enum heed_error_code code, const char *format, ...)
{
    if (!err) {
        return false;
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        err->text[0] = '\0';
    } else if ((size_t)length >= sizeof err->text) {
        end_in_dots(err->text, sizeof err->text);
    }
    for (char *c = err->text; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F) {
            *c = '?';
        }
    }
    err->code = code;
    return false;
}
