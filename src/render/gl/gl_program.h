/*
 * The six programs of the painter, made of the shaders that are compiled
 * into the binary. Needs the painter's context: OpenGL 3.3 or ES 3.0.
 */
#ifndef HEED_RENDER_GL_GL_PROGRAM_H
#define HEED_RENDER_GL_GL_PROGRAM_H

#include <epoxy/gl.h>

#include "base/error.h"

enum heed_gl_program_id {
    HEED_GL_PROGRAM_RECT,
    HEED_GL_PROGRAM_MESH,
    HEED_GL_PROGRAM_TEXT,
    HEED_GL_PROGRAM_PICTURE,
    HEED_GL_PROGRAM_HEATMAP,
    HEED_GL_PROGRAM_IMAGE,
    HEED_GL_N_PROGRAMS
};

/* A program and the uniforms that it may have (-1: hasn't). */
struct heed_gl_program {
    GLuint name;
    GLint view, rect;
    GLint atlas_size;
    GLint cells, cell_form;
    GLint opacity;
};

HEED_NODISCARD bool heed_gl_programs_create(struct heed_gl_program programs[HEED_GL_N_PROGRAMS],
                                            struct heed_error *err);
void heed_gl_programs_destroy(struct heed_gl_program programs[HEED_GL_N_PROGRAMS]);

/* Who draws in the current context: "llvmpipe (LLVM 15), OpenGL 4.5 ... Mesa 22.3.6". */
void heed_gl_describe(char *text, size_t size);
/* Whether a context of OpenGL ES is to be made at once, not only where there is no OpenGL 3.3:
 * HEED_OPENGL=es. */
bool heed_gl_wants_es(void);
/* SDL's, of the window that is made next: OpenGL 3.3, or ES 3.0. */
void heed_gl_set_attributes(bool is_es);
/* Whether the current context draws by the processor, without a graphics card. */
bool heed_gl_is_software(void);

#endif
