#include "render/gl/gl_mesh.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

/* How far, in px, the soft edge of a sharp corner reaches. */
static const float max_spike = 2.0f;

void heed_gl_mesh_clear(struct heed_gl_mesh *mesh)
{
    mesh->n_vertices = 0;
    mesh->n_indices = 0;
    mesh->failed = false;
}

void heed_gl_mesh_finish(struct heed_gl_mesh *mesh)
{
    free(mesh->vertices);
    free(mesh->indices);
    *mesh = (struct heed_gl_mesh){0};
}

/* False (and failed) without memory. */
static bool reserve(struct heed_gl_mesh *mesh, size_t vertices, size_t indices)
{
    const bool ok = mesh->n_vertices + vertices < UINT32_MAX &&
                    heed_array_reserve(&mesh->vertices, &mesh->vertex_capacity,
                                       mesh->n_vertices + vertices, sizeof *mesh->vertices) &&
                    heed_array_reserve(&mesh->indices, &mesh->index_capacity,
                                       mesh->n_indices + indices, sizeof *mesh->indices);
    mesh->failed |= !ok;
    return ok;
}

/* What all vertices of one stroke share. */
struct pen {
    struct heed_gl_vertex vertex;
    float reach; /* half the width of what is drawn, its soft edge included */
    bool round_caps;
};

static struct pen make_pen(const struct heed_stroke *stroke)
{
    /* Thinner than a pixel: a pixel wide, and fainter. */
    const float width = fmaxf(stroke->width, 1.0f);
    const float alpha = stroke->color.a * fminf(stroke->width, 1.0f);
    const float color[4] = {stroke->color.r, stroke->color.g, stroke->color.b, alpha};
    struct pen pen = {
        .vertex = {.half_width = width / 2.0f},
        .reach = width / 2.0f + 0.5f,
        .round_caps = stroke->round_caps,
    };
    for (int i = 0; i < 4; i++) {
        pen.vertex.color[i] = (uint16_t)lroundf(fminf(fmaxf(color[i], 0.0f), 1.0f) * 65535.0f);
    }
    return pen;
}

/* Two vertices across the path, joined to the two before unless it's first. */
static void add_pair(struct heed_gl_mesh *mesh, const struct pen *pen,
                     const struct heed_path_point *point, float along, float beyond, float fade,
                     bool first)
{
    const uint32_t at = (uint32_t)mesh->n_vertices;
    struct heed_gl_vertex vertex = pen->vertex;
    const float x = point->x + point->ny * along;
    const float y = point->y - point->nx * along;
    vertex.beyond = beyond;
    vertex.fade = fade;
    for (int side = -1; side <= 1; side += 2) {
        vertex.across = pen->reach * (float)side;
        vertex.x = x + point->nx * vertex.across;
        vertex.y = y + point->ny * vertex.across;
        mesh->vertices[mesh->n_vertices++] = vertex;
    }
    if (!first) {
        const uint32_t six[6] = {at - 2, at - 1, at, at, at - 1, at + 1};
        for (int i = 0; i < 6; i++) {
            mesh->indices[mesh->n_indices++] = six[i];
        }
    }
}

/* A piece of a path as one strip with its two caps. */
static void add_strip(struct heed_gl_mesh *mesh, const struct pen *pen,
                      const struct heed_path_point *points, size_t n)
{
    if (n < 2 || !reserve(mesh, 2 * n + 8, 6 * n + 24)) {
        return;
    }
    const struct heed_path_point *first = &points[0], *last = &points[n - 1];
    const float length = last->s - first->s;
    const float soft = fminf(0.5f, length / 2.0f);
    const float full = fminf(1.0f, length);
    if (pen->round_caps) {
        add_pair(mesh, pen, first, -pen->reach, pen->reach, 1.0f, true);
        add_pair(mesh, pen, first, 0.0f, 0.0f, 1.0f, false);
    } else {
        add_pair(mesh, pen, first, -0.5f, 0.0f, 0.0f, true);
        add_pair(mesh, pen, first, soft, 0.0f, full, false);
    }
    for (size_t i = 1; i + 1 < n; i++) {
        if (points[i].s - first->s > 0.5f && last->s - points[i].s > 0.5f) {
            add_pair(mesh, pen, &points[i], 0.0f, 0.0f, full, false);
        }
    }
    if (pen->round_caps) {
        add_pair(mesh, pen, last, 0.0f, 0.0f, 1.0f, false);
        add_pair(mesh, pen, last, pen->reach, pen->reach, 1.0f, false);
    } else {
        add_pair(mesh, pen, last, -soft, 0.0f, full, false);
        add_pair(mesh, pen, last, 0.5f, 0.0f, 0.0f, false);
    }
}

