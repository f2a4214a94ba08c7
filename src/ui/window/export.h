/* The export panel's own state: what is chosen for each view, and what the app found out
 * of it. Its looks and keys are in ui/sheet. Inside ui and app; one thread. */
#ifndef HEED_UI_WINDOW_EXPORT_H
#define HEED_UI_WINDOW_EXPORT_H

#include "scene/field/textfield.h"
#include "state/export_choice.h"

/* Its text fields, from HEED_UI_FIELD_FOLDER on. */
enum heed_export_field {
    HEED_EXPORT_FIELD_FOLDER,
    HEED_EXPORT_FIELD_NAME,
    HEED_EXPORT_FIELD_MM,
    HEED_N_EXPORT_FIELDS
};

enum heed_export_zoom { HEED_EXPORT_ONE, HEED_EXPORT_TWO, HEED_EXPORT_WHOLE };

/* What HEED_COMMAND_EXPORT_SET sets: its argument is heed_export_control(this, value). */
enum heed_export_control {
    HEED_EXPORT_SET_VIEW, /* 0: opens the menu */
    HEED_EXPORT_SET_FIGURE,
    HEED_EXPORT_SET_WIDTH,
    HEED_EXPORT_SET_TYPE, /* 0: smaller, 1: larger */
    HEED_EXPORT_SET_FONT, /* 0: opens the menu; 1: Inter; i + 2: of the families */
    HEED_EXPORT_SET_THEME,
    HEED_EXPORT_SET_GROUND,
    HEED_EXPORT_SET_FORMAT,
    HEED_EXPORT_SET_DPI,
    HEED_EXPORT_SET_ZOOM,
    HEED_EXPORT_SET_GREY,
    HEED_EXPORT_SET_FIT,   /* the largest type that fits */
    HEED_EXPORT_SET_LEAST, /* the least width that does */
    HEED_N_EXPORT_CONTROLS
};

static inline int32_t heed_export_control(enum heed_export_control control, int value)
{
    return (int32_t)control * 65536 + value;
}

/* What app/ is to do. */
enum heed_export_act {
    HEED_EXPORT_ACT_NONE,
    HEED_EXPORT_ACT_SAVE,
    HEED_EXPORT_ACT_COPY_PICTURE, /* in the order of HEED_COMMAND_EXPORT_COPY's argument */
    HEED_EXPORT_ACT_COPY_LINE,
    HEED_EXPORT_ACT_COPY_DATA,
    HEED_EXPORT_ACT_COPY_CAPTION,
    HEED_EXPORT_ACT_COPY_WORDS,
    HEED_EXPORT_ACT_OPEN_FOLDER
};

enum { HEED_EXPORT_PATH = 1024 };

/* The picture as it would be exported, which app/ lays out. Borrowed. */
struct heed_export_shown {
    const struct heed_list *list; /* px of 1/96 inch; NULL: there is none, problem says why */
    float width_mm, height_mm, pt;
    bool fits;
    float fit_pt;        /* if not: the largest type that would; 0: none */
    const char *problem; /* one line; NULL: none */
    const char *caption;
};

struct heed_ui_export {
    bool open;
    struct heed_export_choice choices[HEED_N_EXPORT_CHOICES];
    struct heed_textfield fields[HEED_N_EXPORT_FIELDS];
    struct heed_rect inner[HEED_N_EXPORT_FIELDS]; /* as they were drawn */
    bool named;                                   /* the name was typed: it follows no view */
    enum heed_export_zoom zoom;
    bool grey;
    struct heed_rect rect, body; /* as they were drawn; body: what scrolls */
    float scroll, content;
    float page_x; /* px that the page is moved by, where it is wider than its place */
    struct heed_export_shown shown;
    const char *const *families; /* of type; borrowed */
    int n_families;
    bool is_there;                  /* a file of this name exists */
    char rest[256];                 /* what completes the folder */
    char problem[HEED_EXPORT_PATH]; /* why the last export failed */
    bool saved;                     /* the last one worked */
    bool replaces;                  /* the export in hand may replace a file */
    bool browses;                   /* the desktop's chooser is asked for the folder */
};

#endif
