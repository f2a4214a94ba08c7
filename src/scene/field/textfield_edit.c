#include "scene/field/textfield_edit.h"

#include <math.h>

#include "base/utf8.h"
#include "scene/field/text_bounds.h"
#include "scene/field/textfield_line.h"
#include "scene/field/textfield_text.h"
#include "scene/field/textfield_wrap.h"

/* Everything that one event needs. */
struct edit {
    struct heed_textfield *field;
    const struct heed_event *event;
    struct heed_rect inner;
    struct heed_text_style style;
    const struct heed_metrics *metrics;
    int row; /* that the caret is in */
    size_t max_bytes;
    struct heed_textfield_change change;
};

/* A row as a line of its own, that begins at *from in the text. */
static struct heed_textline line_of(const struct edit *edit, int row, size_t *from)
{
    const struct heed_textfield *field = edit->field;
    size_t to = 0;
    heed_textfield_get_row(field, field->text.size, row, from, &to);
    return heed_textline_make(heed_textfield_text(field) + *from, to - *from, edit->style,
                              edit->metrics);
}

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
    if (!heed_textfield_put_in(field, text, length, edit->max_bytes, &too_long)) {
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
    edit->change.no_memory = !heed_textfield_replace(edit->field, first, last, "", 0);
    if (!edit->change.no_memory) {
        edit->change.text_changed = true;
        edit->change.apart = apart;
        edit->change.word_ended = apart;
    }
}

static void erase_selection(struct edit *edit)
{
    const struct heed_textfield *field = edit->field;
    erase(edit, heed_least(field->caret, field->anchor), heed_most(field->caret, field->anchor),
          true);
}

static void move_to(struct edit *edit, size_t pos, bool extend)
{
    heed_textfield_place(edit->field, pos, extend);
    edit->change.word_ended = true;
    edit->change.selected = extend && has_selection(edit->field);
}

/* Past a row's end what is read before or after it. */
static size_t step_sideways(const struct edit *edit, bool right)
{
    const struct heed_textfield *field = edit->field;
    size_t from = 0;
    const struct heed_textline line = line_of(edit, edit->row, &from);
    const size_t pos = heed_textline_step(&line, field->caret - from, right) + from;
    if (pos != field->caret) {
        return pos;
    }
    return right != heed_textline_runs_left(&line)
               ? heed_grapheme_next(heed_textfield_text(field), field->text.size, pos)
               : heed_grapheme_previous(heed_textfield_text(field), field->text.size, pos);
}

/* Of two places in different rows the later one lies right. */
static bool caret_is_right(const struct edit *edit)
{
    const struct heed_textfield *field = edit->field;
    size_t from = 0;
    const struct heed_textline line = line_of(edit, edit->row, &from);
    if (field->anchor < from || field->anchor > from + line.length) {
        return field->caret > field->anchor;
    }
    return heed_textline_is_right_of(&line, field->caret - from, field->anchor - from);
}

static void move_sideways(struct edit *edit, bool right)
{
    struct heed_textfield *field = edit->field;
    const char *text = heed_textfield_text(field);
    const size_t length = field->text.size;
    const bool extend = (edit->event->mods & HEED_MOD_SHIFT) != 0;
    size_t pos = field->caret, from = 0;
    if ((edit->event->mods & HEED_MOD_CTRL) != 0) {
        /* In a line from right to left the next word lies to the left. */
        const struct heed_textline line = line_of(edit, edit->row, &from);
        pos = right != heed_textline_runs_left(&line) ? heed_word_right(text, length, pos)
                                                      : heed_word_left(text, length, pos);
    } else if (has_selection(field) && !extend) {
        pos = right == caret_is_right(edit) ? field->caret : field->anchor;
    } else {
        pos = step_sideways(edit, right);
    }
    move_to(edit, pos, extend);
}

static float x_in_row(const struct edit *edit, const struct heed_textline *line, size_t pos)
{
    float x = heed_textline_indent(line, edit->inner.w);
    for (size_t start = 0;;) {
        const size_t end = heed_textline_end(line, start);
        if (pos < end || end >= line->length) {
            return x + heed_textline_caret(line, start, end, pos);
        }
        x += heed_textline_width(line, start, end);
        start = end;
    }
}

/* The caret goes to the row's place at x; at its end it stays in the row. */
static void move_to_row(struct edit *edit, int row, float x, bool extend)
{
    struct heed_textfield *field = edit->field;
    size_t from = 0;
    const struct heed_textline line = line_of(edit, row, &from);
    const size_t pos = heed_textline_hit(&line, 0, x - heed_textline_indent(&line, edit->inner.w));
    move_to(edit, from + pos, extend);
    field->hangs = pos == line.length && row + 1 < field->rows.n;
}

/* False in a field of one row: the keys mean something else there. */
static bool move_rows(struct edit *edit, int by)
{
    struct heed_textfield *field = edit->field;
    const bool extend = (edit->event->mods & HEED_MOD_SHIFT) != 0;
    const int row = edit->row + by;
    if (heed_textfield_is_single(field)) {
        return false;
    }
    if (row < 0 || row >= field->rows.n) {
        move_to(edit, row < 0 ? 0 : field->text.size, extend);
        return true;
    }
    size_t from = 0;
    const struct heed_textline line = line_of(edit, edit->row, &from);
    const float x = field->aims ? field->aim_x : x_in_row(edit, &line, field->caret - from);
    move_to_row(edit, row, x, extend);
    field->aim_x = x;
    field->aims = true;
    return true;
}

