/*
 * Lines of text shaped by pango: font choice, tabular digits, anchors. Inside
 * render/cairo only. One thread at a time for each heed_pango.
 */
#ifndef HEED_RENDER_CAIRO_CAIRO_TEXT_H
#define HEED_RENDER_CAIRO_CAIRO_TEXT_H

#include <pango/pangocairo.h>

#include "draw/display_list.h"
#include "render/cairo/cairo_painter.h"

/* Draws on cr, whose unit is the list's px. */
void heed_cairo_draw_text(struct heed_pango *pango, cairo_t *cr, const struct heed_item_text *text);

#endif
