#include "render/gl/gl_painter.h"

#include <epoxy/gl.h>
#include <math.h>
#include <stdlib.h>

#include "render/gl/gl_canvas.h"
#include "render/gl/gl_groups.h"
#include "render/gl/gl_heatmaps.h"
#include "render/gl/gl_raster.h"
#include "render/gl/gl_text.h"

enum {
    MAX_CLIPS = 64,         /* deeper ones are left out */
    MAX_GROUPS = 12,        /* likewise */
    MAX_VERTICES = 1 << 19, /* collected before they are drawn */
    BLOCK_AREA = 1 << 14,   /* px from which a plain rectangle is a clear */
    MAX_GROUP_SIDE = 8192
};

/* Coordinates beyond this are nonsense, and floats there lose pixels. */
static const float max_coordinate = 1e6f;

struct open_group {
    struct heed_gl_group *group; /* NULL: painted straight */
    float opacity;
    struct heed_gl_clip outer_clip;
    int n_clips; /* when it began */
};

struct heed_gl_painter {
    struct heed_gl_lines *lines;
    struct heed_gl_atlas *atlas;
    struct heed_gl_heatmaps heatmaps;
    struct heed_gl_groups groups;
    struct heed_gl_canvas canvas;
    struct heed_gl_text text;
    struct heed_gl_path path; /* of the stroke in hand */
    struct heed_gl_raster raster;
    /* Of the picture in hand: */
    struct heed_gl_clip clips[MAX_CLIPS]; /* to return to */
    int n_clips, clips_left_out;
    struct open_group open[MAX_GROUPS];
    int n_open, groups_left_out;
};

static void advance(struct heed_gl_painter *painter)
{
    heed_gl_atlas_advance(painter->atlas);
    heed_gl_heatmaps_advance(&painter->heatmaps);
}

static void flush(struct heed_gl_painter *painter)
{
    painter->canvas.atlas_textures[0] =
        heed_gl_atlas_get_texture(painter->atlas, false);
    painter->canvas.atlas_textures[1] =
        heed_gl_atlas_get_texture(painter->atlas, true);
    heed_gl_canvas_flush(&painter->canvas);
}

static void make_room(void *context)
{
    flush(context);
    advance(context);
}

static bool check_version(struct heed_error *err)
{
    const int version = epoxy_gl_version();
    if (!epoxy_is_desktop_gl() || version < 33) {
        return heed_error_set(
            err, HEED_ERROR_SYSTEM,
            "OpenGL 3.3 is needed, but this display has %s%d.%d; try "
            "LIBGL_ALWAYS_SOFTWARE=1",
            epoxy_is_desktop_gl() ? "" : "OpenGL ES ", version / 10, version % 10);
    }
    return true;
}

bool heed_gl_painter_create(struct heed_gl_painter **out, struct heed_error *err)
{
    if (!check_version(err)) {
        return false;
    }
    struct heed_gl_painter *painter = calloc(1, sizeof *painter);
    if (!painter) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "not enough memory for the window");
    }
    if (!heed_gl_lines_create(&painter->lines, err) ||
        !heed_gl_atlas_create(&painter->atlas, err) ||
        !heed_gl_canvas_init(&painter->canvas, err)) {
        heed_gl_painter_destroy(painter);
        return false;
    }
    painter->text = (struct heed_gl_text){
        .lines = painter->lines,
        .atlas = painter->atlas,
        .canvas = &painter->canvas,
        .make_room = make_room,
        .context = painter,
    };
    painter->heatmaps.now = 1;
    painter->groups.now = 1;
    *out = painter;
    return true;
}

void heed_gl_painter_destroy(struct heed_gl_painter *painter)
{
    if (!painter) {
        return;
    }
    heed_gl_canvas_finish(&painter->canvas);
    heed_gl_groups_finish(&painter->groups);
    heed_gl_path_finish(&painter->path);
    heed_gl_raster_finish(&painter->raster);
    heed_gl_heatmaps_finish(&painter->heatmaps);
    heed_gl_atlas_destroy(painter->atlas);
    heed_gl_lines_destroy(painter->lines);
    free(painter);
}

