#include "render/gl/gl_painter.h"

#include <epoxy/gl.h>
#include <math.h>
#include <stdlib.h>

#include "render/gl/gl_bounds.h"
#include "render/gl/gl_canvas.h"
#include "render/gl/gl_changes.h"
#include "render/gl/gl_groups.h"
#include "render/gl/gl_heatmaps.h"
#include "render/gl/gl_shapes.h"
#include "render/gl/gl_text.h"
#include "render/raster/raster.h"

enum {
    MAX_CLIPS = 64,         /* deeper ones are left out */
    MAX_GROUPS = 12,        /* likewise */
    MAX_VERTICES = 1 << 19, /* collected before they are drawn */
    MAX_GROUP_SIDE = 8192
};

struct open_group {
    struct heed_gl_group *group; /* NULL: painted straight */
    float opacity;
    struct heed_gl_clip outer_clip, outer_place;
    int n_clips; /* when it began */
    bool has_key;
};

struct heed_gl_painter {
    struct heed_gl_lines *lines;
    struct heed_gl_atlas *atlas;
    struct heed_gl_heatmaps heatmaps;
    struct heed_gl_groups groups;
    struct heed_gl_canvas canvas;
    struct heed_gl_text text;
    struct heed_gl_shapes shapes;
    struct heed_path path; /* of the stroke in hand */
    struct heed_raster raster;
    struct heed_gl_changes changes;
    uint64_t n_pixels; /* painted, of all pictures */
    /* Of the picture in hand: */
    const struct heed_gl_entry *entries;  /* of the list's items; or NULL */
    struct heed_gl_clip place;            /* the part that is painted */
    struct heed_gl_clip clip;             /* of the list; canvas.clip: in both */
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
    painter->canvas.atlas_textures[0] = heed_gl_atlas_get_texture(painter->atlas, false);
    painter->canvas.atlas_textures[1] = heed_gl_atlas_get_texture(painter->atlas, true);
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
    if (version < (epoxy_is_desktop_gl() ? 33 : 30)) {
        return heed_error_set(
            err, HEED_ERROR_SYSTEM,
            "OpenGL 3.3 or OpenGL ES 3.0 is needed, but this display has %s%d.%d; try "
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
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for the window");
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
    painter->shapes = (struct heed_gl_shapes){&painter->canvas, &painter->path};
    painter->heatmaps.now = 1;
    painter->groups.now = 1;
    *out = painter;
    return true;
}

void heed_gl_painter_rest(struct heed_gl_painter *painter)
{
    heed_gl_lines_rest(painter->lines);
    heed_gl_canvas_rest(&painter->canvas);
    heed_gl_groups_finish(&painter->groups);
    heed_gl_heatmaps_finish(&painter->heatmaps);
    heed_path_finish(&painter->path);
    heed_raster_finish(&painter->raster);
}

void heed_gl_painter_destroy(struct heed_gl_painter *painter)
{
    if (!painter) {
        return;
    }
    heed_gl_groups_finish(&painter->groups);
    heed_gl_heatmaps_finish(&painter->heatmaps);
    heed_path_finish(&painter->path);
    heed_raster_finish(&painter->raster);
    heed_gl_canvas_finish(&painter->canvas);
    heed_gl_changes_finish(&painter->changes);
    heed_gl_atlas_destroy(painter->atlas);
    heed_gl_lines_destroy(painter->lines);
    free(painter);
}

const struct heed_metrics *heed_gl_painter_get_metrics(struct heed_gl_painter *painter)
{
    return heed_gl_lines_get_metrics(painter->lines);
}

static void set_clip(struct heed_gl_painter *painter, struct heed_gl_clip clip)
{
    painter->clip = clip;
    painter->canvas.clip = heed_gl_clip_intersect(clip, painter->place);
}

static void paint_heatmap(struct heed_gl_painter *painter, const struct heed_item_heatmap *item)
{
    const struct heed_rect r = item->rect;
    const struct heed_gl_clip box =
        heed_gl_bounds_group((struct heed_rect){r.x - 1, r.y - 1, r.w + 2, r.h + 2});
    if (!heed_gl_clip_meets(box, painter->canvas.clip)) {
        return;
    }
    bool is_full;
    const struct heed_gl_cells *cells = heed_gl_heatmaps_get(&painter->heatmaps, item, &is_full);
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
    painter->clips[painter->n_clips++] = painter->clip;
    set_clip(painter, heed_gl_clip_intersect(painter->clip, heed_gl_bounds_clip(rect)));
}

static void pop_clip(struct heed_gl_painter *painter)
{
    const int floor = painter->n_open > 0 ? painter->open[painter->n_open - 1].n_clips : 0;
    if (painter->clips_left_out > 0) {
        painter->clips_left_out--;
    } else if (painter->n_clips > floor) {
        set_clip(painter, painter->clips[--painter->n_clips]);
    }
}

static void add_group_image(struct heed_gl_painter *painter, const struct heed_gl_group *group,
                            float opacity)
{
    const struct heed_rect rect = {(float)group->x, (float)group->y, (float)group->width,
                                   (float)group->height};
    heed_gl_canvas_add_image(&painter->canvas, group->texture, rect, opacity);
}

/* The part of a group that is painted: all of it, so that its picture can be
 * kept, unless that is far more than can be seen (*key is then 0). */
static struct heed_gl_clip group_area(const struct heed_gl_painter *painter,
                                      const struct heed_item_group *item, uint64_t *key)
{
    const struct heed_gl_clip area = heed_gl_bounds_group(item->bounds);
    const struct heed_gl_target *whole = &painter->canvas.targets[0];
    *key = item->key;
    if (area.x1 - area.x0 > MAX_GROUP_SIDE || area.y1 - area.y0 > MAX_GROUP_SIDE ||
        heed_gl_clip_area(area) / 4 > (long)whole->width * whole->height) {
        *key = 0;
    }
    return *key == 0 ? heed_gl_clip_intersect(area, painter->canvas.clip) : area;
}

/* True if the items between i and the group's end are strokes only. */
static bool is_of_strokes(const struct heed_list *list, size_t i, size_t end)
{
    for (i++; i < end; i++) {
        const enum heed_item_kind kind = list->items[i].kind;
        if (kind != HEED_ITEM_LINE && kind != HEED_ITEM_CUBIC && kind != HEED_ITEM_ARC) {
            return false;
        }
    }
    return true;
}

/* The strokes between i and end drawn by the processor; NULL without memory. */
static const uint8_t *draw_strokes(struct heed_gl_painter *painter, const struct heed_list *list,
                                   size_t i, size_t end, struct heed_gl_clip area)
{
    const struct heed_raster_picture picture = {
        .items = &list->items[i + 1],
        .n = end - i - 1,
        .scale = 1.0f,
        .x = area.x0,
        .y = area.y0,
        .width = area.x1 - area.x0,
        .height = area.y1 - area.y0,
    };
    return heed_raster_draw(&painter->raster, &picture);
}

/* A group with a key and of strokes only: the part of it that can be seen. */
static void paint_strokes(struct heed_gl_painter *painter, const struct heed_list *list, size_t i,
                          size_t end)
{
    const struct heed_item_group *item = &list->items[i].as.group;
    const struct heed_gl_clip area =
        heed_gl_clip_intersect(painter->clip, heed_gl_bounds_group(item->bounds));
    bool is_painted = false;
    struct heed_gl_group *group =
        heed_gl_groups_get(&painter->groups, item->key, area.x0, area.y0, area.x1 - area.x0,
                           area.y1 - area.y0, &is_painted);
    if (!group) {
        return;
    }
    if (!is_painted) {
        const uint8_t *bytes = draw_strokes(painter, list, i, end, area);
        if (!bytes) {
            painter->canvas.failed = true;
            group->key = 0;
            return;
        }
        heed_gl_groups_send(&painter->groups, group, bytes);
    }
    add_group_image(painter, group, fminf(item->opacity, 1.0f));
}

/* Paints what follows into the group's own picture. */
static void enter_group(struct heed_gl_painter *painter, const struct heed_gl_group *group,
                        struct heed_gl_clip area)
{
    const struct heed_gl_target target = {group->framebuffer, area.x0, area.y0, area.x1 - area.x0,
                                          area.y1 - area.y0};
    heed_gl_canvas_push(&painter->canvas, target);
    painter->place = area;
    set_clip(painter, area);
}

/* Returns the index of the last item that it dealt with. */
static size_t begin_group(struct heed_gl_painter *painter, const struct heed_list *list, size_t i)
{
    const struct heed_item_group *item = &list->items[i].as.group;
    const float opacity = fminf(item->opacity, 1.0f);
    if (painter->n_open == MAX_GROUPS) {
        painter->groups_left_out++;
        return i;
    }
    uint64_t key = 0;
    const struct heed_gl_clip area = group_area(painter, item, &key);
    const size_t end = heed_gl_changes_group_end(list, i);
    if (!(opacity > 0.0f) || !heed_gl_clip_meets(area, painter->canvas.clip)) {
        return end;
    }
    if (item->key != 0 && is_of_strokes(list, i, end)) {
        paint_strokes(painter, list, i, end);
        return end;
    }
    struct open_group *open = &painter->open[painter->n_open++];
    *open = (struct open_group){
        .opacity = opacity,
        .outer_clip = painter->clip,
        .outer_place = painter->place,
        .n_clips = painter->n_clips,
        .has_key =
            item->key != 0 || (painter->n_open > 1 && painter->open[painter->n_open - 2].has_key),
    };
    if (opacity >= 1.0f && key == 0) {
        return i; /* nothing to keep and nothing to blend: straight */
    }
    bool is_painted = false;
    open->group = heed_gl_groups_get(&painter->groups, key, area.x0, area.y0, area.x1 - area.x0,
                                     area.y1 - area.y0, &is_painted);
    if (open->group && is_painted) {
        add_group_image(painter, open->group, opacity);
        painter->n_open--;
        return end;
    }
    if (open->group) {
        enter_group(painter, open->group, area);
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
    painter->place = open->outer_place;
    set_clip(painter, open->outer_clip);
    painter->n_clips = open->n_clips;
    if (open->group) {
        heed_gl_canvas_pop(&painter->canvas);
        add_group_image(painter, open->group, open->opacity);
    }
}

/* True if the item paints nothing in this place. */
static bool is_elsewhere(const struct heed_gl_painter *painter, size_t i)
{
    if (!painter->entries || (painter->n_open > 0 && painter->open[painter->n_open - 1].has_key)) {
        return false; /* not known */
    }
    const struct heed_gl_entry *entry = &painter->entries[i];
    return entry->hash == 0 || !heed_gl_clip_meets(entry->box, painter->place);
}

static void paint_shape(struct heed_gl_painter *painter, const struct heed_item *item)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        heed_gl_shapes_rect(&painter->shapes, &item->as.rect);
        break;
    case HEED_ITEM_LINE:
    case HEED_ITEM_CUBIC:
    case HEED_ITEM_ARC:
        heed_gl_shapes_stroke(&painter->shapes, item);
        break;
    case HEED_ITEM_TRIANGLE:
        heed_gl_shapes_triangle(&painter->shapes, &item->as.triangle);
        break;
    case HEED_ITEM_GRADIENT:
        heed_gl_shapes_gradient(&painter->shapes, &item->as.gradient);
        break;
    case HEED_ITEM_TEXT:
        heed_gl_text_add(&painter->text, &item->as.text);
        break;
    case HEED_ITEM_HEATMAP:
        paint_heatmap(painter, &item->as.heatmap);
        break;
    default:
        break;
    }
}

/* Returns the index of the last item that it dealt with. */
static size_t paint_item(struct heed_gl_painter *painter, const struct heed_list *list, size_t i)
{
    const struct heed_item *item = &list->items[i];
    switch (item->kind) {
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
    default:
        if (!is_elsewhere(painter, i)) {
            paint_shape(painter, item);
        }
        break;
    }
    return i;
}

/* Paints one place of the picture, all of it. */
static void paint_place(struct heed_gl_painter *painter, const struct heed_list *list,
                        struct heed_gl_target target, struct heed_gl_clip place)
{
    advance(painter);
    heed_gl_groups_advance(&painter->groups);
    painter->n_pixels += (uint64_t)heed_gl_clip_area(place);
    painter->n_clips = painter->clips_left_out = 0;
    painter->n_open = painter->groups_left_out = 0;
    painter->place = place;
    set_clip(painter, (struct heed_gl_clip){0, 0, target.width, target.height});
    heed_gl_canvas_begin(&painter->canvas, target, list->background);
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
}

static bool paint_places(struct heed_gl_painter *painter, const struct heed_list *list, int width,
                         int height, const struct heed_gl_clip *places, int n_places,
                         struct heed_error *err)
{
    GLint framebuffer = 0;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer);
    const struct heed_gl_target target = {(GLuint)framebuffer, 0, 0, width, height};
    painter->canvas.failed = false;
    for (int i = 0; i < n_places; i++) {
        paint_place(painter, list, target, places[i]);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, (GLuint)framebuffer);
    if (painter->canvas.failed) {
        heed_gl_changes_forget(&painter->changes);
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to draw the picture");
    }
    return true;
}

