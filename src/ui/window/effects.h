/* What the window must do after an event. */
#ifndef HEED_UI_WINDOW_EFFECTS_H
#define HEED_UI_WINDOW_EFFECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/engine/task.h"
#include "draw/display_list.h"
#include "ui/window/export.h"

/* What app/ must do after an event. Strings are borrowed from the ui until the next call. */
struct heed_effects {
    bool quit;
    bool redraw;               /* the next build gives another picture */
    bool encode;               /* text or filter changed: submit heed_ui_get_job */
    bool want_clipboard;       /* answer with HEED_EVENT_PASTE */
    bool want_primary;         /* likewise, from the primary selection */
    const char *set_clipboard; /* NULL: leave it */
    const char *set_primary;
    bool report;             /* copy what a report of a problem needs */
    const char *open_path;   /* session or text file to open */
    const char *second_path; /* attention file to compare the present one with */
    int open_anyway;         /* the path that was asked about: as HEED_COMMAND_OPEN_ANYWAY's */
    const char *save_path;   /* write the session there */
    bool browse;             /* for the path that is asked for: the desktop's chooser */
    bool replaces;           /* save_path was chosen there, where it was asked about */
    const char *lesson_path; /* add the state there, as a lesson's step */
    enum heed_export_act export_act; /* of the export panel */
    const char *load_model;          /* the folder of a model to open beside the present one */
    bool cancel_load;
    bool look_for_models; /* find out what is there: heed_ui_set_catalogs ... */
    const char *look_in;  /* ... and in the folder whose path begins so */
    bool start;           /* make and start a task (of heed_ui_get_ablation,
                             heed_ui_get_probe) ... */
    enum heed_task_kind start_kind;
    uint64_t start_id;      /* ... with this id */
    uint64_t cancel_task;   /* the engine's task to cancel; 0: none */
    bool raise_input;       /* the text input rectangle changed */
    struct heed_rect input; /* where an input method shows its window */
    bool fullscreen;        /* the window is to fill the screen */
    bool teacher;           /* the teacher's window opens, or closes */
    bool begins_projector;  /* F5 began it: where there is a second screen that opens, too */
    bool text_input;        /* a text field has the focus */
    enum heed_cursor { HEED_CURSOR_ARROW, HEED_CURSOR_TEXT, HEED_CURSOR_HAND } cursor;
    double fade;    /* of a build: seconds until the picture is there, from what is shown; 0:
                       at once; below 0: it is the one before, but for caret and messages */
    double wake_in; /* seconds to the next build that differs without an
                       event (caret, motion); negative: never */
};

#endif
