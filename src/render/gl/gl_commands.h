/*
 * What the two halves of the canvas share: gl_canvas.c collects commands,
 * gl_draw.c sends them to OpenGL. Nothing else includes it.
 */
#ifndef HEED_RENDER_GL_GL_COMMANDS_H
#define HEED_RENDER_GL_GL_COMMANDS_H

#include "draw/display_list.h"
#include "render/gl/gl_canvas.h"

enum heed_gl_command_kind {
    HEED_GL_COMMAND_RECTS,
    HEED_GL_COMMAND_MESH,
    HEED_GL_COMMAND_GLYPHS,
    HEED_GL_COMMAND_PICTURES,
    HEED_GL_COMMAND_BLOCK,
    HEED_GL_COMMAND_HEATMAP,
    HEED_GL_COMMAND_IMAGE,
    HEED_GL_COMMAND_PUSH,
    HEED_GL_COMMAND_POP
};

struct heed_gl_command {
    enum heed_gl_command_kind kind;
    struct heed_gl_clip clip;
    struct heed_gl_box box; /* of all that it paints */
    size_t first, count;
    size_t last; /* RECTS, GLYPHS, PICTURES: 1 + index of its newest in the pile */
    union {
        struct heed_color color;           /* BLOCK */
        const struct heed_gl_cells *cells; /* HEATMAP */
        struct {
            GLuint texture;
            struct heed_rect rect;
            float opacity;
        } image;
        struct heed_gl_target target; /* PUSH */
    } as;
};

/* The pile that holds what such commands draw; NULL: none does. */
static inline const struct heed_gl_pile *heed_gl_command_pile(const struct heed_gl_canvas *canvas,
                                                              enum heed_gl_command_kind kind)
{
    switch (kind) {
    case HEED_GL_COMMAND_RECTS:
        return &canvas->rects;
    case HEED_GL_COMMAND_GLYPHS:
    case HEED_GL_COMMAND_PICTURES:
        return &canvas->glyphs;
    default:
        return NULL;
    }
}

#endif
