/*
 * The lines of a text: they end at \n only, one \r before it belongs to the
 * end. A byte order mark before the first is no part of it. Pure but for reading the file; any
 * thread.
 */
#ifndef HEED_BASE_LINES_H
#define HEED_BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct heed_line {
    const char *text; /* not ended by a NUL */
    size_t length;
};

struct heed_lines {
    char *data; /* of a file that was read: what the lines point into */
    struct heed_line *items;
    size_t n;
};

/* The lines point into data. False without memory. */
HEED_NODISCARD bool heed_lines_split(struct heed_lines *lines, const char *data, size_t size);
/* Reads a file ("-": standard input) of at most max_size bytes. An error if
 * it isn't valid UTF-8 names line and byte. */
HEED_NODISCARD bool heed_lines_read(struct heed_lines *lines, const char *path, size_t max_size,
                                    struct heed_error *err);
/* The same of what was read of path already; takes data. */
HEED_NODISCARD bool heed_lines_take(struct heed_lines *lines, char *data, size_t size,
                                    const char *path, struct heed_error *err);
/* In place, what a text field takes: controls go, tabs become spaces, line ends \n; blanks at
 * the end go. There is room for a NUL. Returns the length. */
size_t heed_lines_tidy(char *text, size_t length);
void heed_lines_finish(struct heed_lines *lines);

#endif
