#include "render/raster/path.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

/* How far, in px, chords may lie off the curve. */
static const float tolerance = 0.2f;

enum { MAX_SEGMENTS = 512, MAX_DASHES = 8192 };

static const float pi = 3.14159265f;

void heed_path_finish(struct heed_path *path)
{
    free(path->points);
    free(path->dash);
    *path = (struct heed_path){0};
}

/* Room for one more point, and for a dash of all of them and two ends. */
static bool grow(struct heed_path *path)
{
    size_t capacity[2] = {path->capacity, path->capacity};
    if (!heed_array_reserve(&path->points, &capacity[0], path->n + 3, sizeof *path->points) ||
        !heed_array_reserve(&path->dash, &capacity[1], path->n + 3, sizeof *path->dash)) {
        path->failed = true;
        return false;
    }
    path->capacity = capacity[0];
    return true;
}

static void add_point(struct heed_path *path, float x, float y, float dx, float dy)
{
    const float length = sqrtf(dx * dx + dy * dy);
    struct heed_path_point point = {.x = x, .y = y};
    if (length > 1e-6f) {
        point.nx = -dy / length;
        point.ny = dx / length;
    }
    if (path->n > 0) {
        const struct heed_path_point *last = &path->points[path->n - 1];
        const float sx = x - last->x, sy = y - last->y;
        const float step = sqrtf(sx * sx + sy * sy);
        if (step < 1e-4f) {
            return;
        }
        point.s = last->s + step;
    }
    if (path->n + 3 <= path->capacity || grow(path)) {
        path->points[path->n++] = point;
    }
}

/* Points without a direction of their own (a cusp, equal handles) take that of their neighbours. */
static void fill_normals(struct heed_path *path)
{
    for (size_t i = 0; i < path->n; i++) {
        struct heed_path_point *point = &path->points[i];
        if (point->nx != 0.0f || point->ny != 0.0f) {
            continue;
        }
        const struct heed_path_point *a = i > 0 ? point - 1 : point;
        const struct heed_path_point *b = i + 1 < path->n ? point + 1 : point;
        const float dx = b->x - a->x, dy = b->y - a->y;
        const float length = hypotf(dx, dy);
        if (length > 0.0f) {
            point->nx = -dy / length;
            point->ny = dx / length;
        }
    }
}

static bool begin(struct heed_path *path, const struct heed_stroke *stroke)
{
    path->n = 0;
    path->failed = false;
    return stroke->width > 0.0f && stroke->color.a > 0.0f;
}

static bool end(struct heed_path *path)
{
    fill_normals(path);
    return path->n >= 2 && !path->failed;
}

static bool flatten_line(struct heed_path *path, const struct heed_item_line *line)
{
    if (!begin(path, &line->stroke)) {
        return false;
    }
    const float dx = line->x1 - line->x0, dy = line->y1 - line->y0;
    add_point(path, line->x0, line->y0, dx, dy);
    add_point(path, line->x1, line->y1, dx, dy);
    return end(path);
}

static int clamp_segments(float n)
{
    return n < 1.0f ? 1 : n > (float)MAX_SEGMENTS ? MAX_SEGMENTS : (int)n;
}

/* A chord of 1/n of the parameter is off by at most |b''| / (8 n^2), and b''
 * by at most 6 times the larger second difference of the handles. */
static int count_segments(const struct heed_item_cubic *c)
{
    const float a = hypotf(c->x0 - 2.0f * c->x1 + c->x2, c->y0 - 2.0f * c->y1 + c->y2);
    const float b = hypotf(c->x1 - 2.0f * c->x2 + c->x3, c->y1 - 2.0f * c->y2 + c->y3);
    return clamp_segments(ceilf(sqrtf(0.75f * fmaxf(a, b) / tolerance)));
}

