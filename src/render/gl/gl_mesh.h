/*
 * Strokes and triangles as thin triangles whose pixels know how far from the
 * middle they lie: smooth edges without multisampling. Plain arithmetic, no
 * OpenGL. One thread at a time.
 */
#ifndef HEED_RENDER_GL_GL_MESH_H
#define HEED_RENDER_GL_GL_MESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/display_list.h"
#include "render/raster/path.h"

struct heed_gl_vertex {
    float x, y;
    float across, beyond; /* px from the middle line, and past its end */
    float half_width;     /* px */
    float fade;           /* factor on the coverage */
    uint16_t color[4];    /* straight sRGB, 65535 is 1 */
};

/* All zero is an empty mesh. Indices make triangles. */
struct heed_gl_mesh {
    struct heed_gl_vertex *vertices;
    size_t n_vertices, vertex_capacity;
    uint32_t *indices;
    size_t n_indices, index_capacity;
    bool failed; /* memory ran out */
};

void heed_gl_mesh_clear(struct heed_gl_mesh *mesh); /* keeps its memory */
void heed_gl_mesh_finish(struct heed_gl_mesh *mesh);

/* Numbers must be finite; what is too small to see adds nothing. */
void heed_gl_mesh_stroke(struct heed_gl_mesh *mesh, struct heed_path *path,
                         const struct heed_stroke *stroke);
void heed_gl_mesh_triangle(struct heed_gl_mesh *mesh, const struct heed_item_triangle *triangle);

#endif
