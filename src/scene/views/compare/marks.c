#include "scene/views/compare/marks.h"

#include "base/utf8.h"
#include "scene/frame/shown.h"

/* A text and the one that is in the field by now: equal at both ends. */
struct edited {
    size_t prefix, suffix; /* bytes */
    size_t old_size, new_size;
};

static struct edited find_edit(const char *old_text, size_t old_size, const char *new_text,
                               size_t new_size)
{
    const size_t least = old_size < new_size ? old_size : new_size;
    struct edited edit = {.old_size = old_size, .new_size = new_size};
    while (edit.prefix < least && old_text[edit.prefix] == new_text[edit.prefix]) {
        edit.prefix++;
    }
    while (edit.suffix < least - edit.prefix &&
           old_text[old_size - 1 - edit.suffix] == new_text[new_size - 1 - edit.suffix]) {
        edit.suffix++;
    }
    return edit;
}

/* Where bytes of the old text are now; false: they were edited. */
static bool move_mark(const struct edited *edit, struct heed_textfield_mark *mark)
{
    if (mark->to <= edit->prefix) {
        return true;
    }
    if (mark->from < edit->old_size - edit->suffix) {
        return false;
    }
    mark->from += edit->new_size - edit->old_size;
    mark->to += edit->new_size - edit->old_size;
    return true;
}

/* A place of a text that the other hasn't so: its tokens; of two vocabularies whole words. */
static bool find_changed(const struct heed_comparison *comparison, int place, bool b, int *first,
                         int *last)
{
    const struct heed_word_alignment *words = &comparison->words;
    const bool whole = words->words.n > 0;
    const struct heed_aligned *at =
        whole ? &words->words.places[place] : &comparison->tokens.places[place];
    const int32_t *starts = b ? words->starts_b : words->starts_a;
    const int it = b ? at->b : at->a;
    if (at->same || it < 0) {
        return false;
    }
    *first = whole ? starts[it] : it;
    *last = whole ? starts[it + 1] - 1 : it;
    return true;
}

/* Code points of a text whose bytes are asked for in growing order. */
struct cursor {
    const char *text;
    size_t size, byte, point;
};

static size_t byte_at(struct cursor *cursor, size_t point)
{
    if (point < cursor->point) {
        cursor->byte = cursor->point = 0;
    }
    cursor->byte += heed_utf8_offset(cursor->text + cursor->byte, cursor->size - cursor->byte,
                                     point - cursor->point);
    cursor->point = point;
    return cursor->byte;
}

void heed_compare_mark_field(const struct heed_frame *frame, bool b,
                             const struct heed_textfield *field, struct heed_textfield_look *look)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    if (comparison == NULL || field->text.data == NULL) {
        return;
    }
    const struct heed_encoding *encoding =
        b ? comparison->result->encoding : frame->result->encoding;
    const int most =
        comparison->words.words.n > 0 ? comparison->words.words.n : comparison->tokens.n;
    struct heed_textfield_mark *marks =
        heed_arena_alloc(&frame->list->arena, (size_t)(most + 1) * sizeof(*marks));
    if (marks == NULL) {
        frame->list->failed = true;
        return;
    }
    const struct edited edit =
        find_edit(encoding->text, encoding->text_length, field->text.data, field->text.size);
    struct cursor cursor = {encoding->text, encoding->text_length, 0, 0};
    int n = 0;
    for (int i = 0; i < most; i++) {
        int first = 0, last = 0;
        if (!find_changed(comparison, i, b, &first, &last)) {
            continue;
        }
        const struct heed_token *token = &encoding->tokens[first];
        if (token->is_template || token->segment != 0) {
            continue;
        }
        struct heed_textfield_mark mark = {0};
        mark.from = byte_at(&cursor, (size_t)token->start);
        mark.to = byte_at(&cursor, (size_t)encoding->tokens[last].end);
        if (!move_mark(&edit, &mark)) {
            continue;
        }
        if (n > 0 && mark.from <= marks[n - 1].to) { /* pieces of a word */
            marks[n - 1].to = mark.to;
        } else {
            marks[n++] = mark;
        }
    }
    look->marks = marks;
    look->n_marks = n;
}
