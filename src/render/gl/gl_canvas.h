/*
 * What is to be drawn, collected in painting order and sent to OpenGL in few
 * calls: things of one kind under one clip become one call, as long as
 * nothing between them lies under the later one. So the pixels are those of
 * the order of the list. Needs the painter's context.
 */
#ifndef HEED_RENDER_GL_GL_CANVAS_H
#define HEED_RENDER_GL_GL_CANVAS_H

#include <epoxy/gl.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "render/gl/gl_clip.h"
#include "render/gl/gl_heatmaps.h"
#include "render/gl/gl_mesh.h"
#include "render/gl/gl_pile.h"
#include "render/gl/gl_program.h"

/* As shaders/rect.vert has it. */
struct heed_gl_rect {
    struct heed_rect quad, shape;
    float radius, stroke_width, is_vertical;
    struct heed_color fill_a, fill_b, stroke;
};

/* As shaders/text.vert has it. */
struct heed_gl_glyphs {
    float x, y, cosine, sine;
    struct heed_rect box, texels;
    struct heed_color paint;
};

/* A framebuffer and the part of the list that it shows. */
struct heed_gl_target {
    GLuint framebuffer;
    int x, y, width, height;
};

struct heed_gl_command;

/* Made by init; nothing in it is for others. */
struct heed_gl_canvas {
    struct heed_gl_program programs[HEED_GL_N_PROGRAMS];
    GLuint arrays[HEED_GL_N_PROGRAMS]; /* vertex array objects */
    GLuint buffers[HEED_GL_N_PROGRAMS], index_buffer;
    struct heed_gl_pile rects, glyphs;
    struct heed_gl_mesh mesh;
    struct heed_gl_command *commands;
    size_t n_commands, command_capacity;
    size_t *next;             /* [command_capacity] scratch */
    struct heed_gl_clip clip; /* of what is added next */
    struct heed_gl_target targets[16];
    int n_targets;
    unsigned atlas_textures[2];   /* of coverage, of colour */
    struct heed_color background; /* of the first target, if it was cleared */
    bool is_software;             /* drawn by the processor */
    bool failed;                  /* memory ran out */
};

HEED_NODISCARD bool heed_gl_canvas_init(struct heed_gl_canvas *canvas, struct heed_error *err);
void heed_gl_canvas_finish(struct heed_gl_canvas *canvas);
/* Between two pictures: gives back the memory in which things are collected. */
void heed_gl_canvas_rest(struct heed_gl_canvas *canvas);

/* Starts a picture on a framebuffer; clears canvas->clip if a > 0. */
void heed_gl_canvas_begin(struct heed_gl_canvas *canvas, struct heed_gl_target target,
                          struct heed_color background);
/* Draws what was collected and forgets it. */
void heed_gl_canvas_flush(struct heed_gl_canvas *canvas);

void heed_gl_canvas_add_rect(struct heed_gl_canvas *canvas, const struct heed_gl_rect *rect);
/* An opaque rectangle of whole px. */
void heed_gl_canvas_add_block(struct heed_gl_canvas *canvas, struct heed_gl_clip block,
                              struct heed_color color);
void heed_gl_canvas_add_glyphs(struct heed_gl_canvas *canvas, const struct heed_gl_glyphs *glyphs,
                               bool color);
/* To be called after triangles were added to canvas->mesh, with the numbers
 * of vertices and indices before. */
void heed_gl_canvas_add_mesh(struct heed_gl_canvas *canvas, size_t first_vertex,
                             size_t first_index);
/* cells must last until the next flush. */
void heed_gl_canvas_add_heatmap(struct heed_gl_canvas *canvas, const struct heed_gl_cells *cells);
void heed_gl_canvas_add_image(struct heed_gl_canvas *canvas, GLuint texture, struct heed_rect rect,
                              float opacity);
/* What follows goes to another framebuffer, cleared; at most 15 deep. */
void heed_gl_canvas_push(struct heed_gl_canvas *canvas, struct heed_gl_target target);
void heed_gl_canvas_pop(struct heed_gl_canvas *canvas);

#endif
