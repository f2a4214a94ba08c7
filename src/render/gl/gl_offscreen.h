/*
 * An OpenGL context without a display (EGL, surfaceless), or of a window that is
 * never shown where that can't be had, and a framebuffer in it, for tests and benchmarks of the
 * painter. The context is current on the thread that created it; all calls belong there.
 */
#ifndef HEED_RENDER_GL_GL_OFFSCREEN_H
#define HEED_RENDER_GL_GL_OFFSCREEN_H

#include <stdint.h>

#include "base/error.h"

struct heed_gl_offscreen;

/* Makes the context current and binds a framebuffer of width x height px that
 * heed_gl_painter_paint then paints on. Errors: no context can be had. */
HEED_NODISCARD bool heed_gl_offscreen_create(struct heed_gl_offscreen **offscreen, int width,
                                             int height, struct heed_error *err);
/* Destroy the painter first. NULL is harmless. */
void heed_gl_offscreen_destroy(struct heed_gl_offscreen *offscreen);

/* Waits for all drawing. */
void heed_gl_offscreen_finish(struct heed_gl_offscreen *offscreen);

/* Waits for all drawing and copies the pixels: rgba[height * width * 4], top
 * row first. */
HEED_NODISCARD bool heed_gl_offscreen_read(struct heed_gl_offscreen *offscreen, uint8_t *rgba,
                                           struct heed_error *err);

#endif
