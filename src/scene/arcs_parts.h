/*
 * Inside the Arcs view: where its words, lines and number rows lie.
 * arcs_flow.c breaks the text into lines, arcs_layout.c finds sizes and room,
 * arcs_values.c draws the numbers, arcs_minimap.c the minimap, arcs.c all else.
 */
#ifndef HEED_SCENE_ARCS_PARTS_H
#define HEED_SCENE_ARCS_PARTS_H

#include "scene/link_choice.h"

struct heed_arc_word {
    float x;     /* its centre */
    float slot;  /* px that it takes on its line */
    float width; /* of its label at the view's type, 600 */
    int line;
};

struct heed_arcs {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s; /* px a logical px; an export's type is 12 */
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_rect rect;        /* the whole view */
    struct heed_rect body;        /* the part that scrolls */
    struct heed_rect map;         /* the minimap of many lines; w 0: none */
    struct heed_range query, key; /* hovered or pinned; count 0: none */
    float left, right;            /* of all content, px */
    float type;                   /* of the words, px */
    struct heed_arc_word *words;  /* [maps->n], in the list's arena */
    int *line_first;              /* [n_lines + 1] */
    int n_lines;
    bool right_to_left; /* the text's base direction */
    float span;         /* of the widest arc within a line */
    float half;         /* from a line's centre to where its arcs begin */
    float up, down;     /* room for arcs above and below a line */
    float pitch;        /* from line to line */
    float first_y;      /* the first line's centre, unscrolled */
    float scroll;       /* px, within bounds */
    float lane;
    int n_rows;                           /* rows of numbers: 0, or one a shown head */
    float names_width, row_pitch, rows_y; /* rows_y: their title's centre */
    float header_y, legend_y;
};

/* Fills everything but frame from frame and rect. */
void heed_arcs_place(struct heed_arcs *arcs, struct heed_rect rect);
/* The height that an export needs at this width, px. */
float heed_arcs_height(struct heed_frame *frame, float width);
float heed_arcs_line_y(const struct heed_arcs *arcs, int line);
/* The lines on screen, last exclusive. */
void heed_arcs_visible(const struct heed_arcs *arcs, int *first, int *last);
/* Text of the view: an export has one size for all. */
struct heed_text_style heed_arcs_style(const struct heed_arcs *arcs, float size, int weight);
bool heed_arcs_is_pointed(const struct heed_arcs *arcs);

/* px that all words need on one line at this type; least_slot each. */
float heed_arcs_measure(const struct heed_arcs *arcs, float type, float least_slot);
/* Measures, breaks into lines at most width wide, orders each by the bidi
 * algorithm and sets it from x on; one line is centred and spread. */
void heed_arcs_flow(struct heed_arcs *arcs, float x, float width, float least_slot);

/* How a link is drawn: within a line half an ellipse with a stem at both
 * ends, else a cubic from line to line. */
struct heed_arc_path {
    bool is_cubic;
    bool up;              /* leaves the query upwards */
    float x0, y0, x1, y1; /* at the query and at the key */
    float height;         /* of the half ellipse, without stems */
};

struct heed_arc_path heed_arcs_path(const struct heed_arcs *arcs, struct heed_link link);

/* The strong links' numbers at their arcs' tops. */
void heed_arcs_draw_labels(const struct heed_arcs *arcs, const struct heed_chosen_links *strong);
/* All lines, small, at the right of a text that scrolls. */
void heed_arcs_draw_minimap(const struct heed_arcs *arcs);
/* Number cells under the words, or the hint how to get them. */
void heed_arcs_draw_rows(const struct heed_arcs *arcs);

#endif
