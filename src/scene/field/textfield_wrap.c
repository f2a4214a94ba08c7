#include "scene/field/textfield_wrap.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "scene/field/text_bounds.h"

/* A longer text is one row: it is measured only where it is seen. */
enum { WRAP_BYTES = 1 << 15 };

/* Of the type's size. */
static const float row_height = 1.3F;

const struct heed_buffer *heed_textfield_shown(struct heed_textfield *field)
{
    const char *text = field->text.data != NULL ? field->text.data : "";
    if (field->compose.size == 0) {
        return &field->text;
    }
    heed_buffer_clear(&field->shown);
    heed_buffer_append(&field->shown, text, field->caret);
    heed_buffer_append(&field->shown, field->compose.data, field->compose.size);
    heed_buffer_append(&field->shown, text + field->caret, field->text.size - field->caret);
    return field->shown.failed ? &field->text : &field->shown;
}

bool heed_textfield_is_single(const struct heed_textfield *field)
{
    return field->rows.n <= 1;
}

/* FNV-1a. */
static uint64_t hash(const struct heed_buffer *text)
{
    uint64_t sum = 0xCBF29CE484222325u;
    for (size_t i = 0; i < text->size; i++) {
        sum = (sum ^ (unsigned char)text->data[i]) * 0x100000001B3u;
    }
    return sum;
}

/* False without memory. */
static bool add_row(struct heed_textfield_rows *rows, size_t start)
{
    if (rows->n == rows->room) {
        const int room = rows->room > 0 ? 2 * rows->room : 16;
        size_t *starts = realloc(rows->starts, (size_t)room * sizeof(*starts));
        if (starts == NULL) {
            return false;
        }
        rows->starts = starts;
        rows->room = room;
    }
    rows->starts[rows->n++] = start;
    return true;
}

/* Spaces at a row's end may hang over its edge. */
static size_t without_spaces(const struct heed_textline *line, size_t start, size_t end)
{
    while (end > start && line->text[end - 1] == ' ') {
        end--;
    }
    return end;
}

/* What of [start, end) goes into room px; a grapheme at least. */
static size_t cut(const struct heed_textline *line, size_t start, size_t end, float room)
{
    size_t pos = heed_grapheme_next(line->text, line->length, start);
    while (pos < end) {
        const size_t next = heed_grapheme_next(line->text, line->length, pos);
        if (next > end || heed_textline_width(line, start, next) > room) {
            break;
        }
        pos = next;
    }
    return pos < end ? pos : end;
}

/* The row from start ends where the next begins: behind the last piece that has room. */
static size_t row_end(const struct heed_textline *line, size_t start, float room)
{
    size_t pos = start;
    float x = 0.0F;
    while (pos < line->length) {
        const size_t end = heed_textline_end(line, pos);
        const size_t ink = without_spaces(line, pos, end);
        if (x + heed_textline_width(line, pos, ink) > room) {
            return pos > start ? pos : cut(line, start, end, room);
        }
        x += heed_textline_width(line, pos, end);
        pos = end;
    }
    return pos;
}

void heed_textfield_wrap(struct heed_textfield *field, const struct heed_buffer *text, float width,
                         struct heed_text_style style, const struct heed_metrics *metrics)
{
    struct heed_textfield_rows *rows = &field->rows;
    if (!field->wraps || text->size > WRAP_BYTES || width < 4.0F * style.size) {
        rows->n = 0;
        return;
    }
    const uint64_t sum = hash(text);
    if (rows->n > 0 && rows->hash == sum && rows->size == text->size && rows->width == width &&
        rows->type == style.size) {
        return;
    }
    rows->hash = sum;
    rows->size = text->size;
    rows->width = width;
    rows->type = style.size;
    rows->n = 0;
    /* Broken as it is read; each row is then seen as its own script runs. */
    const struct heed_textline line = {.text = text->data != NULL ? text->data : "",
                                       .length = text->size,
                                       .style = style,
                                       .metrics = metrics};
    size_t start = 0;
    do {
        if (!add_row(rows, start)) {
            rows->n = 0;
            return;
        }
        start = row_end(&line, start, width);
    } while (start < text->size);
}

int heed_textfield_find_row(const struct heed_textfield *field, size_t pos, bool hangs)
{
    int row = field->rows.n - 1;
    while (row > 0 && field->rows.starts[row] > pos) {
        row--;
    }
    return row > 0 && hangs && field->rows.starts[row] == pos ? row - 1 : row < 0 ? 0 : row;
}

void heed_textfield_get_row(const struct heed_textfield *field, size_t size, int row, size_t *from,
                            size_t *to)
{
    const struct heed_textfield_rows *rows = &field->rows;
    *from = row < rows->n ? rows->starts[row] : 0;
    *to = row + 1 < rows->n ? rows->starts[row + 1] : size;
}

int heed_textfield_seen(const struct heed_textfield *field, struct heed_rect inner,
                        struct heed_text_style style, float *top, float *height)
{
    const float high = row_height * style.size;
    const int room = (int)floorf(inner.h / high + 0.01F);
    const int most = field->rows.n > 1 ? field->rows.n : 1;
    const int seen = room < 1 ? 1 : room < most ? room : most;
    *height = seen == 1 ? inner.h : high;
    *top = inner.y + (inner.h - (float)seen * *height) / 2.0F;
    return seen;
}
