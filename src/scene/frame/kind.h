/*
 * What a view is, in one row: the table in scene/views has one for each value
 * of enum heed_view, and a frame points to its own. Everything that isn't a
 * view asks the row, never which view it is. Pure functions, on the thread
 * that builds the list; NULL and zero stand for what most views do.
 */
#ifndef HEED_SCENE_FRAME_KIND_H
#define HEED_SCENE_FRAME_KIND_H

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

struct heed_buffer;
struct heed_clauses;
struct heed_column;

/* Room in the tab row for what a view offers itself. */
struct heed_options_place {
    const struct heed_frame *frame;
    const struct heed_skin *skin;
    struct heed_rect row;
    float left, right; /* px: of the row, what is free */
    bool is_drawer;    /* the inspector is one, and needs its button */
};

enum { HEED_TIP_LINES = 4, HEED_TIP_BYTES = 200 };

/* What a tip is about: a target and, of a heatmap or strip, one of its cells. */
struct heed_tip_subject {
    struct heed_target target;
    int row, column; /* -1: none */
};

/* What a view keeps between frames is made of. */
struct heed_view_source {
    const struct heed_state *state;
    const struct heed_result *result; /* may be NULL */
    const struct heed_model *model;   /* may be NULL */
    const struct heed_tokenizer *tokenizer;
};

/* What fill_changes' numbers are called: "Change of margin", "animal - street"; in short. */
struct heed_change_name {
    const char *measure, *note;
    char what[192];
};

/* Which label is scrolled to when something is pinned. */
enum heed_reveal {
    HEED_REVEAL_HAND,  /* the query's, or the key's if one goes along its queries */
    HEED_REVEAL_QUERY, /* rows are queries, columns keys */
    HEED_REVEAL_KEY,   /* rows are keys */
    HEED_REVEAL_NONE
};

struct heed_view_kind {
    /* Into rect, with its legend; fills the frame's content size. */
    void (*draw)(struct heed_frame *frame, struct heed_rect rect);
    /* px that an export of this width needs. */
    float (*height)(struct heed_frame *frame, float width);
    /* What an export's panels of several heads have in common, once below them; returns
     * the px that it takes. With draw false only measures. NULL: nothing. */
    float (*share)(struct heed_frame *frame, struct heed_rect rect, bool draw);
    float export_type; /* logical px that an export's type size stands for */

    /* The inspector's content; false: pins, as everywhere. NULL: likewise. */
    bool (*inspect)(struct heed_column *column);
    void (*inspect_below)(struct heed_column *column); /* after either */
    const char *how_to_pin;                            /* NULL: by words */
    /* What the tab row offers beside measure and words, or in their place; returns
     * the left end of what it drew. */
    float (*options)(const struct heed_options_place *place);
    bool owns_options; /* measure and words mean nothing here */
    float options_px;  /* logical px that all of it needs beside the tabs, else one menu */

    /* For who doesn't see it: what the picture shows and how it is read. */
    const char *what;

    /* Its provisos, after those of the run. */
    void (*say)(struct heed_clauses *clauses);
    /* Projected: what is to be read first, and one sentence more. Both stay empty: as
     * of the shown heads, everywhere. */
    void (*headline)(const struct heed_frame *frame, char *title, size_t title_size, char *line,
                     size_t line_size);
    /* A tip; returns how many lines, 0: as everywhere. */
    int (*describe)(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                    char lines[HEED_TIP_LINES][HEED_TIP_BYTES]);

    /* The arithmetic of what is in hand, to be copied: as text or as LaTeX. */
    void (*put_sums)(struct heed_buffer *out, const struct heed_frame *frame, bool latex);

    /* Numbers of the heads in place of a link's weights: [layers * heads], by
     * place; true: they are signed. is_signed tells that alone. */
    bool (*fill_changes)(const struct heed_frame *frame, float *changes);
    bool (*changes_are_signed)(const struct heed_frame *frame);
    void (*name_changes)(const struct heed_frame *frame, struct heed_change_name *name);

    /* Makes *cache what frame->cache is to be; it may stay as it is. */
    void (*follow)(void **cache, const struct heed_view_source *source);
    void (*forget)(void *cache); /* NULL is harmless */

    enum heed_reveal reveal;
    bool words_are_both; /* a word is query or key, as a click would make it */
    /* Where of all rows (0..1) a unit stands, when they aren't in order. */
    float (*row_share)(const struct heed_frame *frame, int unit);
    /* The token that is the query though none is pinned; -1: none. */
    int (*own_query)(const struct heed_maps *maps, struct heed_pin query);

    /* A set of enum heed_absence: what of a result it can't be without. */
    unsigned needs;
    /* What a HEED_TARGET_VALUE's numbers are, by its a: "q", "k"; NULL: none of a figure's.
     * *of_token: its b is their token, else how many of the vector stand before them. */
    const char *(*name_value)(int32_t a, bool *of_token);
    bool draws_links;   /* threshold and its like decide what is seen ... */
    bool links_by_mode; /* ... while heads are drawn as links */
    bool averages;      /* the shown heads can be one, their mean */
    bool panel_a_head;  /* an export of several heads has a panel for each */
    bool one_head;      /* shows one head of those that are shown */
    bool all_heads;     /* shows every head, whatever is shown */
    bool has_pages;     /* PageUp and PageDown turn its pages */
    bool shows_off;     /* what is off stands in the view: no strip below it */
};

/* Each is defined in its view's folder; scene/views has them by enum heed_view. */
#define HEED_VIEW_KIND(upper, word, name) extern const struct heed_view_kind heed_view_##word;
HEED_EACH_VIEW(HEED_VIEW_KIND)

#endif
