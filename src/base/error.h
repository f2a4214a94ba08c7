/*
 * The one error type. What can fail returns bool and takes a
 * `struct heed_error *err` last (NULL allowed); on failure its outputs are
 * untouched and err holds one line: the culprit and the remedy, without
 * "heed: " and without a line end. The first to detect writes the message.
 * Any thread.
 */
#ifndef HEED_BASE_ERROR_H
#define HEED_BASE_ERROR_H

#include <stdbool.h>

#include "base/compiler.h"

enum heed_error_code {
    HEED_OK = 0,
    HEED_ERROR_USAGE,       /* wrong arguments: exit status 2 */
    HEED_ERROR_INPUT,       /* text, words, numbers that don't fit */
    HEED_ERROR_FILE,        /* can't be opened, read, written, renamed */
    HEED_ERROR_FORMAT,      /* a file's content is broken */
    HEED_ERROR_UNSUPPORTED, /* valid, but not something heed can do */
    HEED_ERROR_MEMORY,
    HEED_ERROR_SYSTEM, /* display, OpenGL, fonts, threads */
    HEED_ERROR_CANCELLED,
    HEED_ERROR_CLOSED /* nobody reads standard output any more: no message is due */
};

struct heed_error {
    enum heed_error_code code;
    char text[512];
};

/* Fills err (unless NULL) and returns false, so that a caller can return it.
 * Control characters in the result are replaced by '?', and a message that is
 * too long ends in "..." on a UTF-8 boundary. */
bool heed_error_set(struct heed_error *err, enum heed_error_code code, const char *format, ...)
    HEED_PRINTF(3, 4);

#endif
