/*
 * Writes a display list as SVG 1.1 with real <text>, in Inter where the viewer
 * has it; tabular digits are asked for by font-variant-numeric. The same list
 * gives the same bytes, in every locale. It measures nothing: lists are laid
 * out with pango's widths. Any thread.
 */
#ifndef HEED_RENDER_SVG_SVG_PAINTER_H
#define HEED_RENDER_SVG_SVG_PAINTER_H

#include "base/buffer.h"
#include "base/error.h"
#include "draw/display_list.h"

/* Sizes in px; with width_mm > 0 the root element's width and height are in
 * mm (the viewBox stays in px). title may be NULL. */
HEED_NODISCARD bool heed_svg_write(const struct heed_list *list, const char *title, float width_mm,
                                   struct heed_buffer *out, struct heed_error *err);

#endif
