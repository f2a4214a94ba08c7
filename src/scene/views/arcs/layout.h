/* Arcs finds sizes and room for words, arcs and numbers. */
#ifndef HEED_SCENE_VIEWS_ARCS_LAYOUT_H
#define HEED_SCENE_VIEWS_ARCS_LAYOUT_H

#include <stdbool.h>

#include "scene/views/arcs/parts.h"

enum {
    HEED_ARCS_CELL_SLOT = 46,   /* logical px: least slot over a number of full size */
    HEED_ARCS_NARROW_SLOT = 38, /* over a smaller one of three decimals */
    HEED_ARCS_NUMBERS = 2       /* lines of numbers in words, in a window */
};

/* Fills everything but frame from frame and rect. */
void heed_arcs_place(struct heed_arcs *arcs, struct heed_rect rect);
/* The height that an export needs at this width, px. */
float heed_arcs_height(struct heed_frame *frame, float width);
float heed_arcs_line_y(const struct heed_arcs *arcs, int line);
/* The lines on screen, last exclusive. */
void heed_arcs_visible(const struct heed_arcs *arcs, int *first, int *last);
/* The pinned word's numbers in words, under the arcs, where no rows have them; returns how
 * many lines, in a window HEED_ARCS_NUMBERS at most. Without draw only counts. */
int heed_arcs_numbers(const struct heed_arcs *arcs, const char *lead, float x, float cy,
                      float width, bool draw);
bool heed_arcs_is_pointed(const struct heed_arcs *arcs);
/* Projected, of a word: what it does alone is drawn, and the band below says of which. */
bool heed_arcs_in_hall(const struct heed_arcs *arcs);

#endif
