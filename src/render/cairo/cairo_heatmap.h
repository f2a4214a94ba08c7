/*
 * Heatmaps as vector cells or as images. Inside the painters that build on
 * cairo.
 */
#ifndef HEED_RENDER_CAIRO_CAIRO_HEATMAP_H
#define HEED_RENDER_CAIRO_CAIRO_HEATMAP_H

#include <cairo.h>

#include "base/buffer.h"
#include "base/error.h"
#include "draw/display_list.h"

/* Vector cells reach this far under the next one, or viewers show hairlines between them (px). */
#define HEED_CELL_OVERLAP 0.25

/* One cell, or several of one colour side by side. */
struct heed_cell_run {
    double x, y, w, h;
    struct heed_color color;
};

/* Walks the cells row by row. Without gap and radius, neighbours of one
 * colour (of 8 bits a channel) come as one. */
struct heed_cell_walk {
    const struct heed_item_heatmap *heatmap;
    int row, column; /* of the next cell */
};

bool heed_cell_walk_next(struct heed_cell_walk *walk, struct heed_cell_run *run);

/* True if vector cells would be too many or too small. */
bool heed_heatmap_wants_image(const struct heed_item_heatmap *heatmap);

/* A pixel a cell, or block maxima where that were more than 4 pixels a px. */
HEED_NODISCARD bool heed_heatmap_write_png(const struct heed_item_heatmap *heatmap,
                                           struct heed_buffer *out, struct heed_error *err);

/* On a surface of pixels, or as vectors. */
void heed_cairo_draw_heatmap(cairo_t *cr, const struct heed_item_heatmap *heatmap, bool vector);

/* A rounded rectangle as cairo's path. */
void heed_cairo_rounded(cairo_t *cr, double x, double y, double w, double h, double radius);

/* Writes to a struct heed_buffer: for cairo's streams. */
cairo_status_t heed_cairo_append(void *closure, const unsigned char *data, unsigned int length);

/* Writes a surface as PNG to a buffer. */
HEED_NODISCARD bool heed_cairo_put_png(cairo_surface_t *surface, struct heed_buffer *out,
                                       struct heed_error *err);

#endif
