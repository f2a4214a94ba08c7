/* What the window must do after an event. */
#ifndef HEED_UI_WINDOW_EFFECTS_H
#define HEED_UI_WINDOW_EFFECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "state/state.h"

/* What app/ must do after an event. Strings are borrowed from the ui until
 * the next call. */
struct heed_effects {
    bool quit;
    bool redraw;               /* the next build gives another picture */
    bool encode;               /* text or filter changed: submit heed_ui_get_job */
    bool want_clipboard;       /* answer with HEED_EVENT_PASTE */
    bool want_primary;         /* likewise, from the primary selection */
    const char *set_clipboard; /* NULL: leave it */
    const char *set_primary;
    const char *open_path;   /* session or text file to open */
    const char *save_path;   /* write the session there */
    const char *export_path; /* draw the view there, by its ending */
    enum heed_panel start;   /* make and start its task (heed_ui_get_ablation
                                for that one); NONE: start none */
    uint64_t start_id;       /* the task's id */
    uint64_t cancel_task;    /* the engine's task to cancel; 0: none */
    bool raise_input;        /* the text input rectangle changed */
    struct heed_rect input;  /* where an input method shows its window */
    bool text_input;         /* a text field has the focus */
    enum heed_cursor { HEED_CURSOR_ARROW, HEED_CURSOR_TEXT, HEED_CURSOR_HAND } cursor;
    double wake_in; /* seconds to the next build that differs without an
                       event (caret, motion); negative: never */
};

#endif
