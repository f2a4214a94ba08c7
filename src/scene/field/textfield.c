#include "scene/field/textfield.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "scene/field/text_bounds.h"
#include "scene/field/textfield_edit.h"
#include "scene/field/textfield_text.h"
#include "scene/field/textfield_wrap.h"

void heed_textfield_finish(struct heed_textfield *field)
{
    heed_buffer_finish(&field->text);
    heed_buffer_finish(&field->compose);
    heed_buffer_finish(&field->shown);
    free(field->rows.starts);
    *field = (struct heed_textfield){.wraps = field->wraps};
}

bool heed_textfield_set(struct heed_textfield *field, const char *text, size_t length,
                        bool keep_caret)
{
    struct heed_buffer fresh = {0};
    heed_buffer_append(&fresh, text, length);
    if (fresh.failed) {
        heed_buffer_finish(&fresh);
        return false;
    }
    heed_buffer_finish(&field->text);
    field->text = fresh;
    heed_buffer_clear(&field->compose);
    const size_t caret = keep_caret ? heed_least(field->caret, length) : length;
    field->caret = heed_grapheme_floor(heed_textfield_text(field), length, caret);
    field->anchor = field->caret;
    field->hangs = false;
    field->aims = false;
    field->origin = heed_least(field->origin, length);
    field->follow = true;
    field->dragging = false;
    return true;
}

const char *heed_textfield_selection(const struct heed_textfield *field, size_t *length)
{
    const size_t first = heed_least(field->caret, field->anchor);
    *length = heed_most(field->caret, field->anchor) - first;
    return heed_textfield_text(field) + first;
}

/* Puts length bytes in place of [first, last). */
static bool splice(struct heed_textfield *field, size_t first, size_t last, const char *text,
                   size_t length)
{
    struct heed_buffer *buffer = &field->text;
    const size_t old_size = buffer->size;
    heed_buffer_append(buffer, text, length);
    if (buffer->failed) {
        buffer->failed = false;
        return false;
    }
    if (buffer->data != NULL) {
        memmove(buffer->data + first + length, buffer->data + last, old_size - last);
        memcpy(buffer->data + first, text, length);
        buffer->size = old_size - (last - first) + length;
        buffer->data[buffer->size] = '\0';
    }
    return true;
}

void heed_textfield_place(struct heed_textfield *field, size_t pos, bool extend)
{
    field->caret = pos;
    field->hangs = false;
    field->aims = false;
    if (!extend) {
        field->anchor = pos;
    }
    field->follow = true;
}

bool heed_textfield_replace(struct heed_textfield *field, size_t first, size_t last,
                            const char *text, size_t length)
{
    if (!splice(field, first, last, text, length)) {
        return false;
    }
    field->dragging = false; /* what it extends from has moved */
    const size_t pos = first + length;
    const size_t floor = heed_grapheme_floor(heed_textfield_text(field), field->text.size, pos);
    /* What was put in may melt with what follows: then stand behind both. */
    heed_textfield_place(
        field,
        floor == pos ? pos
                     : heed_grapheme_next(heed_textfield_text(field), field->text.size, floor),
        false);
    return true;
}

/* One character as a field holds it: 0 if it is left out. */
static uint32_t clean_character(uint32_t c)
{
    if (c == '\n' || c == '\r' || c == '\t' || c == 0x85 || c == 0x2028 || c == 0x2029) {
        return ' ';
    }
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0 : c;
}

void heed_textfield_clean(struct heed_buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        char bytes[4];
        size_t size = heed_utf8_decode(text + i, length - i, &c);
        if (size == 0) {
            c = 0xFFFD;
            size = 1;
        } else if (c == '\r' && i + 1 < length && text[i + 1] == '\n') {
            size = 2;
        }
        i += size;
        c = clean_character(c);
        if (c != 0) {
            heed_buffer_append(out, bytes, heed_utf8_encode(c, bytes));
        }
    }
}

bool heed_textfield_put_in(struct heed_textfield *field, const char *text, size_t length,
                           size_t max_bytes, bool *too_long)
{
    struct heed_buffer clean = {0};
    const size_t first = heed_least(field->caret, field->anchor);
    const size_t last = heed_most(field->caret, field->anchor);
    heed_textfield_clean(&clean, text, length);
    *too_long = !clean.failed && (clean.size > max_bytes ||
                                  field->text.size - (last - first) > max_bytes - clean.size);
    const bool ok = !clean.failed && !*too_long &&
                    heed_textfield_replace(field, first, last, clean.data != NULL ? clean.data : "",
                                           clean.size);
    heed_buffer_finish(&clean);
    return ok;
}

bool heed_textfield_insert(struct heed_textfield *field, const char *text, size_t length,
                           size_t max_bytes)
{
    bool too_long = false;
    return heed_textfield_put_in(field, text, length, max_bytes, &too_long);
}

void heed_textfield_select_all(struct heed_textfield *field)
{
    field->anchor = 0;
    heed_textfield_place(field, field->text.size, true);
}

void heed_textfield_scroll(struct heed_textfield *field, float px)
{
    if (heed_textfield_is_single(field)) {
        field->scroll += px;
    } else {
        field->top += px > 0.0F ? 1 : -1;
    }
    field->follow = false;
}

int heed_textfield_count_rows(struct heed_textfield *field, float width,
                              struct heed_text_style style, const struct heed_metrics *metrics)
{
    heed_textfield_wrap(field, heed_textfield_shown(field), width, style, metrics);
    return field->rows.n > 1 ? field->rows.n : 1;
}
