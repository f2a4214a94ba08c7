/*
 * Where items paint: whole pixels, more rather than less. The painter keeps to
 * it, so that a part of a picture can be painted alone. Knows no OpenGL. One
 * thread at a time.
 */
#ifndef HEED_RENDER_GL_GL_BOUNDS_H
#define HEED_RENDER_GL_GL_BOUNDS_H

#include "render/gl/gl_clip.h"
#include "render/gl/gl_lines.h"

/* The nearest whole pixels; empty if a number isn't finite. */
struct heed_gl_clip heed_gl_bounds_clip(struct heed_rect rect);
/* Outwards to whole pixels. */
struct heed_gl_clip heed_gl_bounds_group(struct heed_rect bounds);

/* Where the ink of a line may lie, px from its left end on the baseline: what
 * lies further out (marks piled up) isn't drawn. */
struct heed_gl_clip heed_gl_bounds_ink(const struct heed_gl_line *line, float size);

/* The pixels that a shape, a text or a heatmap may touch, whatever its clip;
 * empty if there are none. */
struct heed_gl_clip heed_gl_bounds_item(const struct heed_item *item, struct heed_gl_lines *lines);

#endif