/* Home and End: of the row; with Ctrl of the text. */
static void move_to_end(struct edit *edit, bool end)
{
    struct heed_textfield *field = edit->field;
    const bool extend = (edit->event->mods & HEED_MOD_SHIFT) != 0;
    size_t from = 0, to = field->text.size;
    if ((edit->event->mods & HEED_MOD_CTRL) == 0) {
        heed_textfield_get_row(field, field->text.size, edit->row, &from, &to);
    }
    move_to(edit, end ? to : from, extend);
    field->hangs = end && to < field->text.size;
}

static void erase_sideways(struct edit *edit, bool right)
{
    const struct heed_textfield *field = edit->field;
    const char *text = heed_textfield_text(field);
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
    case HEED_KEY_UP:
    case HEED_KEY_DOWN:
        return move_rows(edit, edit->event->key == HEED_KEY_DOWN ? 1 : -1);
    case HEED_KEY_HOME:
    case HEED_KEY_END:
        move_to_end(edit, edit->event->key == HEED_KEY_END);
        return true;
    case HEED_KEY_BACKSPACE:
    case HEED_KEY_DELETE:
        erase_sideways(edit, edit->event->key == HEED_KEY_DELETE);
        return true;
    case HEED_KEY_ENTER:
        edit->change.enter = (edit->event->mods & (HEED_MOD_CTRL | HEED_MOD_ALT)) == 0;
        return edit->change.enter; /* else it is a command's */
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
    heed_textfield_clean(&field->compose, text != NULL ? text : "", length);
    const size_t cursor = edit->event->cursor > 0 ? (size_t)edit->event->cursor : 0;
    field->compose_caret = field->compose.size == 0
                               ? 0
                               : heed_utf8_offset(field->compose.data, field->compose.size, cursor);
    field->follow = true;
    return true;
}

/* The row under the pointer; past an edge the one before or after what is seen. */
static int pointed_row(const struct edit *edit)
{
    const struct heed_textfield *field = edit->field;
    float top = 0.0F, height = 0.0F;
    const int seen = heed_textfield_seen(field, edit->inner, edit->style, &top, &height);
    if (heed_textfield_is_single(field)) {
        return 0;
    }
    const float at = floorf((edit->event->y - top) / height);
    const int row = field->top + (int)fmaxf(fminf(at, (float)seen), -1.0F);
    return row < 0 ? 0 : row < field->rows.n ? row : field->rows.n - 1;
}

/* What the pointer is at: the place for a caret that is nearest, the grapheme that it is
 * over. */
struct place {
    size_t pos, over;
    bool hangs; /* pos is the end of a row, not the start of the next */
};

static struct place pointed_at(const struct edit *edit)
{
    const struct heed_textfield *field = edit->field;
    const int row = pointed_row(edit);
    size_t from = 0;
    const struct heed_textline line = line_of(edit, row, &from);
    const bool single = heed_textfield_is_single(field);
    const size_t origin = single ? heed_textline_start(&line, field->origin) : 0;
    const float x = edit->event->x - edit->inner.x - heed_textline_indent(&line, edit->inner.w) +
                    (single ? field->scroll : 0.0F);
    const size_t pos = heed_textline_hit(&line, origin, x);
    return (struct place){.pos = from + pos,
                          .over = from + heed_textline_over(&line, origin, x),
                          .hangs = pos == line.length && row + 1 < field->rows.n};
}

/* Selects from what was first pressed to what the pointer is over. */
static void drag_to(struct edit *edit, struct place place)
{
    struct heed_textfield *field = edit->field;
    size_t first =
        place.pos; /* of all of it, that was selected by the press, nothing can be added */
    size_t last = place.pos;
    if (field->drag_unit == 2) {
        heed_word_around(heed_textfield_text(field), field->text.size, place.over, &first, &last);
    }
    if (last >= field->drag_last || first >= field->drag_first) {
        field->anchor = field->drag_first;
        field->caret = heed_most(last, field->drag_last);
    } else {
        field->anchor = field->drag_last;
        field->caret = heed_least(first, field->drag_first);
    }
    field->hangs = place.hangs && field->caret == place.pos;
    field->aims = false;
    field->follow = true;
    edit->change.selected = has_selection(field);
}

static void press(struct edit *edit)
{
    struct heed_textfield *field = edit->field;
    const struct place place = pointed_at(edit);
    edit->change.word_ended = true;
    field->dragging = true;
    field->drag_unit = edit->event->clicks >= 3 ? 3 : edit->event->clicks;
    if ((edit->event->mods & HEED_MOD_SHIFT) != 0) {
        field->drag_unit = 1;
        field->drag_first = field->drag_last = field->anchor;
        drag_to(edit, place);
        return;
    }
    field->drag_first = field->drag_last = place.pos;
    if (field->drag_unit == 2) {
        heed_word_around(heed_textfield_text(field), field->text.size, place.over,
                         &field->drag_first, &field->drag_last);
    } else if (field->drag_unit == 3) {
        field->drag_first = 0;
        field->drag_last = field->text.size;
    }
    drag_to(edit, place);
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
    if (edit->event->button == 3) { /* what is selected there is meant by its menu */
        const size_t pos = pointed_at(edit).pos;
        if (pos < heed_least(field->caret, field->anchor) ||
            pos > heed_most(field->caret, field->anchor) || !has_selection(field)) {
            move_to(edit, pos, false);
        }
        return true;
    }
    if (edit->event->button == 2) {
        move_to(edit, pointed_at(edit).pos, false);
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
    struct edit edit = {.field = field,
                        .event = event,
                        .inner = inner,
                        .style = style,
                        .metrics = metrics,
                        .max_bytes = max_bytes};
    heed_textfield_wrap(field, &field->text, inner.w, style, metrics);
    edit.row = heed_textfield_find_row(field, field->caret, field->hangs);
    edit.change.handled = dispatch(&edit);
    return edit.change;
}