struct stroker {
    struct heed_gl_mesh *mesh;
    struct pen pen;
};

static void add_piece(void *context, const struct heed_path_point *points, size_t n)
{
    const struct stroker *stroker = context;
    add_strip(stroker->mesh, &stroker->pen, points, n);
}

void heed_gl_mesh_stroke(struct heed_gl_mesh *mesh, struct heed_path *path,
                         const struct heed_stroke *stroke)
{
    struct stroker stroker = {mesh, make_pen(stroke)};
    heed_path_visit(path, stroke, add_piece, &stroker);
}

/* A corner moved away from the middle of the inscribed circle, so that both
 * its edges move by `distance` outwards; at most max_spike px. */
static void offset_corner(const float corner[2], const float middle[2], float inradius,
                          float distance, float moved[2])
{
    const float dx = corner[0] - middle[0], dy = corner[1] - middle[1];
    const float length = hypotf(dx, dy);
    const float step = fminf(length * distance / inradius, max_spike);
    const float scale = length > 0.0f ? step / length : 0.0f;
    moved[0] = corner[0] + dx * scale;
    moved[1] = corner[1] + dy * scale;
}

/* An inner triangle that is covered whole and a fringe of a pixel. */
void heed_gl_mesh_triangle(struct heed_gl_mesh *mesh, const struct heed_item_triangle *t)
{
    const float corner[3][2] = {{t->x0, t->y0}, {t->x1, t->y1}, {t->x2, t->y2}};
    const float area = fabsf((t->x1 - t->x0) * (t->y2 - t->y0) - (t->x2 - t->x0) * (t->y1 - t->y0));
    float middle[2] = {0.0f, 0.0f}, perimeter = 0.0f;
    for (int i = 0; i < 3; i++) {
        const float *a = corner[(i + 1) % 3], *b = corner[(i + 2) % 3];
        const float length = hypotf(b[0] - a[0], b[1] - a[1]);
        middle[0] += corner[i][0] * length;
        middle[1] += corner[i][1] * length;
        perimeter += length;
    }
    const float inradius = area / perimeter;
    if (!(inradius > 1e-3f) || !reserve(mesh, 6, 21)) {
        return;
    }
    middle[0] /= perimeter;
    middle[1] /= perimeter;
    const float inset = fminf(0.5f, inradius);
    const struct heed_stroke paint = {.width = 2.0f, .color = t->fill};
    struct heed_gl_vertex vertex = make_pen(&paint).vertex;
    const uint32_t at = (uint32_t)mesh->n_vertices;
    for (int i = 0; i < 6; i++) {
        float p[2];
        offset_corner(corner[i % 3], middle, inradius, i < 3 ? -inset : 0.5f, p);
        vertex.x = p[0], vertex.y = p[1];
        vertex.fade = i < 3 ? 0.5f + inset : 0.0f;
        mesh->vertices[mesh->n_vertices++] = vertex;
    }
    static const uint8_t faces[21] = {0, 1, 2, 0, 3, 1, 1, 3, 4, 1, 4,
                                      2, 2, 4, 5, 2, 5, 0, 0, 5, 3};
    for (int i = 0; i < 21; i++) {
        mesh->indices[mesh->n_indices++] = at + faces[i];
    }
}
