/* What lies over the window for a moment: a menu, the help sheet, the command list,
 * the question for a path. One at a time. Its looks and keys are in ui/popover. */
#ifndef HEED_UI_WINDOW_POPOVER_H
#define HEED_UI_WINDOW_POPOVER_H

#include "scene/field/textfield.h"
#include "state/commands.h"

enum heed_popover_kind {
    HEED_POPOVER_NONE,
    HEED_POPOVER_MENU, /* of the commands in rows */
    HEED_POPOVER_HELP,
    HEED_POPOVER_ABOUT,
    HEED_POPOVER_GLOSSARY, /* what the words mean: the help's other page */
    HEED_POPOVER_FIND,
    HEED_POPOVER_EXAMPLES, /* as FIND, of the examples */
    HEED_POPOVER_SEARCH,   /* for a token of the text */
    HEED_POPOVER_PATH,
    HEED_POPOVER_MODELS,
    HEED_POPOVER_SETTINGS
};

enum { HEED_POPOVER_ROWS = 256, HEED_POPOVER_LABELS = 256 };

struct heed_popover_row {
    enum heed_command command;
    int32_t argument;
    const char *label; /* lives as long as the popover */
    const char *key;   /* shown for its command's; NULL: that */
    bool chosen, title, disabled;
    bool quiet; /* its key does something else: not shown */
};

struct heed_popover {
    enum heed_popover_kind kind;
    enum heed_command command; /* what opened it: OPEN, SAVE, EXPORT, ... */
    struct heed_rect anchor;   /* MENU: below it; w == 0: centred */
    struct heed_rect rect;     /* as it was drawn */
    struct heed_rect inner;    /* of its text field */
    struct heed_popover_row rows[HEED_POPOVER_ROWS];
    char labels[HEED_POPOVER_LABELS][256]; /* of rows that need their own */
    int n_labels;
    int n_rows, selected;
    float scroll, content;       /* px */
    float view_height;           /* px of content that are seen */
    bool follow;                 /* MODELS: the row in hand is to be seen */
    struct heed_textfield field; /* FIND, PATH */
    int old_field;               /* what had the focus before it opened */
    struct heed_target old_target;
    bool old_by_keyboard;
    char error[256]; /* PATH: why the path can't be used */
    bool second;     /* PATH: what is opened is Compare's second file */
    bool pending;    /* PATH: was accepted; comes back with an error */
    bool listed;     /* PATH: the rows are of what is typed; else app/ is to list it */
    char rest[256];  /* PATH: what Tab adds */
    char last_search[128];
    char last_lesson[1024], last_save[1024]; /* offered again */
};

/* Every popover target carries this flag, so that a row isn't taken for the
 * control below it that does the same. */
enum { HEED_TARGET_FLAG_POPOVER = 0x100 };

#endif
