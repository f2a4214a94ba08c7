/*
 * A text field as on any desktop: caret, selection, words, graphemes, undo
 * left to the ui's history, composition; rows of its text, or one that scrolls
 * sideways. Holds a copy of its text; knows nothing of the state. One thread.
 */
#ifndef HEED_SCENE_FIELD_TEXTFIELD_H
#define HEED_SCENE_FIELD_TEXTFIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "draw/metrics.h"
#include "draw/theme.h"
#include "state/event.h"

/* Where the rows of a text begin, as it was wrapped last: into what width, of what. */
struct heed_textfield_rows {
    size_t *starts;
    int n, room; /* n == 0: the text is one row, that scrolls sideways */
    uint64_t hash;
    size_t size;
    float width, type;
};

struct heed_textfield {
    struct heed_buffer text;    /* valid UTF-8 */
    size_t caret, anchor;       /* byte offsets on grapheme boundaries; the
                                   selection lies between them */
    struct heed_buffer compose; /* the input method's unfinished text */
    size_t compose_caret;       /* byte offset in it */
    /* The view's left edge lies scroll px right of the byte `origin`: a huge
     * text is measured only where it is seen. */
    size_t origin;
    float scroll;
    bool follow; /* the next draw brings the caret into view */
    bool dragging;
    int drag_unit;                /* a drag selects by 1: graphemes, 2: words, 3: all */
    size_t drag_first, drag_last; /* what a drag extends from */
    struct heed_buffer shown;     /* the text with the composition in it */
    bool wraps;                   /* its text may run in rows, unless it is huge */
    struct heed_textfield_rows rows;
    int top;    /* the first row that is seen */
    bool hangs; /* the caret, at a row's start, is seen behind the row before */
    bool aims;  /* Up and Down keep to aim_x, px from the left */
    float aim_x;
};

/* What an event did. */
struct heed_textfield_change {
    bool handled;
    bool text_changed;
    bool word_ended;                      /* a history step ends here (space, paste, cut, move) */
    bool apart;                           /* the change is a history step of its own */
    bool refused;                         /* it would have been longer than max_bytes */
    bool no_memory;                       /* for what was to be put in or taken out */
    bool copy, cut, paste, paste_primary; /* for the ui to carry out */
    bool selected;                        /* the selection changed: primary selection follows */
    bool enter;                           /* Enter was pressed */
};

void heed_textfield_finish(struct heed_textfield *field);
/* Replaces the text; the caret goes to its end, or stays as near as it was. */
HEED_NODISCARD bool heed_textfield_set(struct heed_textfield *field, const char *text,
                                       size_t length, bool keep_caret);
/* inner: the text's rectangle inside the field's padding. */
struct heed_textfield_change
heed_textfield_handle(struct heed_textfield *field, const struct heed_event *event,
                      struct heed_rect inner, struct heed_text_style style,
                      const struct heed_metrics *metrics, size_t max_bytes);
/* Inserts (line ends become spaces, controls are dropped, invalid bytes become
 * U+FFFD), replacing the selection. False if it would be longer than max_bytes, or
 * without memory: nothing changes. */
HEED_NODISCARD bool heed_textfield_insert(struct heed_textfield *field, const char *text,
                                          size_t length, size_t max_bytes);
/* Selects all; the caret goes to the end. */
void heed_textfield_select_all(struct heed_textfield *field);
/* The selected text; *length 0 if none. Borrowed. */
const char *heed_textfield_selection(const struct heed_textfield *field, size_t *length);
/* The wheel over it: px to the right, or a row down. */
void heed_textfield_scroll(struct heed_textfield *field, float px);
/* How many rows its text would take in a place of this width. */
int heed_textfield_count_rows(struct heed_textfield *field, float width,
                              struct heed_text_style style, const struct heed_metrics *metrics);

/* Bytes [from, to) on a ground of their own. */
struct heed_textfield_mark {
    size_t from, to;
};

/* What the field shows besides its text. */
struct heed_textfield_look {
    struct heed_rect rect;  /* the whole field: border and ground */
    struct heed_rect inner; /* where the text runs, clipped */
    struct heed_text_style style;
    const struct heed_theme *theme;
    float scale;
    bool focused, caret_on;
    const char *hint;                        /* shown while it is empty */
    size_t kept;                             /* bytes that the model reads; beyond: faint, struck */
    const struct heed_textfield_mark *marks; /* in order, apart */
    int n_marks;
    size_t underline_from, underline_to; /* bytes of the pinned query's word;
                                            equal: none */
};

#endif
