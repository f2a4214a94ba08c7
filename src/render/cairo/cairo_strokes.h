/*
 * Many strokes at once, for pixels: cairo lays each over all of its bounds,
 * which takes half a minute for some thousand faint curves. They are drawn by
 * render/raster instead, and laid on as one picture. One thread at a time.
 */
#ifndef HEED_RENDER_CAIRO_CAIRO_STROKES_H
#define HEED_RENDER_CAIRO_CAIRO_STROKES_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "draw/display_list.h"
#include "render/raster/raster.h"

/* How many strokes follow each other at i, if they are so many that drawing
 * them at once is quicker; else 0. */
size_t heed_cairo_count_strokes(const struct heed_list *list, size_t i);

/* Draws them within the clip; false, and nothing drawn, without memory. The
 * context's matrix must be a scale, the same for both axes. */
HEED_NODISCARD bool heed_cairo_draw_strokes(cairo_t *cr, struct heed_raster *raster,
                                            const struct heed_item *items, size_t n);

#endif
