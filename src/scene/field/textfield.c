#include "scene/field/textfield.h"

#include <string.h>

#include "base/utf8.h"
#include "scene/field/text_bounds.h"
#include "scene/field/textfield_line.h"

static const char *text_of(const struct heed_textfield *field)
{
    return field->text.data != NULL ? field->text.data : "";
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

void heed_textfield_finish(struct heed_textfield *field)
{
    heed_buffer_finish(&field->text);
    heed_buffer_finish(&field->compose);
    heed_buffer_finish(&field->shown);
    memset(field, 0, sizeof(*field));
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
    const size_t caret = keep_caret ? least(field->caret, length) : length;
    field->caret = heed_grapheme_floor(text_of(field), length, caret);
    field->anchor = field->caret;
    field->origin = least(field->origin, length);
    field->follow = true;
    field->dragging = false;
    return true;
}

const char *heed_textfield_selection(const struct heed_textfield *field, size_t *length)
{
    const size_t first = least(field->caret, field->anchor);
    *length = most(field->caret, field->anchor) - first;
    return text_of(field) + first;
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

static void place_caret(struct heed_textfield *field, size_t pos, bool extend)
{
    field->caret = pos;
    if (!extend) {
        field->anchor = pos;
    }
    field->follow = true;
}

static bool replace(struct heed_textfield *field, size_t first, size_t last, const char *text,
                    size_t length)
{
    if (!splice(field, first, last, text, length)) {
        return false;
    }
    field->dragging = false; /* what it extends from has moved */
    const size_t pos = first + length;
    const size_t floor = heed_grapheme_floor(text_of(field), field->text.size, pos);
    /* What was put in may melt with what follows: then stand behind both. */
    place_caret(field,
                floor == pos ? pos : heed_grapheme_next(text_of(field), field->text.size, floor),
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

static void clean_text(struct heed_buffer *out, const char *text, size_t length)
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

/* As heed_textfield_insert; *too_long: it is refused, else there was no memory. */
static bool put_in(struct heed_textfield *field, const char *text, size_t length, size_t max_bytes,
                   bool *too_long)
{
    struct heed_buffer clean = {0};
    const size_t first = least(field->caret, field->anchor);
    const size_t last = most(field->caret, field->anchor);
    clean_text(&clean, text, length);
    *too_long = !clean.failed && (clean.size > max_bytes ||
                                  field->text.size - (last - first) > max_bytes - clean.size);
    const bool ok = !clean.failed && !*too_long &&
                    replace(field, first, last, clean.data != NULL ? clean.data : "", clean.size);
    heed_buffer_finish(&clean);
    return ok;
}

bool heed_textfield_insert(struct heed_textfield *field, const char *text, size_t length,
                           size_t max_bytes)
{
    bool too_long = false;
    return put_in(field, text, length, max_bytes, &too_long);
}

/* Everything that one event needs. */
struct edit {
    struct heed_textfield *field;
    const struct heed_event *event;
    struct heed_rect inner;
    struct heed_textline line;
    size_t max_bytes;
    struct heed_textfield_change change;
};

static bool has_selection(const struct heed_textfield *field)
{
    return field->caret != field->anchor;
}

static void insert(struct edit *edit, const char *text, size_t length, bool apart)
{
    struct heed_textfield *field = edit->field;
    apart = apart || has_selection(field);
    if (length == 0) {
        return;
    }
    bool too_long = false;
    if (!put_in(field, text, length, edit->max_bytes, &too_long)) {
        edit->change.refused = too_long;
        edit->change.no_memory = !too_long;
        return;
    }
    edit->change.text_changed = true;
    edit->change.apart = apart;
    edit->change.word_ended = apart || text[length - 1] == ' ';
}

static void erase(struct edit *edit, size_t first, size_t last, bool apart)
{
    if (first >= last) {
        return;
    }
    edit->change.no_memory = !replace(edit->field, first, last, "", 0);
    if (!edit->change.no_memory) {
        edit->change.text_changed = true;
        edit->change.apart = apart;
        edit->change.word_ended = apart;
    }
}

static void erase_selection(struct edit *edit)
{
    const struct heed_textfield *field = edit->field;
    erase(edit, least(field->caret, field->anchor), most(field->caret, field->anchor), true);
}

static void move_to(struct edit *edit, size_t pos, bool extend)
{
    place_caret(edit->field, pos, extend);
    edit->change.word_ended = true;
    edit->change.selected = extend && has_selection(edit->field);
}

static void move_sideways(struct edit *edit, bool right)
{
    struct heed_textfield *field = edit->field;
    const char *text = text_of(field);
    const size_t length = field->text.size;
    const bool extend = (edit->event->mods & HEED_MOD_SHIFT) != 0;
    size_t pos = field->caret;
    if ((edit->event->mods & HEED_MOD_CTRL) != 0) {
        /* In a line from right to left the next word lies to the left. */
        pos = right != heed_textline_runs_left(&edit->line) ? heed_word_right(text, length, pos)
                                                            : heed_word_left(text, length, pos);
    } else if (has_selection(field) && !extend) {
        const bool caret_is_right =
            heed_textline_is_right_of(&edit->line, field->caret, field->anchor);
        pos = right == caret_is_right ? field->caret : field->anchor;
    } else {
        pos = heed_textline_step(&edit->line, pos, right);
    }
    move_to(edit, pos, extend);
}

static void erase_sideways(struct edit *edit, bool right)
{
    const struct heed_textfield *field = edit->field;
    const char *text = text_of(field);
    const size_t length = field->text.size;
    const bool word = (edit->event->mods & HEED_MOD_CTRL) != 0;
    const size_t caret = field->caret;
    if (has_selection(field)) {
        erase_selection(edit);
    } else if (right) {
        erase(edit, caret,
              word ? heed_word_right(text, length, caret) : heed_grapheme_next(text, length, caret),
              word);
    } else {
        erase(edit,
              word ? heed_word_left(text, length, caret)
                   : heed_grapheme_previous(text, length, caret),
              caret, word);
    }
}

static void cut_or_copy(struct edit *edit, bool cut)
{
    if (has_selection(edit->field)) {
        edit->change.copy = !cut;
        edit->change.cut = cut;
    }
}

static void select_all(struct edit *edit)
{
    edit->field->anchor = 0;
    move_to(edit, edit->field->text.size, true);
}

/* Ctrl and a letter, and the older chords with Insert and Delete. */
static bool handle_chord(struct edit *edit)
{
    const enum heed_key key = edit->event->key;
    const int mods = edit->event->mods;
    if (key == HEED_KEY_INSERT && mods == HEED_MOD_SHIFT) {
        edit->change.paste = true;
    } else if (key == HEED_KEY_INSERT && mods == HEED_MOD_CTRL) {
        cut_or_copy(edit, false);
    } else if (key == HEED_KEY_DELETE && mods == HEED_MOD_SHIFT) {
        cut_or_copy(edit, true);
    } else if (mods != HEED_MOD_CTRL) {
        return false;
    } else if (key == (enum heed_key)'A') {
        select_all(edit);
    } else if (key == (enum heed_key)'C') {
        cut_or_copy(edit, false);
    } else if (key == (enum heed_key)'X') {
        cut_or_copy(edit, true);
    } else if (key == (enum heed_key)'V') {
        edit->change.paste = true;
    } else {
        return false;
    }
    return true;
}

static bool handle_key(struct edit *edit)
{
    const bool extend = (edit->event->mods & HEED_MOD_SHIFT) != 0;
    if ((edit->event->mods & (HEED_MOD_ALT | HEED_MOD_SUPER)) != 0) {
        return false;
    }
    if (edit->field->compose.size > 0) {
        return true; /* the input method's */
    }
    if (handle_chord(edit)) {
        return true;
    }
    switch (edit->event->key) {
    case HEED_KEY_LEFT:
    case HEED_KEY_RIGHT:
        move_sideways(edit, edit->event->key == HEED_KEY_RIGHT);
        return true;
    case HEED_KEY_HOME:
        move_to(edit, 0, extend);
        return true;
    case HEED_KEY_END:
        move_to(edit, edit->field->text.size, extend);
        return true;
    case HEED_KEY_BACKSPACE:
    case HEED_KEY_DELETE:
        erase_sideways(edit, edit->event->key == HEED_KEY_DELETE);
        return true;
    case HEED_KEY_ENTER:
        edit->change.enter = true;
        return true;
    default:
        return false;
    }
}

static bool handle_compose(struct edit *edit)
{
    struct heed_textfield *field = edit->field;
    const char *text = edit->event->text;
    const size_t length = edit->event->length;
    if (length > 0 && has_selection(field)) {
        erase_selection(edit);
    }
    heed_buffer_clear(&field->compose);
    clean_text(&field->compose, text != NULL ? text : "", length);
    const size_t cursor = edit->event->cursor > 0 ? (size_t)edit->event->cursor : 0;
    field->compose_caret = field->compose.size == 0
                               ? 0
                               : heed_utf8_offset(field->compose.data, field->compose.size, cursor);
    field->follow = true;
    return true;
}

static size_t pointed_at(const struct edit *edit)
{
    const struct heed_textfield *field = edit->field;
    const size_t origin = heed_textline_start(&edit->line, field->origin);
    const float x =
        edit->event->x - edit->inner.x - heed_textline_indent(&edit->line, edit->inner.w);
    return heed_textline_hit(&edit->line, origin, x + field->scroll);
}

/* Selects from what was first pressed to what the pointer is over. */
static void drag_to(struct edit *edit, size_t pos)
{
    struct heed_textfield *field = edit->field;
    size_t first = pos; /* of all of it, that was selected by the press, nothing can be added */
    size_t last = pos;
    if (field->drag_unit == 2) {
        heed_word_around(text_of(field), field->text.size, pos, &first, &last);
    }
    if (pos >= field->drag_last || first >= field->drag_first) {
        field->anchor = field->drag_first;
        field->caret = most(last, field->drag_last);
    } else {
        field->anchor = field->drag_last;
        field->caret = least(first, field->drag_first);
    }
    field->follow = true;
    edit->change.selected = has_selection(field);
}

static void press(struct edit *edit)
{
    struct heed_textfield *field = edit->field;
    const size_t pos = pointed_at(edit);
    edit->change.word_ended = true;
    field->dragging = true;
    field->drag_unit = edit->event->clicks >= 3 ? 3 : edit->event->clicks;
    if ((edit->event->mods & HEED_MOD_SHIFT) != 0) {
        field->drag_unit = 1;
        field->drag_first = field->drag_last = field->anchor;
        drag_to(edit, pos);
        return;
    }
    field->drag_first = field->drag_last = pos;
    if (field->drag_unit == 2) {
        heed_word_around(text_of(field), field->text.size, pos, &field->drag_first,
                         &field->drag_last);
    } else if (field->drag_unit == 3) {
        field->drag_first = 0;
        field->drag_last = field->text.size;
    }
    drag_to(edit, pos);
}

static bool handle_pointer(struct edit *edit)
{
    struct heed_textfield *field = edit->field;
    if (edit->event->kind == HEED_EVENT_POINTER_UP) {
        const bool was_dragging = field->dragging;
        field->dragging = false;
        return was_dragging;
    }
    if (edit->event->kind == HEED_EVENT_POINTER_MOVE) {
        if (field->dragging) {
            drag_to(edit, pointed_at(edit));
        }
        return field->dragging;
    }
    if (edit->event->button == 1) {
        press(edit);
        return true;
    }
    if (edit->event->button == 2) {
        move_to(edit, pointed_at(edit), false);
        edit->change.paste_primary = true;
        return true;
    }
    return false;
}

static bool dispatch(struct edit *edit)
{
    const struct heed_event *event = edit->event;
    switch (event->kind) {
    case HEED_EVENT_KEY:
        return handle_key(edit);
    case HEED_EVENT_TEXT:
        heed_buffer_clear(&edit->field->compose);
        insert(edit, event->text, event->length, false);
        return true;
    case HEED_EVENT_PASTE:
        insert(edit, event->text, event->length, true);
        return true;
    case HEED_EVENT_COMPOSE:
        return handle_compose(edit);
    case HEED_EVENT_POINTER_DOWN:
    case HEED_EVENT_POINTER_MOVE:
    case HEED_EVENT_POINTER_UP:
        return handle_pointer(edit);
    default:
        return false;
    }
}

struct heed_textfield_change
heed_textfield_handle(struct heed_textfield *field, const struct heed_event *event,
                      struct heed_rect inner, struct heed_text_style style,
                      const struct heed_metrics *metrics, size_t max_bytes)
{
    struct edit edit = {.field = field, .event = event, .inner = inner, .max_bytes = max_bytes};
    edit.line = heed_textline_make(text_of(field), field->text.size, style, metrics);
    edit.change.handled = dispatch(&edit);
    return edit.change;
}

void heed_textfield_scroll(struct heed_textfield *field, float px)
{
    field->scroll += px;
    field->follow = false;
}
