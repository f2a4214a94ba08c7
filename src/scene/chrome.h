/*
 * The frame around the picture: text row, tabs, rail with head map and
 * filters, inspector, status bar. Draws from what the ui hands it, decides
 * looks only; what a click does is the ui's, by the items' targets.
 */
#ifndef HEED_SCENE_CHROME_H
#define HEED_SCENE_CHROME_H

#include <stdbool.h>

#include "core/model/model.h"
#include "core/text/tokenizer.h"
#include "scene/layout.h"
#include "scene/textfield.h"
#include "scene/view.h"
#include "scene/widgets.h"

enum heed_slider {
    HEED_SLIDER_THRESHOLD, /* 0 .. 0.2, quadratic so that small values have
                              room: threshold = 0.2 t^2 */
    HEED_SLIDER_TOP_P,     /* 0.05 .. 1, linear */
    HEED_SLIDER_TOP_K      /* 1 .. 20 of each row; at the right end 0: all */
};

enum { HEED_MOST_TOP_K = 20 };

enum heed_scroll { HEED_SCROLL_CANVAS, HEED_SCROLL_RAIL, HEED_SCROLL_INSPECTOR };

enum { HEED_NOTE_PARTS = 3 };

/* Words below the tabs, which take room of the picture and hide nothing of it:
 * what to look at in an example (one part), or the first start's hint (several,
 * side by side and numbered where there is room). Borrowed. */
struct heed_note {
    const char *title;
    const char *parts[HEED_NOTE_PARTS];
    int n_parts;
};

/* Two-argument commands in targets: a command's argument is target.b. */
struct heed_chrome {
    struct heed_frame frame; /* list, state, result, theme, metrics, hover */
    struct heed_skin skin;
    struct heed_layout layout;
    struct heed_textfield *field, *pair_field;
    bool field_focused, pair_focused, caret_on;
    bool can_undo, can_redo;
    bool inspector_open, rail_open, filters_open;
    float rail_scroll, inspector_scroll;   /* px */
    float rail_content, inspector_content; /* out: heights, px */
    struct heed_rect caret;                /* out: for input methods */
    const char *message;                   /* NULL or one line */
    bool message_is_error;
    struct heed_note note;  /* n_parts 0: none */
    const char *model_name; /* NULL until it is open */
    bool busy;              /* a result is on its way since 0.3 s or more */
};

/* The whole window but popovers and tooltips. */
void heed_chrome_draw(struct heed_chrome *chrome);

/* What a note takes in a window of this width, px. */
float heed_note_height(const struct heed_skin *skin, float width, const struct heed_note *note);

/* The range of text that a field's first n_kept code points span etc. are the
 * caller's; these two give what chrome and ui share: */
struct heed_rect heed_chrome_field_inner(const struct heed_layout *layout, bool pair);
struct heed_text_style heed_chrome_field_style(const struct heed_layout *layout);
float heed_slider_to_value(enum heed_slider slider, float position);
float heed_slider_to_position(enum heed_slider slider, float value);

/* The head map's number for one head under the state's color_by, its range
 * [0, *high] for the palette, shared with the shown-heads list. */
float heed_head_map_value(const struct heed_frame *frame, struct heed_head_id id, float *high);

#endif