const struct heed_metrics *heed_gl_painter_get_metrics(struct heed_gl_painter *painter)
{
    return heed_gl_lines_get_metrics(painter->lines);
}

static bool is_sound(const float *numbers, int n)
{
    for (int i = 0; i < n; i++) {
        if (!(fabsf(numbers[i]) <= max_coordinate)) { /* NaN too */
            return false;
        }
    }
    return true;
}

static int to_pixel(float x)
{
    return (int)floorf(fminf(fmaxf(x, -max_coordinate), max_coordinate) + 0.5f);
}

static struct heed_gl_clip to_clip(struct heed_rect rect)
{
    if (!isfinite(rect.x + rect.w) || !isfinite(rect.y + rect.h)) {
        return (struct heed_gl_clip){0};
    }
    return (struct heed_gl_clip){to_pixel(rect.x), to_pixel(rect.y),
                                 to_pixel(rect.x + rect.w),
                                 to_pixel(rect.y + rect.h)};
}

static struct heed_gl_clip intersect(struct heed_gl_clip a, struct heed_gl_clip b)
{
    const struct heed_gl_clip c = {
        a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0,
        a.x1 < b.x1 ? a.x1 : b.x1, a.y1 < b.y1 ? a.y1 : b.y1};
    return c.x0 < c.x1 && c.y0 < c.y1 ? c : (struct heed_gl_clip){0};
}

/* True if anything between these corners can lie inside the clip. */
static bool can_see(const struct heed_gl_painter *painter, float x0, float y0,
                    float x1, float y1)
{
    const struct heed_gl_clip clip = painter->canvas.clip;
    return fmaxf(x0, x1) > (float)clip.x0 - 1.0f &&
           fminf(x0, x1) < (float)clip.x1 + 1.0f &&
           fmaxf(y0, y1) > (float)clip.y0 - 1.0f &&
           fminf(y0, y1) < (float)clip.y1 + 1.0f;
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
    if (!(rect->w > 0.0f) || !(rect->h > 0.0f) || !isfinite(rect->x) ||
        !isfinite(rect->y) || !isfinite(x1) || !isfinite(y1)) {
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

static void add_shape(struct heed_gl_painter *painter,
                      const struct heed_item_rect *item)
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
        heed_gl_canvas_add_rect(&painter->canvas, &rect);
    }
}

static void paint_rect(struct heed_gl_painter *painter,
                       const struct heed_item_rect *original)
{
    struct heed_item_rect bounded = *original;
    const struct heed_item_rect *item = &bounded;
    const bool ok = bound_rect(&bounded.rect);
    const struct heed_rect r = bounded.rect;
    if (!ok || !is_sound(&item->radius, 1) || !is_sound(&item->stroke.width, 1) ||
        !can_see(painter, r.x, r.y, r.x + r.w, r.y + r.h)) {
        return;
    }
    const bool has_stroke =
        item->stroke.width > 0.0f && item->stroke.color.a > 0.0f;
    if (item->fill.a >= 1.0f && item->radius <= 0.0f && !has_stroke &&
        r.w * r.h >= (float)BLOCK_AREA && is_on_pixels(r)) {
        heed_gl_canvas_add_block(&painter->canvas, to_clip(r), item->fill);
        return;
    }
    add_shape(painter, item);
    if (has_stroke && item->stroke.dash_on > 0.0f) {
        struct heed_gl_mesh *mesh = &painter->canvas.mesh;
        const size_t vertex = mesh->n_vertices, index = mesh->n_indices;
        if (heed_gl_path_set_outline(&painter->path, item)) {
            heed_gl_mesh_stroke(mesh, &painter->path, &item->stroke);
        }
        heed_gl_canvas_add_mesh(&painter->canvas, vertex, index);
    }
}

static struct heed_color extend_color(struct heed_color a, struct heed_color b,
                                      float t)
{
    return (struct heed_color){a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t,
                               a.b + (b.b - a.b) * t, a.a + (b.a - a.a) * t};
}

