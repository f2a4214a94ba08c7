/*
 * How a person wants a view's picture as a file: what the export panel sets, for each
 * view by itself, and the settings keep. It is no part of the state: undo leaves it.
 * Any thread.
 */
#ifndef HEED_STATE_EXPORT_CHOICE_H
#define HEED_STATE_EXPORT_CHOICE_H

#include <stdbool.h>

#include "state/state.h"

enum heed_export_format {
    HEED_EXPORT_BY_NAME, /* by a path's ending: see export/export.h */
    HEED_EXPORT_SVG,
    HEED_EXPORT_PDF,
    HEED_EXPORT_PNG,
    HEED_EXPORT_CSV, /* the links and cells that the picture shows */
    HEED_EXPORT_JSON,
    HEED_EXPORT_TEXT, /* the picture in words */
    HEED_N_EXPORT_FORMATS
};

/* The word in settings, millimetres, what it is for. */
#define HEED_EACH_EXPORT_WIDTH(WIDTH)                                                              \
    WIDTH(AUTO, "auto", 0, "as needed")                                                            \
    WIDTH(COLUMN, "column", 85, "column")                                                          \
    WIDTH(MIDDLE, "middle", 110, "middle")                                                         \
    WIDTH(TWO_COLUMNS, "two-columns", 175, "wide")                                                 \
    WIDTH(ACL, "acl", 77, "ACL")                                                                   \
    WIDTH(NEURIPS, "neurips", 140, "NeurIPS")                                                      \
    WIDTH(A4, "a4", 160, "A4 text")                                                                \
    WIDTH(SLIDE, "slide", 254, "slide")
#define HEED_EXPORT_WIDTH_VALUE(upper, word, mm, name) HEED_EXPORT_WIDTH_##upper,

enum heed_export_width {
    HEED_EACH_EXPORT_WIDTH(HEED_EXPORT_WIDTH_VALUE) HEED_EXPORT_WIDTH_OTHER, /* other_mm */
    HEED_N_EXPORT_WIDTHS
};

enum { HEED_EXPORT_FAMILY = 64 };

struct heed_export_choice {
    enum heed_export_format format; /* never BY_NAME */
    enum heed_export_width width;
    float other_mm;
    float pt;                      /* 6 .. 24 */
    enum heed_theme_id theme;      /* PAPER at first */
    char font[HEED_EXPORT_FAMILY]; /* ""; Inter */
    bool figure;                   /* the two-sided figure, where there is one */
    bool transparent;
    int dpi; /* of a PNG */
};

/* One a view, then one a panel. */
enum { HEED_N_EXPORT_CHOICES = HEED_N_VIEWS + HEED_N_PANELS - 1 };

struct heed_export_choice heed_export_choice_default(void);
/* Of the open view or panel: 0 .. HEED_N_EXPORT_CHOICES - 1. */
int heed_export_choice_index(const struct heed_state *state);
/* Its word: "links", "probe". */
const char *heed_export_choice_word(int index);
/* 0: the first of 85, 110, 140 and 175 that holds it all. */
float heed_export_choice_mm(const struct heed_export_choice *choice);
/* "85 mm"'s name ("column"), "" of another. */
const char *heed_export_width_name(enum heed_export_width width);
float heed_export_width_mm(enum heed_export_width width); /* 0 of AUTO and OTHER */
/* "svg"; without the dot. */
const char *heed_export_format_ending(enum heed_export_format format);
/* CSV, JSON or text: no size is asked of it. */
bool heed_export_format_is_data(enum heed_export_format format);
/* The ending of a path, in any case, the dot left out; BY_NAME: it has none of these. */
enum heed_export_format heed_export_format_of(const char *path);
/* The state is shown as a figure by `choice`: it has one. */
bool heed_export_is_figure(const struct heed_state *state, const struct heed_export_choice *choice);
bool heed_export_choice_equal(const struct heed_export_choice *a,
                              const struct heed_export_choice *b);

#endif
