/*
 * Rectangles, gradients, triangles and strokes to what the canvas draws. What
 * can't be seen through its clip is left out. Needs the painter's context.
 */
#ifndef HEED_RENDER_GL_GL_SHAPES_H
#define HEED_RENDER_GL_GL_SHAPES_H

#include "draw/display_list.h"
#include "render/gl/gl_canvas.h"
#include "render/raster/path.h"

struct heed_gl_shapes {
    struct heed_gl_canvas *canvas;
    struct heed_path *path; /* of the stroke in hand */
};

void heed_gl_shapes_rect(const struct heed_gl_shapes *shapes, const struct heed_item_rect *item);
void heed_gl_shapes_gradient(const struct heed_gl_shapes *shapes,
                             const struct heed_item_gradient *item);
void heed_gl_shapes_triangle(const struct heed_gl_shapes *shapes,
                             const struct heed_item_triangle *item);
/* A line, a cubic or an arc. */
void heed_gl_shapes_stroke(const struct heed_gl_shapes *shapes, const struct heed_item *item);

#endif
