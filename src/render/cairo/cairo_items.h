/*
 * Paints the items of a list on any cairo surface. Inside render/cairo.
 */
#ifndef HEED_RENDER_CAIRO_CAIRO_ITEMS_H
#define HEED_RENDER_CAIRO_CAIRO_ITEMS_H

#include <cairo.h>

#include "draw/display_list.h"
#include "render/cairo/cairo_painter.h"

/* cr's unit is the list's px. vector: the surface keeps shapes (PDF). False if
 * memory ran out: something is missing. What cairo itself couldn't do is cr's
 * status. */
HEED_NODISCARD bool heed_cairo_draw_list(struct heed_pango *pango, cairo_t *cr,
                                         const struct heed_list *list, bool vector);

#endif
