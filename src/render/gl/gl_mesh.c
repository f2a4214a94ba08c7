#include "render/gl/gl_mesh.h"

#include <math.h>
#include <stdlib.h>

/* How far, in px, chords may lie off the curve. */
static const float tolerance = 0.15f;

enum { MAX_SEGMENTS = 512, MAX_DASHES = 8192 };

static const float pi = 3.14159265f;

/* How far, in px, the soft edge of a sharp corner reaches. */
static const float max_spike = 2.0f;

void heed_gl_mesh_clear(struct heed_gl_mesh *mesh)
{
    mesh->n_vertices = 0;
    mesh->n_indices = 0;
    mesh->n_path = 0;
    mesh->failed = false;
}

void heed_gl_mesh_finish(struct heed_gl_mesh *mesh)
{
    free(mesh->vertices);
    free(mesh->indices);
    free(mesh->path);
    *mesh = (struct heed_gl_mesh){0};
}

/* Room for `more` elements behind n; false (and failed) without memory. */
static bool reserve(struct heed_gl_mesh *mesh, void **array, size_t n,
                    size_t *capacity, size_t more, size_t size)
{
    if (n + more <= *capacity) {
        return true;
    }
    size_t wanted = *capacity ? *capacity * 2 : 1024;
    while (wanted < n + more) {
        wanted *= 2;
    }
    void *grown = realloc(*array, wanted * size);
    if (!grown) {
        mesh->failed = true;
        return false;
    }
    *array = grown;
    *capacity = wanted;
    return true;
}

static bool reserve_mesh(struct heed_gl_mesh *mesh, size_t vertices, size_t indices)
{
    void *v = mesh->vertices, *i = mesh->indices;
    const bool ok = mesh->n_vertices + vertices < UINT32_MAX &&
                    reserve(mesh, &v, mesh->n_vertices, &mesh->vertex_capacity,
                            vertices, sizeof *mesh->vertices) &&
                    reserve(mesh, &i, mesh->n_indices, &mesh->index_capacity,
                            indices, sizeof *mesh->indices);
    mesh->vertices = v;
    mesh->indices = i;
    return ok;
}

static void add_point(struct heed_gl_mesh *mesh, float x, float y, float dx,
                      float dy)
{
    void *path = mesh->path;
    const bool ok = reserve(mesh, &path, mesh->n_path, &mesh->path_capacity, 1,
                            sizeof *mesh->path);
    mesh->path = path;
    if (!ok) {
        return;
    }
    const float length = hypotf(dx, dy);
    struct heed_gl_point point = {.x = x, .y = y};
    if (length > 1e-6f) {
        point.nx = -dy / length;
        point.ny = dx / length;
    }
    if (mesh->n_path > 0) {
        const struct heed_gl_point *last = &mesh->path[mesh->n_path - 1];
        const float step = hypotf(x - last->x, y - last->y);
        if (step < 1e-4f) {
            return;
        }
        point.s = last->s + step;
    }
    mesh->path[mesh->n_path++] = point;
}

/* Points without a direction of their own (a cusp, equal handles) take that
 * of their neighbours. */
static void fill_normals(struct heed_gl_mesh *mesh)
{
    for (size_t i = 0; i < mesh->n_path; i++) {
        struct heed_gl_point *point = &mesh->path[i];
        if (point->nx != 0.0f || point->ny != 0.0f) {
            continue;
        }
        const struct heed_gl_point *a = i > 0 ? point - 1 : point;
        const struct heed_gl_point *b = i + 1 < mesh->n_path ? point + 1 : point;
        const float dx = b->x - a->x, dy = b->y - a->y;
        const float length = hypotf(dx, dy);
        if (length > 0.0f) {
            point->nx = -dy / length;
            point->ny = dx / length;
        }
    }
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
    const float color[4] = {stroke->color.r, stroke->color.g, stroke->color.b,
                            alpha};
    struct pen pen = {
        .vertex = {.half_width = width / 2.0f},
        .reach = width / 2.0f + 0.5f,
        .round_caps = stroke->round_caps,
    };
    for (int i = 0; i < 4; i++) {
        pen.vertex.color[i] =
            (uint16_t)lroundf(fminf(fmaxf(color[i], 0.0f), 1.0f) * 65535.0f);
    }
    return pen;
}

