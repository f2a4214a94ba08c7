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

#include "scene/display_list.h"

struct heed_gl_vertex {
    float x, y;
    float across, beyond; /* px from the middle line, and past its end */
    float half_width;     /* px */
    float fade;           /* factor on the coverage */
    uint16_t color[4];    /* straight sRGB, 65535 is 1 */
};

struct heed_gl_point {
    float x, y;
    float nx, ny; /* unit normal */
    float s;      /* px along the path */
};

/* All zero is an empty mesh. Indices make triangles. */
struct heed_gl_mesh {
    struct heed_gl_vertex *vertices;
    size_t n_vertices, vertex_capacity;
    uint32_t *indices;
    size_t n_indices, index_capacity;
    struct heed_gl_point *path; /* scratch */
    size_t n_path, path_capacity;
    bool failed; /* memory ran out */
};

void heed_gl_mesh_clear(struct heed_gl_mesh *mesh); /* keeps its memory */
void heed_gl_mesh_finish(struct heed_gl_mesh *mesh);

/* Numbers must be finite; what is too small to see adds nothing. */
void heed_gl_mesh_line(struct heed_gl_mesh *mesh,
                       const struct heed_item_line *line);
void heed_gl_mesh_cubic(struct heed_gl_mesh *mesh,
                        const struct heed_item_cubic *cubic);
void heed_gl_mesh_arc(struct heed_gl_mesh *mesh, const struct heed_item_arc *arc);
/* The rectangle's stroke alone, for dashed ones. */
void heed_gl_mesh_outline(struct heed_gl_mesh *mesh,
                          const struct heed_item_rect *rect);
void heed_gl_mesh_triangle(struct heed_gl_mesh *mesh,
                           const struct heed_item_triangle *triangle);

#endif