static bool flatten_cubic(struct heed_path *path, const struct heed_item_cubic *c)
{
    if (!begin(path, &c->stroke)) {
        return false;
    }
    const int n = count_segments(c);
    for (int i = 0; i <= n; i++) {
        const float t = (float)i / (float)n, u = 1.0f - t;
        const float b0 = u * u * u, b1 = 3.0f * u * u * t;
        const float b2 = 3.0f * u * t * t, b3 = t * t * t;
        const float d0 = u * u, d1 = 2.0f * u * t, d2 = t * t;
        add_point(path, b0 * c->x0 + b1 * c->x1 + b2 * c->x2 + b3 * c->x3,
                  b0 * c->y0 + b1 * c->y1 + b2 * c->y2 + b3 * c->y3,
                  d0 * (c->x1 - c->x0) + d1 * (c->x2 - c->x1) + d2 * (c->x3 - c->x2),
                  d0 * (c->y1 - c->y0) + d1 * (c->y2 - c->y1) + d2 * (c->y3 - c->y2));
    }
    return end(path);
}

static void add_arc(struct heed_path *path, float cx, float cy, float rx, float ry, float from,
                    float to)
{
    const float radius = fmaxf(rx, ry);
    const float step = sqrtf(8.0f * tolerance / fmaxf(radius, tolerance));
    const int n = clamp_segments(ceilf((to - from) / step));
    for (int i = 0; i <= n; i++) {
        const float angle = from + (to - from) * (float)i / (float)n;
        const float c = cosf(angle), s = sinf(angle);
        add_point(path, cx + rx * c, cy + ry * s, -rx * s, ry * c);
    }
}

static bool flatten_arc(struct heed_path *path, const struct heed_item_arc *arc)
{
    if (!begin(path, &arc->stroke) || !(arc->to > arc->from) || !(arc->rx >= 0.0f) ||
        !(arc->ry >= 0.0f)) {
        return false;
    }
    add_arc(path, arc->cx, arc->cy, arc->rx, arc->ry, arc->from,
            fminf(arc->to, arc->from + 2.0f * pi));
    return end(path);
}

bool heed_path_set_outline(struct heed_path *path, const struct heed_item_rect *rect)
{
    const float inset = rect->stroke.width / 2.0f;
    const float x0 = rect->rect.x + inset, y0 = rect->rect.y + inset;
    const float x1 = rect->rect.x + rect->rect.w - inset;
    const float y1 = rect->rect.y + rect->rect.h - inset;
    if (!begin(path, &rect->stroke) || x1 <= x0 || y1 <= y0) {
        return false;
    }
    const float r = fminf(fmaxf(rect->radius - inset, 0.0f), fminf(x1 - x0, y1 - y0) / 2.0f);
    const float corners[4][2] = {
        {x1 - r, y0 + r}, {x1 - r, y1 - r}, {x0 + r, y1 - r}, {x0 + r, y0 + r}};
    add_point(path, x0 + r, y0, 1.0f, 0.0f);
    for (int i = 0; i < 4; i++) {
        const float from = pi / 2.0f * (float)(i - 1);
        add_arc(path, corners[i][0], corners[i][1], r, r, from, from + pi / 2.0f);
    }
    add_point(path, x0 + r, y0, 1.0f, 0.0f);
    return end(path);
}

static struct heed_stroke scale_stroke(struct heed_stroke stroke, float scale)
{
    stroke.width *= scale;
    stroke.dash_on *= scale;
    stroke.dash_off *= scale;
    return stroke;
}

/* True if the hull of some points, `more` px wider, lies in the rectangle. */
static bool meets(const float *xy, int n, float more, struct heed_rect rect)
{
    float x0 = xy[0], x1 = xy[0], y0 = xy[1], y1 = xy[1];
    for (int i = 1; i < n; i++) {
        x0 = fminf(x0, xy[2 * i]);
        x1 = fmaxf(x1, xy[2 * i]);
        y0 = fminf(y0, xy[2 * i + 1]);
        y1 = fmaxf(y1, xy[2 * i + 1]);
    }
    return x1 + more > rect.x && x0 - more < rect.x + rect.w && y1 + more > rect.y &&
           y0 - more < rect.y + rect.h;
}