/* Two vertices across the path, joined to the two before unless it's first. */
static void add_pair(struct heed_gl_mesh *mesh, const struct pen *pen,
                     const struct heed_gl_point *point, float along,
                     float beyond, float fade, bool first)
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
                      const struct heed_gl_point *points, size_t n)
{
    if (n < 2 || !reserve_mesh(mesh, 2 * n + 8, 6 * n + 24)) {
        return;
    }
    const struct heed_gl_point *first = &points[0], *last = &points[n - 1];
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

/* The path's point at s; *i is where the search goes on from. */
static struct heed_gl_point point_at(const struct heed_gl_mesh *mesh, float s,
                                     size_t *i)
{
    while (*i + 2 < mesh->n_path && mesh->path[*i + 1].s <= s) {
        ++*i;
    }
    const struct heed_gl_point a = mesh->path[*i], b = mesh->path[*i + 1];
    const float t = b.s > a.s ? (s - a.s) / (b.s - a.s) : 0.0f;
    struct heed_gl_point point = {
        .x = a.x + (b.x - a.x) * t,
        .y = a.y + (b.y - a.y) * t,
        .nx = a.nx + (b.nx - a.nx) * t,
        .ny = a.ny + (b.ny - a.ny) * t,
        .s = s,
    };
    const float length = hypotf(point.nx, point.ny);
    if (length > 1e-6f) {
        point.nx /= length;
        point.ny /= length;
    }
    return point;
}

static void add_dashes(struct heed_gl_mesh *mesh, const struct pen *pen,
                       float on, float off)
{
    struct heed_gl_point dash[MAX_SEGMENTS + 2];
    const float length = mesh->path[mesh->n_path - 1].s;
    size_t i = 0;
    for (float s = 0.0f; s < length; s += on + off) {
        const float end = fminf(s + on, length);
        size_t n = 0;
        dash[n++] = point_at(mesh, s, &i);
        for (size_t k = i + 1;
             k < mesh->n_path && mesh->path[k].s < end && n <= MAX_SEGMENTS; k++) {
            dash[n++] = mesh->path[k];
        }
        dash[n++] = point_at(mesh, end, &i);
        add_strip(mesh, pen, dash, n);
    }
}

static void stroke_path(struct heed_gl_mesh *mesh, const struct heed_stroke *stroke)
{
    fill_normals(mesh);
    if (mesh->n_path >= 2 && !mesh->failed) {
        const struct pen pen = make_pen(stroke);
        const float length = mesh->path[mesh->n_path - 1].s;
        const float period = stroke->dash_on + stroke->dash_off;
        if (stroke->dash_on > 0.0f && stroke->dash_off > 0.0f &&
            length / period < (float)MAX_DASHES) {
            add_dashes(mesh, &pen, stroke->dash_on, stroke->dash_off);
        } else {
            add_strip(mesh, &pen, mesh->path, mesh->n_path);
        }
    }
    mesh->n_path = 0;
}

static bool is_visible(const struct heed_stroke *stroke)
{
    return stroke->width > 0.0f && stroke->color.a > 0.0f;
}

void heed_gl_mesh_line(struct heed_gl_mesh *mesh, const struct heed_item_line *line)
{
    if (!is_visible(&line->stroke)) {
        return;
    }
    const float dx = line->x1 - line->x0, dy = line->y1 - line->y0;
    add_point(mesh, line->x0, line->y0, dx, dy);
    add_point(mesh, line->x1, line->y1, dx, dy);
    stroke_path(mesh, &line->stroke);
}

static int clamp_segments(float n)
{
    return n < 1.0f ? 1 : n > (float)MAX_SEGMENTS ? MAX_SEGMENTS : (int)n;
}

/* A chord of 1/n of the parameter is off by at most |b''| / (8 n^2), and b''
 * by at most 6 times the larger second difference of the handles. */
static int count_segments(const struct heed_item_cubic *c)
{
    const float a =
        hypotf(c->x0 - 2.0f * c->x1 + c->x2, c->y0 - 2.0f * c->y1 + c->y2);
    const float b =
        hypotf(c->x1 - 2.0f * c->x2 + c->x3, c->y1 - 2.0f * c->y2 + c->y3);
    return clamp_segments(ceilf(sqrtf(0.75f * fmaxf(a, b) / tolerance)));
}

void heed_gl_mesh_cubic(struct heed_gl_mesh *mesh, const struct heed_item_cubic *c)
{
    if (!is_visible(&c->stroke)) {
        return;
    }
    const int n = count_segments(c);
    for (int i = 0; i <= n; i++) {
        const float t = (float)i / (float)n, u = 1.0f - t;
        const float b0 = u * u * u, b1 = 3.0f * u * u * t;
        const float b2 = 3.0f * u * t * t, b3 = t * t * t;
        const float d0 = u * u, d1 = 2.0f * u * t, d2 = t * t;
        add_point(
            mesh, b0 * c->x0 + b1 * c->x1 + b2 * c->x2 + b3 * c->x3,
            b0 * c->y0 + b1 * c->y1 + b2 * c->y2 + b3 * c->y3,
            d0 * (c->x1 - c->x0) + d1 * (c->x2 - c->x1) + d2 * (c->x3 - c->x2),
            d0 * (c->y1 - c->y0) + d1 * (c->y2 - c->y1) + d2 * (c->y3 - c->y2));
    }
    stroke_path(mesh, &c->stroke);
}

static void add_arc(struct heed_gl_mesh *mesh, float cx, float cy, float rx,
                    float ry, float from, float to)
{
    const float radius = fmaxf(rx, ry);
    const float step = sqrtf(8.0f * tolerance / fmaxf(radius, tolerance));
    const int n = clamp_segments(ceilf((to - from) / step));
    for (int i = 0; i <= n; i++) {
        const float angle = from + (to - from) * (float)i / (float)n;
        const float c = cosf(angle), s = sinf(angle);
        add_point(mesh, cx + rx * c, cy + ry * s, -rx * s, ry * c);
    }
}

void heed_gl_mesh_arc(struct heed_gl_mesh *mesh, const struct heed_item_arc *arc)
{
    if (!is_visible(&arc->stroke) || !(arc->to > arc->from) ||
        !(arc->rx >= 0.0f) || !(arc->ry >= 0.0f)) {
        return;
    }
    add_arc(mesh, arc->cx, arc->cy, arc->rx, arc->ry, arc->from,
            fminf(arc->to, arc->from + 2.0f * pi));
    stroke_path(mesh, &arc->stroke);
}

void heed_gl_mesh_outline(struct heed_gl_mesh *mesh,
                          const struct heed_item_rect *rect)
{
    if (!is_visible(&rect->stroke)) {
        return;
    }
    const float inset = rect->stroke.width / 2.0f;
    const float x0 = rect->rect.x + inset, y0 = rect->rect.y + inset;
    const float x1 = rect->rect.x + rect->rect.w - inset;
    const float y1 = rect->rect.y + rect->rect.h - inset;
    if (x1 <= x0 || y1 <= y0) {
        return;
    }
    const float r =
        fminf(fmaxf(rect->radius - inset, 0.0f), fminf(x1 - x0, y1 - y0) / 2.0f);
    const float corners[4][2] = {
        {x1 - r, y0 + r}, {x1 - r, y1 - r}, {x0 + r, y1 - r}, {x0 + r, y0 + r}};
    add_point(mesh, x0 + r, y0, 1.0f, 0.0f);
    for (int i = 0; i < 4; i++) {
        const float from = pi / 2.0f * (float)(i - 1);
        add_arc(mesh, corners[i][0], corners[i][1], r, r, from, from + pi / 2.0f);
    }
    add_point(mesh, x0 + r, y0, 1.0f, 0.0f);
    stroke_path(mesh, &rect->stroke);
}

/* A corner moved away from the middle of the inscribed circle, so that both
 * its edges move by `distance` outwards; at most max_spike px. */
static void offset_corner(const float corner[2], const float middle[2],
                          float inradius, float distance, float moved[2])
{
    const float dx = corner[0] - middle[0], dy = corner[1] - middle[1];
    const float length = hypotf(dx, dy);
    const float step = fminf(length * distance / inradius, max_spike);
    const float scale = length > 0.0f ? step / length : 0.0f;
    moved[0] = corner[0] + dx * scale;
    moved[1] = corner[1] + dy * scale;
}

/* An inner triangle that is covered whole and a fringe of a pixel. */
void heed_gl_mesh_triangle(struct heed_gl_mesh *mesh,
                           const struct heed_item_triangle *t)
{
    const float corner[3][2] = {{t->x0, t->y0}, {t->x1, t->y1}, {t->x2, t->y2}};
    const float area = fabsf((t->x1 - t->x0) * (t->y2 - t->y0) -
                             (t->x2 - t->x0) * (t->y1 - t->y0));
    float middle[2] = {0.0f, 0.0f}, perimeter = 0.0f;
    for (int i = 0; i < 3; i++) {
        const float *a = corner[(i + 1) % 3], *b = corner[(i + 2) % 3];
        const float length = hypotf(b[0] - a[0], b[1] - a[1]);
        middle[0] += corner[i][0] * length;
        middle[1] += corner[i][1] * length;
        perimeter += length;
    }
    const float inradius = area / perimeter;
    if (!(inradius > 1e-3f) || !reserve_mesh(mesh, 6, 21)) {
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
