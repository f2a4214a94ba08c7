/*
 * Paints display lists with OpenGL 3.3 core. Needs a current context on the
 * calling thread; makes none (see gl_offscreen.h for tests and benchmarks).
 * Heatmaps are kept as textures of their colours; shaped text runs live in an
 * atlas; groups with a key are kept in an off-screen texture.
 */
#ifndef HEED_RENDER_GL_GL_PAINTER_H
#define HEED_RENDER_GL_GL_PAINTER_H

#include <stdint.h>

#include "base/error.h"
#include "draw/display_list.h"
#include "draw/metrics.h"

struct heed_gl_painter;

/* Errors: OpenGL older than 3.3 (names what there is), no font found. */
HEED_NODISCARD bool heed_gl_painter_create(struct heed_gl_painter **painter,
                                           struct heed_error *err);
/* Needs the same context to be current. */
void heed_gl_painter_destroy(struct heed_gl_painter *painter);

/* Paints the list over the current framebuffer's whole width x height px. */
HEED_NODISCARD bool heed_gl_painter_paint(struct heed_gl_painter *painter,
                                          const struct heed_list *list, int width, int height,
                                          struct heed_error *err);

/* Likewise, but only what has changed since this painter's last repaint: the
 * framebuffer must still hold that. The first repaint, one after a paint and
 * one of another size paint it all. The pixels are those of a paint. */
HEED_NODISCARD bool heed_gl_painter_repaint(struct heed_gl_painter *painter,
                                            const struct heed_list *list, int width, int height,
                                            struct heed_error *err);

/* The framebuffer holds something else now: the next repaint paints it all. */
void heed_gl_painter_forget(struct heed_gl_painter *painter);

/* Gives back the memory that only painting needs, and what is kept of lines of
 * text, heatmaps and groups: the next picture with them makes them anew. What the
 * framebuffer holds is still known. Needs the context. */
void heed_gl_painter_rest(struct heed_gl_painter *painter);

/* For pictures that are laid over what it painted. */
struct heed_gl_canvas;
struct heed_gl_canvas *heed_gl_painter_get_canvas(struct heed_gl_painter *painter);

/* What was done since the painter was made. */
struct heed_gl_work {
    uint64_t pixels;        /* of the framebuffer, painted anew */
    uint64_t heatmap_bytes; /* colours of cells sent to OpenGL */
    uint64_t group_bytes;   /* pictures of strokes sent to OpenGL */
};
struct heed_gl_work heed_gl_painter_get_work(const struct heed_gl_painter *painter);

/* SDL2_ttf's widths; valid as long as the painter. No context needed. */
const struct heed_metrics *heed_gl_painter_get_metrics(struct heed_gl_painter *painter);

#endif
