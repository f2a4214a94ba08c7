#include "export/describe_table.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_COLUMNS = 64, WIDEST = 40 };

/* Where a field's bytes are, and whether a line ends behind it. */
struct field {
    struct heed_buffer text;
    bool ends_line;
};

/* Reads the field at csv[at]; returns where the next begins. */
static size_t read_field(struct field *field, const char *csv, size_t size, size_t at)
{
    bool quoted = at < size && csv[at] == '"';
    field->text.size = 0;
    for (at += quoted; at < size; at++) {
        if (quoted && csv[at] == '"') {
            if (at + 1 < size && csv[at + 1] == '"') {
                at++;
            } else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (csv[at] == ',' || csv[at] == '\n')) {
            break;
        }
        heed_buffer_append(&field->text, &csv[at], 1);
    }
    field->ends_line = at >= size || csv[at] == '\n';
    return at + 1;
}

static size_t width_of(const struct heed_buffer *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->size; i++) {
        n += ((unsigned char)text->data[i] & 0xC0) != 0x80;
    }
    return n;
}

/* A line that isn't of the table, as it is, if out isn't NULL; returns where the next begins. */
static size_t put_remark(struct heed_buffer *out, const char *csv, size_t size, size_t at)
{
    const char *end = memchr(csv + at, '\n', size - at);
    const size_t next = end ? (size_t)(end - csv) + 1 : size;
    if (out) {
        heed_buffer_append(out, csv + at, next - at);
    }
    return next;
}

static void measure(size_t widths[MOST_COLUMNS], struct field *field, const char *csv, size_t size)
{
    int column = 0;
    for (size_t at = 0; at < size;) {
        if (column == 0 && csv[at] == '#') {
            at = put_remark(NULL, csv, size, at);
            continue;
        }
        at = read_field(field, csv, size, at);
        const size_t width = width_of(&field->text);
        if (column < MOST_COLUMNS && width > widths[column]) {
            widths[column] = width < WIDEST ? width : WIDEST;
        }
        column = field->ends_line ? 0 : column + 1;
    }
}

void heed_describe_table(struct heed_buffer *out, const char *csv, size_t size)
{
    size_t widths[MOST_COLUMNS] = {0};
    struct field field = {0};
    int column = 0;
    measure(widths, &field, csv, size);
    for (size_t at = 0; at < size;) {
        if (column == 0 && csv[at] == '#') {
            at = put_remark(out, csv, size, at);
            continue;
        }
        at = read_field(&field, csv, size, at);
        heed_buffer_append(out, field.text.data ? field.text.data : "", field.text.size);
        const size_t width = width_of(&field.text);
        for (size_t i = width; !field.ends_line && column < MOST_COLUMNS && i < widths[column];
             i++) {
            heed_buffer_puts(out, " ");
        }
        heed_buffer_puts(out, field.ends_line ? "\n" : "  ");
        column = field.ends_line ? 0 : column + 1;
    }
    out->failed = out->failed || field.text.failed;
    heed_buffer_finish(&field.text);
}