/* The part between two stops; at the ends it reaches `grow` px further, for
 * an edge that lies between pixels. */
static void add_gradient_part(struct heed_gl_painter *painter,
                              const struct heed_item_gradient *item, int i,
                              int n, float grow)
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
    heed_gl_canvas_add_rect(&painter->canvas, &rect);
}

static void paint_gradient(struct heed_gl_painter *painter,
                           const struct heed_item_gradient *item)
{
    const struct heed_rect r = item->rect;
    if (!is_sound(&r.x, 4) || !(r.w > 0.0f) || !(r.h > 0.0f) ||
        item->n_stops < 1 || !item->stops || !is_sound(&item->radius, 1) ||
        !can_see(painter, r.x, r.y, r.x + r.w, r.y + r.h)) {
        return;
    }
    const int n = item->n_stops > 1 ? item->n_stops - 1 : 1;
    const float grow = is_on_pixels(r) ? 0.0f : 1.0f;
    for (int i = 0; i < n; i++) {
        add_gradient_part(painter, item, i, n, grow);
    }
}

static bool is_sound_stroke(const struct heed_stroke *stroke)
{
    return is_sound(&stroke->width, 1) && is_sound(&stroke->dash_on, 1) &&
           is_sound(&stroke->dash_off, 1);
}

static bool path_line(struct heed_gl_painter *painter,
                      const struct heed_item_line *line)
{
    const float w = line->stroke.width;
    return is_sound(&line->x0, 4) && is_sound_stroke(&line->stroke) &&
           can_see(painter, fminf(line->x0, line->x1) - w,
                   fminf(line->y0, line->y1) - w, fmaxf(line->x0, line->x1) + w,
                   fmaxf(line->y0, line->y1) + w) &&
           heed_gl_path_set_line(&painter->path, line);
}

static bool path_cubic(struct heed_gl_painter *painter,
                       const struct heed_item_cubic *c)
{
    if (!is_sound(&c->x0, 8) || !is_sound_stroke(&c->stroke)) {
        return false;
    }
    const float w = c->stroke.width;
    const float x0 = fminf(fminf(c->x0, c->x1), fminf(c->x2, c->x3)) - w;
    const float x1 = fmaxf(fmaxf(c->x0, c->x1), fmaxf(c->x2, c->x3)) + w;
    const float y0 = fminf(fminf(c->y0, c->y1), fminf(c->y2, c->y3)) - w;
    const float y1 = fmaxf(fmaxf(c->y0, c->y1), fmaxf(c->y2, c->y3)) + w;
    return can_see(painter, x0, y0, x1, y1) &&
           heed_gl_path_set_cubic(&painter->path, c);
}

static bool path_arc(struct heed_gl_painter *painter,
                     const struct heed_item_arc *arc)
{
    if (!is_sound(&arc->cx, 6) || !is_sound_stroke(&arc->stroke)) {
        return false;
    }
    const float rx = arc->rx + arc->stroke.width;
    const float ry = arc->ry + arc->stroke.width;
    return can_see(painter, arc->cx - rx, arc->cy - ry, arc->cx + rx, arc->cy + ry) &&
           heed_gl_path_set_arc(&painter->path, arc);
}

/* Fills the path with what a stroke follows; NULL if there is nothing of the
 * item to be seen. */
static const struct heed_stroke *path_item(struct heed_gl_painter *painter,
                                           const struct heed_item *item)
{
    switch (item->kind) {
    case HEED_ITEM_LINE:
        return path_line(painter, &item->as.line) ? &item->as.line.stroke : NULL;
    case HEED_ITEM_CUBIC:
        return path_cubic(painter, &item->as.cubic) ? &item->as.cubic.stroke : NULL;
    case HEED_ITEM_ARC:
        return path_arc(painter, &item->as.arc) ? &item->as.arc.stroke : NULL;
    default:
        return NULL;
    }
}

