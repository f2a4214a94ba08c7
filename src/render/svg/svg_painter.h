/*
 * Writes a display list as SVG 1.1 with real <text>. The same list gives the
 * same bytes. Pango only measures where it must (tabular digits).
 */
#ifndef HEED_RENDER_SVG_SVG_PAINTER_H
#define HEED_RENDER_SVG_SVG_PAINTER_H

#include "base/buffer.h"
#include "base/error.h"
#include "scene/display_list.h"
#include "scene/metrics.h"

/* Sizes in px; with width_mm > 0 the root element's width and height are in
 * mm (the viewBox stays in px). title may be NULL. */
bool heed_svg_write(const struct heed_list *list,
                    const struct heed_metrics *metrics, const char *title,
                    float width_mm, struct heed_buffer *out,
                    struct heed_error *err);

#endif
