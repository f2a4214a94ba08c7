/*
 * The frame around the picture: text row, tabs, rail with head map and
 * filters, inspector, status bar. Draws from what the ui hands it, decides
 * looks only; what a click does is the ui's, by the items' targets.
 */
#ifndef HEED_SCENE_CHROME_CHROME_H
#define HEED_SCENE_CHROME_CHROME_H

#include <stdbool.h>

#include "scene/chrome/layout.h"
#include "scene/chrome/lesson.h"
#include "scene/field/textfield.h"
#include "scene/frame/frame.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"

enum { HEED_MOST_TOP_K = 20 };

enum { HEED_NOTE_PARTS = 3 };

/* Words below the tabs, which take room of the picture and hide nothing of it:
 * what to look at in an example (one part), or the first start's hint (several,
 * side by side and numbered where there is room). Borrowed. */
struct heed_note {
    const char *title;
    const char *parts[HEED_NOTE_PARTS];
    int n_parts;
};

enum { HEED_N_TRIES = 3 };

/* The first start's card. */
struct heed_tries {
    bool shown;
    unsigned done;      /* a bit each */
    const char *lesson; /* the title of the one to begin with */
    int steps, minutes;
};

/* What the ui hands to it, and what it tells back. */
struct heed_chrome {
    struct heed_frame frame; /* list, state, result, theme, metrics, hover */
    struct heed_skin skin;
    struct heed_layout layout;
    struct heed_textfield *field, *pair_field;
    bool field_focused, pair_focused, caret_on;
    bool can_undo, can_redo;
    bool inspector_open, rail_open, filters_open, examples_open;
    float rail_scroll, inspector_scroll;   /* px */
    float rail_content, inspector_content; /* out: heights, px */
    float caption_need;                    /* out: likewise, projected; 0: its least */
    struct heed_rect caret;                /* out: for input methods */
    const char *message;                   /* NULL or one line */
    bool message_is_error;
    struct heed_note note; /* n_parts 0: none */
    struct heed_tries tries;
    const char *look; /* projected: what the example shows; NULL: none does */
    struct heed_lesson_look lesson;
    const char *loading;    /* what is being opened, and how far it is; NULL: nothing */
    const char *model_name; /* NULL until it is open */
    bool no_model;          /* it couldn't be opened */
    bool pair_large;        /* projected: the pinned pair in place of the picture */
    bool busy;              /* a result is on its way since 0.3 s or more */
};

/* The whole window but popovers and tooltips. */
void heed_chrome_draw(struct heed_chrome *chrome);

#endif