static void paint_heatmap(struct heed_gl_painter *painter,
                          const struct heed_item_heatmap *item)
{
    const struct heed_rect r = item->rect;
    const struct heed_values *values = &item->values;
    if (!is_sound(&r.x, 4) || !(r.w > 0.0f) || !(r.h > 0.0f) || item->row < 0 ||
        item->column < 0 || item->rows < 1 || item->columns < 1 ||
        item->rows > values->n_rows - item->row ||
        item->columns > values->n_columns - item->column ||
        !can_see(painter, r.x, r.y, r.x + r.w, r.y + r.h)) {
        return;
    }
    bool is_full;
    const struct heed_gl_cells *cells =
        heed_gl_heatmaps_get(&painter->heatmaps, item, &is_full);
    if (!cells && is_full) {
        make_room(painter);
        cells = heed_gl_heatmaps_get(&painter->heatmaps, item, &is_full);
    }
    if (cells) {
        heed_gl_canvas_add_heatmap(&painter->canvas, cells);
    }
}

static void push_clip(struct heed_gl_painter *painter, struct heed_rect rect)
{
    if (painter->n_clips == MAX_CLIPS) {
        painter->clips_left_out++;
        return;
    }
    painter->clips[painter->n_clips++] = painter->canvas.clip;
    painter->canvas.clip = intersect(painter->canvas.clip, to_clip(rect));
}

static void pop_clip(struct heed_gl_painter *painter)
{
    const int floor =
        painter->n_open > 0 ? painter->open[painter->n_open - 1].n_clips : 0;
    if (painter->clips_left_out > 0) {
        painter->clips_left_out--;
    } else if (painter->n_clips > floor) {
        painter->canvas.clip = painter->clips[--painter->n_clips];
    }
}

/* The index of the UNGROUP that ends the group at i, or the list's end. */
static size_t find_end(const struct heed_list *list, size_t i)
{
    int depth = 0;
    for (; i < list->n_items; i++) {
        depth += list->items[i].kind == HEED_ITEM_GROUP;
        depth -= list->items[i].kind == HEED_ITEM_UNGROUP;
        if (depth == 0) {
            return i;
        }
    }
    return list->n_items;
}

static void add_group_image(struct heed_gl_painter *painter,
                            const struct heed_gl_group *group, float opacity)
{
    const struct heed_rect rect = {(float)group->x, (float)group->y,
                                   (float)group->width, (float)group->height};
    heed_gl_canvas_add_image(&painter->canvas, group->texture, rect, opacity);
}

static struct heed_gl_clip group_bounds(struct heed_rect b)
{
    if (!is_sound(&b.x, 4)) {
        return (struct heed_gl_clip){0};
    }
    return (struct heed_gl_clip){(int)floorf(b.x), (int)floorf(b.y),
                                 (int)ceilf(b.x + b.w), (int)ceilf(b.y + b.h)};
}

/* The part of a group that is painted: all of it, so that its picture can be
 * kept, unless that is far more than can be seen (*key is then 0). */
static struct heed_gl_clip group_area(const struct heed_gl_painter *painter,
                                      const struct heed_item_group *item,
                                      uint64_t *key)
{
    const struct heed_gl_clip area = group_bounds(item->bounds);
    const struct heed_gl_target *whole = &painter->canvas.targets[0];
    *key = item->key;
    if (area.x1 - area.x0 > MAX_GROUP_SIDE || area.y1 - area.y0 > MAX_GROUP_SIDE ||
        (area.x1 - area.x0) * (area.y1 - area.y0) / 4 >
            whole->width * whole->height) {
        *key = 0;
    }
    return *key == 0 ? intersect(area, painter->canvas.clip) : area;
}

/* True if the items between i and the group's end are strokes only. */
static bool is_of_strokes(const struct heed_list *list, size_t i, size_t end)
{
    for (i++; i < end; i++) {
        const enum heed_item_kind kind = list->items[i].kind;
        if (kind != HEED_ITEM_LINE && kind != HEED_ITEM_CUBIC &&
            kind != HEED_ITEM_ARC) {
            return false;
        }
    }
    return true;
}

