/*
 * A state's picture as a file: SVG, PDF or PNG by the ending of its name, or its
 * links and cells as CSV or JSON. The
 * one way there, for the command line and the window. The same arguments give
 * the same bytes. Knows no window; one thread at a time (pango's fonts).
 */
#ifndef HEED_EXPORT_EXPORT_H
#define HEED_EXPORT_EXPORT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "core/engine/engine.h"
#include "core/model/model.h"
#include "core/text/tokenizer.h"
#include "draw/display_list.h"
#include "scene/frame/tasks.h"
#include "scene/parts/caption.h"
#include "state/export_choice.h"
#include "state/state.h"

#define HEED_EXPORT_PT 8.0f /* type, when no size of it is asked for */

/* What an export came to. */
struct heed_export_page {
    float width_mm, height_mm;
    float pt;     /* of its type: less than was asked for if `fit` let it */
    bool is_data; /* numbers or words: it has no size on paper */
    char caption[HEED_CAPTION_BYTES];
};

/* Zero means the default. A side is given in mm or in px, not in both. */
struct heed_export_options {
    enum heed_export_format format;
    float width_mm, height_mm;         /* the first of 85, 110, 140, 175 wide that holds it
                                          all; as high as the view needs */
    float width_px, height_px;         /* 1/96 inch; in a PNG its own pixels */
    float font_size_pt;                /* 8 */
    int link_limit;                    /* the strongest of Links and Arcs; 0: all. Those of
                                          a pinned word are drawn beside */
    bool fit;                          /* type may shrink, down to 6 pt, to hold it all */
    float dpi;                         /* of a PNG: 300 */
    const char *font;                  /* a family; NULL: Inter */
    const char *title;                 /* the file's; NULL: of what the picture is */
    bool transparent;                  /* no ground */
    bool keep_theme;                   /* the state's theme instead of paper */
    int columns;                       /* of several heads' panels: so many a line; 0: as fit */
    bool unread;                       /* heads of a large file that weren't read yet stand
                                          empty: to see whether there is room */
    bool figure;                       /* of Links with a query: its two-sided figure */
    const struct heed_result *compare; /* of a figure: a second text, borrowed;
                                          NULL: none */
    struct heed_pin compare_query, compare_key; /* its pins */
    const struct heed_tasks *tasks;             /* of a panel: what it shows, borrowed */
    const struct heed_tokenizer *tokenizer;     /* for Stack's predictions; NULL:
                                                   they are told by their ids */
    struct heed_export_page *page;              /* filled by a success; NULL: nobody asks */
};

/* The format that a path's ending names (any case); of "-", a device or a pipe
 * SVG. Errors: it names none. */
HEED_NODISCARD bool heed_export_find_format(const char *path, enum heed_export_format *format,
                                            struct heed_error *err);

/* What is drawn: a state's view of a result (its `ok` must be true). The model gives the
 * caption; NULL leaves its name out. Borrowed. */
struct heed_export_source {
    const struct heed_state *state;
    const struct heed_result *result;
    const struct heed_model *model;
};

/* The bytes that heed_export_write would write, for options whose format isn't BY_NAME.
 * *out is empty before, and stays so on failure. */
HEED_NODISCARD bool heed_export_make(const struct heed_export_source *source,
                                     const struct heed_export_options *options,
                                     struct heed_buffer *out, struct heed_error *err);

/* What an export would be. */
struct heed_export_preview {
    struct heed_list list;        /* px of 1/96 inch; if it doesn't fit, on the least page that
                                     holds it all. The ids of its heatmaps are the result's */
    struct heed_export_page page; /* of that list */
    bool fits;                    /* the size that was asked for holds it all */
    float fit_pt;                 /* if not: the largest type, 6 pt at least, with which it
                                     would; 0: none */
    char problem[512];            /* if not: what heed_export_write says */
};

/* Lays it out and writes nothing; options->fit counts as false. *preview is zeroed or a
 * former one, and to be finished by heed_list_finish of its list. False if there is no
 * picture in any size: then it is empty. */
HEED_NODISCARD bool heed_export_preview(const struct heed_export_source *source,
                                        const struct heed_export_options *options,
                                        struct heed_export_preview *preview,
                                        struct heed_error *err);

/* Draws the state's view of result (its `ok` must be true) and writes it to
 * path ("-": standard output). model gives the caption; NULL leaves its name
 * out. Errors: an unknown ending, sizes out of range, no font, the file, and a size
 * that has no room for all that the picture shows: the message names the least that
 * has. */
HEED_NODISCARD bool heed_export_write(const struct heed_state *state,
                                      const struct heed_result *result,
                                      const struct heed_model *model,
                                      const struct heed_export_options *options, const char *path,
                                      struct heed_error *err);

#endif
