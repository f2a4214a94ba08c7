/*
 * The colours of heatmaps as bytes, from a table of a palette's shades. Plain
 * arithmetic, no OpenGL. One thread at a time.
 */
#ifndef HEED_RENDER_GL_GL_SHADES_H
#define HEED_RENDER_GL_GL_SHADES_H

#include <stdbool.h>
#include <stdint.h>

#include "draw/display_list.h"

/* So many steps from the palette's end to end that each is less than one of
 * 255; even, so that the middle of a signed palette is met. */
enum { HEED_GL_SHADES = 4096 };

/* All zero is empty. */
struct heed_gl_shades {
    struct heed_palette palette;
    bool is_made;
    uint8_t colors[HEED_GL_SHADES + 1][4]; /* premultiplied */
};

/* The cells [first, end) of one row or column of texels. */
struct heed_gl_cell_range {
    int first, end;
};

/* Writes the texels of an item: each shows, of the cells of its row's and
 * column's ranges, the largest by magnitude. */
void heed_gl_shades_fill(struct heed_gl_shades *shades, const struct heed_item_heatmap *item,
                         const struct heed_gl_cell_range *columns, int n_columns,
                         const struct heed_gl_cell_range *rows, int n_rows, uint8_t *to);

#endif