/* A group with a key and of strokes only: the part of it that can be seen. */
static void paint_strokes(struct heed_gl_painter *painter,
                          const struct heed_list *list, size_t i, size_t end)
{
    const struct heed_item_group *item = &list->items[i].as.group;
    const struct heed_gl_clip outer = painter->canvas.clip;
    const struct heed_gl_clip area = intersect(outer, group_bounds(item->bounds));
    const int width = area.x1 - area.x0, height = area.y1 - area.y0;
    bool is_painted = false;
    struct heed_gl_group *group =
        heed_gl_groups_get(&painter->groups, item->key, area.x0, area.y0, width,
                           height, &is_painted);
    if (!group) {
        return;
    }
    if (!is_painted) {
        struct heed_gl_raster *raster = &painter->raster;
        bool ok = heed_gl_raster_begin(raster, area.x0, area.y0, width, height);
        painter->canvas.clip = area;
        for (size_t k = i + 1; ok && k < end; k++) {
            const struct heed_stroke *stroke = path_item(painter, &list->items[k]);
            ok = !stroke || heed_gl_raster_stroke(raster, &painter->path, stroke);
        }
        painter->canvas.clip = outer;
        const uint8_t *bytes = ok ? heed_gl_raster_get(raster) : NULL;
        if (!bytes) {
            painter->canvas.failed = true;
            group->key = 0;
            return;
        }
        heed_gl_groups_send(group, bytes);
    }
    add_group_image(painter, group, fminf(item->opacity, 1.0f));
}

/* Returns the index of the last item that it dealt with. */
static size_t begin_group(struct heed_gl_painter *painter,
                          const struct heed_list *list, size_t i)
{
    const struct heed_item_group *item = &list->items[i].as.group;
    const float opacity = fminf(item->opacity, 1.0f);
    if (painter->n_open == MAX_GROUPS) {
        painter->groups_left_out++;
        return i;
    }
    uint64_t key = 0;
    const struct heed_gl_clip area = group_area(painter, item, &key);
    const bool seen = can_see(painter, item->bounds.x, item->bounds.y,
                              item->bounds.x + item->bounds.w,
                              item->bounds.y + item->bounds.h);
    if (!(opacity > 0.0f) || !seen || area.x1 <= area.x0 || area.y1 <= area.y0) {
        return find_end(list, i);
    }
    const size_t end = find_end(list, i);
    if (item->key != 0 && is_of_strokes(list, i, end)) {
        paint_strokes(painter, list, i, end);
        return end;
    }
    struct open_group *open = &painter->open[painter->n_open++];
    *open = (struct open_group){
        .opacity = opacity,
        .outer_clip = painter->canvas.clip,
        .n_clips = painter->n_clips,
    };
    if (opacity >= 1.0f && key == 0) {
        return i; /* nothing to keep and nothing to blend: straight */
    }
    bool is_painted = false;
    open->group =
        heed_gl_groups_get(&painter->groups, key, area.x0, area.y0,
                           area.x1 - area.x0, area.y1 - area.y0, &is_painted);
    if (open->group && is_painted) {
        add_group_image(painter, open->group, opacity);
        painter->n_open--;
        return find_end(list, i);
    }
    if (open->group) {
        const struct heed_gl_target target = {open->group->framebuffer, area.x0,
                                              area.y0, area.x1 - area.x0,
                                              area.y1 - area.y0};
        heed_gl_canvas_push(&painter->canvas, target);
        painter->canvas.clip = area;
    }
    return i;
}

static void end_group(struct heed_gl_painter *painter)
{
    if (painter->groups_left_out > 0) {
        painter->groups_left_out--;
        return;
    }
    if (painter->n_open == 0) {
        return;
    }
    const struct open_group *open = &painter->open[--painter->n_open];
    painter->canvas.clip = open->outer_clip;
    painter->n_clips = open->n_clips;
    if (open->group) {
        heed_gl_canvas_pop(&painter->canvas);
        add_group_image(painter, open->group, open->opacity);
    }
}

