/*
 * Paints display lists with OpenGL 3.3 core. Needs a current context on the
 * calling thread; makes none (see gl_offscreen.h for tests and benchmarks).
 * Heatmaps are kept as textures of their colours; shaped text runs live in an
 * atlas; groups with a key are kept in an off-screen texture.
 */
#ifndef HEED_RENDER_GL_GL_PAINTER_H
#define HEED_RENDER_GL_GL_PAINTER_H

#include "base/error.h"
#include "scene/display_list.h"
#include "scene/metrics.h"

struct heed_gl_painter;

/* Errors: OpenGL older than 3.3 (names what there is), no font found. */
bool heed_gl_painter_create(struct heed_gl_painter **painter,
                            struct heed_error *err);
/* Needs the same context to be current. */
void heed_gl_painter_destroy(struct heed_gl_painter *painter);

/* Paints the list over the current framebuffer's whole width x height px. */
bool heed_gl_painter_paint(struct heed_gl_painter *painter,
                           const struct heed_list *list, int width, int height,
                           struct heed_error *err);

/* SDL2_ttf's widths; valid as long as the painter. No context needed. */
const struct heed_metrics *
heed_gl_painter_get_metrics(struct heed_gl_painter *painter);

#endif
