/* Arcs finds sizes and room for words, arcs and numbers. */
#ifndef HEED_SCENE_VIEWS_ARCS_LAYOUT_H
#define HEED_SCENE_VIEWS_ARCS_LAYOUT_H

#include <stdbool.h>

#include "scene/views/arcs/parts.h"

enum { HEED_ARCS_CELL_SLOT = 46 /* logical px: least slot over a number of full size */ };

/* Fills everything but frame from frame and rect. */
void heed_arcs_place(struct heed_arcs *arcs, struct heed_rect rect);
/* The height that an export needs at this width, px. */
float heed_arcs_height(struct heed_frame *frame, float width);
float heed_arcs_line_y(const struct heed_arcs *arcs, int line);
/* The lines on screen, last exclusive. */
void heed_arcs_visible(const struct heed_arcs *arcs, int *first, int *last);
/* The numbers of an export that has no rows of them, under the arcs; returns how many
 * lines of HEED_NUMBERS_LINE. With draw false only counts. */
int heed_arcs_foot_numbers(const struct heed_arcs *arcs, float x, float cy, float width, bool draw);
bool heed_arcs_is_pointed(const struct heed_arcs *arcs);
/* Projected, of a word: what it does alone is drawn, and the band below says of which. */
bool heed_arcs_in_hall(const struct heed_arcs *arcs);

#endif
