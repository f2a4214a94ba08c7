#include "base/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

bool heed_lines_split(struct heed_lines *lines, const char *data, size_t size)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* of byte order; no text */
    size_t n = 0;
    if (size >= 3 && memcmp(data, mark, 3) == 0) {
        data += 3;
        size -= 3;
    }
    for (size_t i = 0; i < size; i++) {
        n += data[i] == '\n' || i + 1 == size;
    }
    struct heed_line *items = malloc((n + 1) * sizeof *items);
    if (!items) {
        return false;
    }
    *lines = (struct heed_lines){.items = items};
    const char *end = data + size;
    while (data < end) {
        const char *newline = memchr(data, '\n', (size_t)(end - data));
        const char *stop = newline ? newline : end;
        size_t length = (size_t)(stop - data);
        if (newline && length > 0 && data[length - 1] == '\r') {
            length--;
        }
        items[lines->n++] = (struct heed_line){data, length};
        data = newline ? newline + 1 : end;
    }
    return true;
}

static bool check(const struct heed_lines *lines, const char *path, struct heed_error *err)
{
    for (size_t i = 0; i < lines->n; i++) {
        size_t bad = 0;
        if (!heed_utf8_valid(lines->items[i].text, lines->items[i].length, &bad)) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "'%s' isn't valid UTF-8 at line %zu, byte %zu",
                                  strcmp(path, "-") == 0 ? "standard input" : path, i + 1, bad + 1);
        }
    }
    return true;
}

bool heed_lines_read(struct heed_lines *lines, const char *path, size_t max_size,
                     struct heed_error *err)
{
    char *data = NULL;
    size_t size = 0;
    return heed_file_read(path, max_size, &data, &size, err) &&
           heed_lines_take(lines, data, size, path, err);
}

bool heed_lines_take(struct heed_lines *lines, char *data, size_t size, const char *path,
                     struct heed_error *err)
{
    struct heed_lines made = {0};
    if (!heed_lines_split(&made, data, size)) {
        free(data);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lines of '%s'", path);
    }
    made.data = data;
    if (!check(&made, path, err)) {
        heed_lines_finish(&made);
        return false;
    }
    *lines = made;
    return true;
}

void heed_lines_finish(struct heed_lines *lines)
{
    free(lines->items);
    free(lines->data);
    *lines = (struct heed_lines){0};
}

size_t heed_lines_tidy(char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '\r' && i + 1 < length && text[i + 1] == '\n') {
            continue;
        }
        if ((c >= 0x20 && c != 0x7F) || c == '\n') {
            text[n++] = (char)c;
        } else if (c == '\r' || c == '\t') {
            text[n++] = ' ';
        }
    }
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\n')) {
        n--;
    }
    text[n] = '\0';
    return n;
}