bool heed_gl_painter_paint(struct heed_gl_painter *painter, const struct heed_list *list, int width,
                           int height, struct heed_error *err)
{
    const struct heed_gl_clip whole = {0, 0, width, height};
    heed_gl_changes_forget(&painter->changes);
    painter->entries = NULL;
    return width < 1 || height < 1 || paint_places(painter, list, width, height, &whole, 1, err);
}

bool heed_gl_painter_repaint(struct heed_gl_painter *painter, const struct heed_list *list,
                             int width, int height, struct heed_error *err)
{
    if (width < 1 || height < 1) {
        return true;
    }
    struct heed_gl_changes *changes = &painter->changes;
    heed_gl_changes_find(changes, list, width, height, painter->lines);
    painter->entries = changes->now;
    return paint_places(painter, list, width, height, changes->places, changes->n_places, err);
}

struct heed_gl_canvas *heed_gl_painter_get_canvas(struct heed_gl_painter *painter)
{
    return &painter->canvas;
}

void heed_gl_painter_forget(struct heed_gl_painter *painter)
{
    heed_gl_changes_forget(&painter->changes);
}

struct heed_gl_work heed_gl_painter_get_work(const struct heed_gl_painter *painter)
{
    return (struct heed_gl_work){
        .pixels = painter->n_pixels,
        .heatmap_bytes = painter->heatmaps.n_sent,
        .group_bytes = painter->groups.n_sent,
    };
}
