#include "render/gl/gl_shapes.h"

#include <math.h>

#include "render/gl/gl_bounds.h"

/* px from which a plain rectangle is a clear */
enum { BLOCK_AREA = 1 << 14 };

/* What soft edges and spikes reach further, px. */
static const float soft = 3.0f;

/* Coordinates beyond this are nonsense, and floats there lose pixels. */
static const float max_coordinate = 1e6f;

static bool is_sound(const float *numbers, int n)
{
    for (int i = 0; i < n; i++) {
        if (!(fabsf(numbers[i]) <= max_coordinate)) { /* NaN too */
            return false;
        }
    }
    return true;
}

/* True if anything between these corners can lie inside the clip. */
static bool can_see(const struct heed_gl_canvas *canvas, float x0, float y0, float x1, float y1)
{
    const struct heed_gl_clip clip = canvas->clip;
    return fmaxf(x0, x1) > (float)clip.x0 - soft && fminf(x0, x1) < (float)clip.x1 + soft &&
           fmaxf(y0, y1) > (float)clip.y0 - soft && fminf(y0, y1) < (float)clip.y1 + soft;
}

static bool is_whole(float x)
{
    return fabsf(x - floorf(x + 0.5f)) < 0.01f;
}

static bool is_on_pixels(struct heed_rect rect)
{
    return is_whole(rect.x) && is_whole(rect.y) && is_whole(rect.x + rect.w) &&
           is_whole(rect.y + rect.h);
}

/* Edges far outside of any picture come nearer: nobody sees where they are. */
static bool bound_rect(struct heed_rect *rect)
{
    const float x1 = rect->x + rect->w, y1 = rect->y + rect->h;
    if (!(rect->w > 0.0f) || !(rect->h > 0.0f) || !isfinite(rect->x) || !isfinite(rect->y) ||
        !isfinite(x1) || !isfinite(y1)) {
        return false;
    }
    const float most = max_coordinate / 10.0f;
    rect->x = fminf(fmaxf(rect->x, -most), most);
    rect->y = fminf(fmaxf(rect->y, -most), most);
    rect->w = fminf(x1, most) - rect->x;
    rect->h = fminf(y1, most) - rect->y;
    return rect->w > 0.0f && rect->h > 0.0f;
}

/* Thinner than a pixel: a pixel wide, and fainter. */
static void widen(float *at, float *size, float *alpha)
{
    if (*size < 1.0f) {
        *at -= (1.0f - *size) / 2.0f;
        *alpha *= *size;
        *size = 1.0f;
    }
}

static void add_shape(const struct heed_gl_shapes *shapes, const struct heed_item_rect *item)
{
    struct heed_gl_rect rect = {
        .shape = item->rect,
        .radius = fmaxf(item->radius, 0.0f),
        .stroke_width = item->stroke.width,
        .fill_a = item->fill,
        .stroke = item->stroke.color,
    };
    if (!(item->stroke.width > 0.0f) || item->stroke.dash_on > 0.0f) {
        rect.stroke_width = 0.0f;
        rect.stroke.a = 0.0f;
    }
    widen(&rect.shape.x, &rect.shape.w, &rect.fill_a.a);
    widen(&rect.shape.y, &rect.shape.h, &rect.fill_a.a);
    rect.fill_b = rect.fill_a;
    rect.quad = rect.shape;
    if (!is_on_pixels(rect.shape)) {
        rect.quad.x -= 1.0f;
        rect.quad.y -= 1.0f;
        rect.quad.w += 2.0f;
        rect.quad.h += 2.0f;
    }
    if (rect.fill_a.a > 0.0f || rect.stroke.a > 0.0f) {
        heed_gl_canvas_add_rect(shapes->canvas, &rect);
    }
}

void heed_gl_shapes_rect(const struct heed_gl_shapes *shapes, const struct heed_item_rect *original)
{
    struct heed_item_rect bounded = *original;
    const struct heed_item_rect *item = &bounded;
    const bool ok = bound_rect(&bounded.rect);
    const struct heed_rect r = bounded.rect;
    if (!ok || !is_sound(&item->radius, 1) || !is_sound(&item->stroke.width, 1) ||
        !can_see(shapes->canvas, r.x, r.y, r.x + r.w, r.y + r.h)) {
        return;
    }
    const bool has_stroke = item->stroke.width > 0.0f && item->stroke.color.a > 0.0f;
    if (item->fill.a >= 1.0f && item->radius <= 0.0f && !has_stroke &&
        r.w * r.h >= (float)BLOCK_AREA && is_on_pixels(r)) {
        heed_gl_canvas_add_block(shapes->canvas, heed_gl_bounds_clip(r), item->fill);
        return;
    }
    add_shape(shapes, item);
    if (has_stroke && item->stroke.dash_on > 0.0f) {
        struct heed_gl_mesh *mesh = &shapes->canvas->mesh;
        const size_t vertex = mesh->n_vertices, index = mesh->n_indices;
        if (heed_path_set_outline(shapes->path, item)) {
            heed_gl_mesh_stroke(mesh, shapes->path, &item->stroke);
        }
        heed_gl_canvas_add_mesh(shapes->canvas, vertex, index);
    }
}