static void paint_triangle(struct heed_gl_painter *painter,
                           const struct heed_item_triangle *t)
{
    struct heed_gl_mesh *mesh = &painter->canvas.mesh;
    const size_t vertex = mesh->n_vertices, index = mesh->n_indices;
    if (is_sound(&t->x0, 6) && t->fill.a > 0.0f &&
        can_see(painter, fminf(t->x0, fminf(t->x1, t->x2)),
                fminf(t->y0, fminf(t->y1, t->y2)),
                fmaxf(t->x0, fmaxf(t->x1, t->x2)),
                fmaxf(t->y0, fmaxf(t->y1, t->y2)))) {
        heed_gl_mesh_triangle(mesh, t);
        heed_gl_canvas_add_mesh(&painter->canvas, vertex, index);
    }
}

static void paint_stroke(struct heed_gl_painter *painter,
                         const struct heed_item *item)
{
    struct heed_gl_mesh *mesh = &painter->canvas.mesh;
    const size_t vertex = mesh->n_vertices, index = mesh->n_indices;
    const struct heed_stroke *stroke = path_item(painter, item);
    if (stroke) {
        heed_gl_mesh_stroke(mesh, &painter->path, stroke);
        heed_gl_canvas_add_mesh(&painter->canvas, vertex, index);
    }
}

/* Returns the index of the last item that it dealt with. */
static size_t paint_item(struct heed_gl_painter *painter,
                         const struct heed_list *list, size_t i)
{
    const struct heed_item *item = &list->items[i];
    switch (item->kind) {
    case HEED_ITEM_RECT:
        paint_rect(painter, &item->as.rect);
        break;
    case HEED_ITEM_LINE:
    case HEED_ITEM_CUBIC:
    case HEED_ITEM_ARC:
        paint_stroke(painter, item);
        break;
    case HEED_ITEM_TRIANGLE:
        paint_triangle(painter, &item->as.triangle);
        break;
    case HEED_ITEM_GRADIENT:
        paint_gradient(painter, &item->as.gradient);
        break;
    case HEED_ITEM_TEXT:
        heed_gl_text_add(&painter->text, &item->as.text);
        break;
    case HEED_ITEM_HEATMAP:
        paint_heatmap(painter, &item->as.heatmap);
        break;
    case HEED_ITEM_CLIP:
        push_clip(painter, item->as.clip);
        break;
    case HEED_ITEM_UNCLIP:
        pop_clip(painter);
        break;
    case HEED_ITEM_GROUP:
        return begin_group(painter, list, i);
    case HEED_ITEM_UNGROUP:
        end_group(painter);
        break;
    case HEED_ITEM_HOTSPOT:
        break;
    }
    return i;
}

bool heed_gl_painter_paint(struct heed_gl_painter *painter,
                           const struct heed_list *list, int width, int height,
                           struct heed_error *err)
{
    if (width < 1 || height < 1) {
        return true;
    }
    GLint framebuffer = 0;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer);
    const struct heed_gl_target target = {(GLuint)framebuffer, 0, 0, width, height};
    advance(painter);
    heed_gl_groups_advance(&painter->groups);
    painter->n_clips = painter->clips_left_out = 0;
    painter->n_open = painter->groups_left_out = 0;
    heed_gl_canvas_begin(&painter->canvas, target, list->background);
    painter->canvas.clip = (struct heed_gl_clip){0, 0, width, height};
    for (size_t i = 0; i < list->n_items; i++) {
        i = paint_item(painter, list, i);
        if (painter->canvas.mesh.n_vertices > MAX_VERTICES) {
            flush(painter);
        }
    }
    while (painter->n_open > 0) {
        painter->groups_left_out = 0;
        end_group(painter);
    }
    flush(painter);
    glBindFramebuffer(GL_FRAMEBUFFER, (GLuint)framebuffer);
    if (painter->canvas.failed) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "not enough memory to draw the picture");
    }
    return true;
}
