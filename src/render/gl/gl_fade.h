/*
 * Two pictures of the framebuffer, and the one going over into the other: what was shown
 * fades over what was painted last. Needs the painter's context; one thread.
 */
#ifndef HEED_RENDER_GL_GL_FADE_H
#define HEED_RENDER_GL_GL_FADE_H

#include <epoxy/gl.h>

#include "render/gl/gl_canvas.h"

struct heed_gl_fade {
    GLuint textures[2]; /* what is left, what is come to; 0: not there */
    int width, height;  /* px of both */
};

enum heed_gl_fade_side { HEED_GL_FADE_FROM, HEED_GL_FADE_TO };

/* Takes what the framebuffer holds as this side. */
void heed_gl_fade_take(struct heed_gl_fade *fade, enum heed_gl_fade_side side, int width,
                       int height);
/* Both sides into the framebuffer: share of the first, 0: the second as it was taken. */
void heed_gl_fade_mix(const struct heed_gl_fade *fade, struct heed_gl_canvas *canvas, float share);
/* Gives the memory back. */
void heed_gl_fade_finish(struct heed_gl_fade *fade);

#endif