static struct heed_color extend_color(struct heed_color a, struct heed_color b, float t)
{
    return (struct heed_color){a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t,
                               a.a + (b.a - a.a) * t};
}

/* The part between two stops; at the ends it reaches `grow` px further, for
 * an edge that lies between pixels. */
static void add_gradient_part(const struct heed_gl_shapes *shapes,
                              const struct heed_item_gradient *item, int i, int n, float grow)
{
    const struct heed_rect r = item->rect;
    const struct heed_color a = item->stops[i];
    const struct heed_color b = item->stops[item->n_stops > 1 ? i + 1 : i];
    const float length = item->vertical ? r.h : r.w;
    const float step = length / (float)n;
    const float before = i == 0 ? grow : 0.0f;
    const float after = i == n - 1 ? grow : 0.0f;
    const float from = step * (float)i - before;
    const float size = step + before + after;
    struct heed_gl_rect rect = {
        .quad = {r.x - grow, r.y - grow, r.w + 2.0f * grow, r.h + 2.0f * grow},
        .shape = r,
        .radius = fmaxf(item->radius, 0.0f),
        .is_vertical = item->vertical ? 1.0f : 0.0f,
        .fill_a = extend_color(a, b, -before / step),
        .fill_b = extend_color(a, b, 1.0f + after / step),
    };
    if (item->vertical) {
        rect.quad.y = r.y + r.h - from - size;
        rect.quad.h = size;
    } else {
        rect.quad.x = r.x + from;
        rect.quad.w = size;
    }
    heed_gl_canvas_add_rect(shapes->canvas, &rect);
}

void heed_gl_shapes_gradient(const struct heed_gl_shapes *shapes,
                             const struct heed_item_gradient *item)
{
    const struct heed_rect r = item->rect;
    const float numbers[] = {r.x, r.y, r.w, r.h, item->radius};
    if (!is_sound(numbers, 5) || !(r.w > 0.0f) || !(r.h > 0.0f) || item->n_stops < 1 ||
        !item->stops || !can_see(shapes->canvas, r.x, r.y, r.x + r.w, r.y + r.h)) {
        return;
    }
    const int n = item->n_stops > 1 ? item->n_stops - 1 : 1;
    const float grow = is_on_pixels(r) ? 0.0f : 1.0f;
    for (int i = 0; i < n; i++) {
        add_gradient_part(shapes, item, i, n, grow);
    }
}

void heed_gl_shapes_triangle(const struct heed_gl_shapes *shapes,
                             const struct heed_item_triangle *t)
{
    struct heed_gl_mesh *mesh = &shapes->canvas->mesh;
    const size_t vertex = mesh->n_vertices, index = mesh->n_indices;
    const float xy[] = {t->x0, t->y0, t->x1, t->y1, t->x2, t->y2};
    if (is_sound(xy, 6) && t->fill.a > 0.0f &&
        can_see(shapes->canvas, fminf(t->x0, fminf(t->x1, t->x2)),
                fminf(t->y0, fminf(t->y1, t->y2)), fmaxf(t->x0, fmaxf(t->x1, t->x2)),
                fmaxf(t->y0, fmaxf(t->y1, t->y2)))) {
        heed_gl_mesh_triangle(mesh, t);
        heed_gl_canvas_add_mesh(shapes->canvas, vertex, index);
    }
}

void heed_gl_shapes_stroke(const struct heed_gl_shapes *shapes, const struct heed_item *item)
{
    struct heed_gl_mesh *mesh = &shapes->canvas->mesh;
    const size_t vertex = mesh->n_vertices, index = mesh->n_indices;
    const struct heed_gl_clip clip = shapes->canvas->clip;
    const struct heed_rect seen = {(float)clip.x0 - soft, (float)clip.y0 - soft,
                                   (float)(clip.x1 - clip.x0) + 2.0f * soft,
                                   (float)(clip.y1 - clip.y0) + 2.0f * soft};
    struct heed_stroke stroke;
    if (heed_path_set_item(shapes->path, item, 1.0f, seen, &stroke)) {
        heed_gl_mesh_stroke(mesh, shapes->path, &stroke);
        heed_gl_canvas_add_mesh(shapes->canvas, vertex, index);
    }
}
