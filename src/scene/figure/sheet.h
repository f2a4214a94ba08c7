/*
 * A sheet: several maps as panels (a), (b) ... of one figure, which share labels, scale
 * and foot; one map alone has no letter. What all kinds of sheets have in common. Inside
 * scene only; pure.
 */
#ifndef HEED_SCENE_FIGURE_SHEET_H
#define HEED_SCENE_FIGURE_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "scene/frame/shown.h"

struct heed_sheet {
    struct heed_frame *frame;
    struct heed_skin skin;
    float em; /* px of all type */
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_range query, key; /* pinned */
    const char *label;            /* of every panel, after its heading; NULL: what its head does */
    const char *labels[2];        /* of every first and every second panel; NULL: label */
    int columns;
    int together;   /* so many panels in a row are one thing: columns are a multiple of it; 0: 1 */
    bool has_rings; /* the pinned pair is one in every panel, and in the foot */
};

enum { HEED_SHEET_LABEL_BYTES = 96 };

/* False, and what there is to say instead is drawn into rect (list NULL in a copy of the
 * frame's: nothing is), when there is no map or no token. */
bool heed_sheet_begin(struct heed_sheet *sheet, struct heed_frame *frame);
/* The page without a narrow edge, which type that stands at it would reach over. */
struct heed_rect heed_sheet_inner(const struct heed_frame *frame, struct heed_rect rect);
struct heed_text_style heed_sheet_style(const struct heed_sheet *sheet, int weight);
/* The n-th panel's "(a)", from the 27th on "(aa)"; "" if it is alone. */
void heed_panel_letter(int n_panels, int index, char *text, size_t size);
/* What stands after the n-th panel's heading; "": nothing. */
void heed_sheet_label(const struct heed_sheet *sheet, int index, char text[HEED_SHEET_LABEL_BYTES]);
/* "(a) L3H1" and, muted, what the head does. `label` false: without that. Returns the
 * width; x is the left end, or, centred, the middle. */
float heed_sheet_heading(const struct heed_sheet *sheet, int index, float x, float cy, bool centred,
                         bool label);
float heed_sheet_heading_width(const struct heed_sheet *sheet, int index, bool label);
/* The widest label of the tokens, px. */
float heed_sheet_widest(const struct heed_sheet *sheet);
/* Panels to a line: as many as asked for, else as many as fit, each at least `least` and
 * at the sides `margins` px; of what belongs together no less than that, fit or not. */
void heed_sheet_choose_columns(struct heed_sheet *sheet, float width, float margins, float least,
                               float gap);
/* Notes in the frame that more lines than columns are better wider. */
void heed_sheet_report(const struct heed_sheet *sheet);
int heed_sheet_lines(const struct heed_sheet *sheet);
/* The weights of the pinned pair, the hidden share, what is left out. */
float heed_sheet_foot_height(const struct heed_sheet *sheet, float width);
void heed_sheet_foot_draw(const struct heed_sheet *sheet, struct heed_rect rect);

#endif