static bool set_line(struct heed_path *path, const struct heed_item_line *l, float scale,
                     struct heed_rect seen, struct heed_stroke stroke)
{
    const float xy[4] = {l->x0 * scale, l->y0 * scale, l->x1 * scale, l->y1 * scale};
    const struct heed_item_line line = {xy[0], xy[1], xy[2], xy[3], stroke};
    return meets(xy, 2, stroke.width + 1.0f, seen) && flatten_line(path, &line);
}

static bool set_cubic(struct heed_path *path, const struct heed_item_cubic *c, float scale,
                      struct heed_rect seen, struct heed_stroke stroke)
{
    const float xy[8] = {c->x0 * scale, c->y0 * scale, c->x1 * scale, c->y1 * scale,
                         c->x2 * scale, c->y2 * scale, c->x3 * scale, c->y3 * scale};
    const struct heed_item_cubic cubic = {xy[0], xy[1], xy[2], xy[3], xy[4],
                                          xy[5], xy[6], xy[7], stroke};
    return meets(xy, 4, stroke.width + 1.0f, seen) && flatten_cubic(path, &cubic);
}

static bool set_arc(struct heed_path *path, const struct heed_item_arc *a, float scale,
                    struct heed_rect seen, struct heed_stroke stroke)
{
    const struct heed_item_arc arc = {a->cx * scale, a->cy * scale, a->rx * scale, a->ry * scale,
                                      a->from,       a->to,         stroke};
    const float corners[4] = {arc.cx - arc.rx, arc.cy - arc.ry, arc.cx + arc.rx, arc.cy + arc.ry};
    return meets(corners, 2, stroke.width + 1.0f, seen) && flatten_arc(path, &arc);
}

bool heed_path_set_item(struct heed_path *path, const struct heed_item *item, float scale,
                        struct heed_rect seen, struct heed_stroke *stroke)
{
    switch (item->kind) {
    case HEED_ITEM_LINE:
        *stroke = scale_stroke(item->as.line.stroke, scale);
        return set_line(path, &item->as.line, scale, seen, *stroke);
    case HEED_ITEM_CUBIC:
        *stroke = scale_stroke(item->as.cubic.stroke, scale);
        return set_cubic(path, &item->as.cubic, scale, seen, *stroke);
    case HEED_ITEM_ARC:
        *stroke = scale_stroke(item->as.arc.stroke, scale);
        return set_arc(path, &item->as.arc, scale, seen, *stroke);
    default:
        return false;
    }
}

/* The path's point at s; *i is where the search goes on from. */
static struct heed_path_point point_at(const struct heed_path *path, float s, size_t *i)
{
    while (*i + 2 < path->n && path->points[*i + 1].s <= s) {
        ++*i;
    }
    const struct heed_path_point a = path->points[*i], b = path->points[*i + 1];
    const float t = b.s > a.s ? (s - a.s) / (b.s - a.s) : 0.0f;
    struct heed_path_point point = {
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

static void visit_dashes(struct heed_path *path, const struct heed_stroke *stroke,
                         heed_path_visitor *visitor, void *context)
{
    const float length = path->points[path->n - 1].s;
    const float period = stroke->dash_on + stroke->dash_off;
    size_t i = 0;
    for (float s = 0.0f; s < length; s += period) {
        const float last = fminf(s + stroke->dash_on, length);
        size_t n = 0;
        path->dash[n++] = point_at(path, s, &i);
        for (size_t k = i + 1; k < path->n && path->points[k].s < last; k++) {
            path->dash[n++] = path->points[k];
        }
        path->dash[n++] = point_at(path, last, &i);
        visitor(context, path->dash, n);
    }
}

void heed_path_visit(struct heed_path *path, const struct heed_stroke *stroke,
                     heed_path_visitor *visitor, void *context)
{
    const float length = path->points[path->n - 1].s;
    const float period = stroke->dash_on + stroke->dash_off;
    if (stroke->dash_on > 0.0f && stroke->dash_off > 0.0f && length / period < (float)MAX_DASHES) {
        visit_dashes(path, stroke, visitor, context);
    } else {
        visitor(context, path->points, path->n);
    }
}
