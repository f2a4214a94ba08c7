/*
 * Inside the Arcs view: where its words, lines and number rows lie.
 * flow.c breaks the text into lines, layout.c finds sizes and room, paths.c the curves,
 * values.c draws the numbers, minimap.c the minimap, arcs.c all else.
 */
#ifndef HEED_SCENE_VIEWS_ARCS_PARTS_H
#define HEED_SCENE_VIEWS_ARCS_PARTS_H

#include <stdbool.h>

#include "scene/frame/shown.h"

struct heed_arc_word {
    float x;     /* its centre */
    float slot;  /* px that it takes on its line */
    float width; /* of its label at the view's type, 600 */
    int line;
};

/* px that unbent arcs would take of a line: of any, above the first, below the last. */
struct heed_arcs_reach {
    float up, down, first_up, last_down;
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
    float first_up;     /* and above the first */
    struct heed_arcs_reach reach;
    float content; /* px of all lines */
    float pitch;   /* from line to line */
    float first_y; /* the first line's centre, unscrolled */
    float scroll;  /* px, within bounds */
    float lane;
    int n_rows;                           /* rows of numbers: 0, one a shown head, or one */
    float names_width, row_pitch, rows_y; /* rows_y: their title's centre */
    float hidden_width;                   /* of their last column, what hidden tokens hold */
    float slot;                           /* the least of a word over cells */
    bool has_words;                       /* no rows: the numbers in words, at rows_y */
    float header_y, legend_y;
};

/* How a link is drawn: within a line half an ellipse with a stem at both
 * ends, else a cubic from line to line. */
struct heed_arc_path {
    bool is_cubic;
    bool up;              /* leaves the query upwards */
    float x0, y0, x1, y1; /* at the query and at the key */
    float height;         /* of the half ellipse, without stems */
};

#endif
