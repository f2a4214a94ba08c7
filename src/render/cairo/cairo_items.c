#include "render/cairo/cairo_items.h"

#include <math.h>
#include <stdlib.h>

#include "render/cairo/cairo_heatmap.h"
#include "render/cairo/cairo_strokes.h"
#include "render/cairo/cairo_text.h"

struct painter {
    struct heed_pango *pango;
    cairo_t *cr;
    bool vector;
    struct heed_raster *raster;           /* of pixels; made when it is wanted */
    float opacities[HEED_LIST_MAX_DEPTH]; /* of open groups; < 0: a clip */
    int depth;
    bool failed; /* something isn't drawn */
};

static void set_color(cairo_t *cr, struct heed_color color)
{
    cairo_set_source_rgba(cr, (double)color.r, (double)color.g, (double)color.b, (double)color.a);
}

/* Strokes the current path. */
static void stroke_path(cairo_t *cr, const struct heed_stroke *stroke)
{
    if (!(stroke->width > 0) || !(stroke->color.a > 0)) {
        cairo_new_path(cr);
        return;
    }
    const double dash[2] = {(double)stroke->dash_on, (double)stroke->dash_off};
    set_color(cr, stroke->color);
    cairo_set_line_width(cr, (double)stroke->width);
    cairo_set_line_cap(cr, stroke->round_caps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(cr, dash, stroke->dash_on > 0 ? 2 : 0, 0);
    cairo_stroke(cr);
}

static void draw_rect(cairo_t *cr, const struct heed_item_rect *item)
{
    const double x = (double)item->rect.x;
    const double y = (double)item->rect.y;
    const double w = (double)item->rect.w;
    const double h = (double)item->rect.h;
    const double radius = (double)item->radius;
    if (item->fill.a > 0) {
        set_color(cr, item->fill);
        heed_cairo_rounded(cr, x, y, w, h, radius);
        cairo_fill(cr);
    }
    if (item->stroke.width > 0) {
        struct heed_stroke stroke = item->stroke;
        stroke.width = fminf(stroke.width, fminf(item->rect.w, item->rect.h) / 2);
        const double inset = (double)stroke.width / 2;
        heed_cairo_rounded(cr, x + inset, y + inset, w - 2 * inset, h - 2 * inset, radius - inset);
        stroke_path(cr, &stroke);
    }
}

static void draw_line(cairo_t *cr, const struct heed_item_line *line)
{
    cairo_move_to(cr, (double)line->x0, (double)line->y0);
    cairo_line_to(cr, (double)line->x1, (double)line->y1);
    stroke_path(cr, &line->stroke);
}

static void draw_cubic(cairo_t *cr, const struct heed_item_cubic *cubic)
{
    cairo_move_to(cr, (double)cubic->x0, (double)cubic->y0);
    cairo_curve_to(cr, (double)cubic->x1, (double)cubic->y1, (double)cubic->x2, (double)cubic->y2,
                   (double)cubic->x3, (double)cubic->y3);
    stroke_path(cr, &cubic->stroke);
}

static void draw_arc(cairo_t *cr, const struct heed_item_arc *arc)
{
    cairo_save(cr);
    cairo_translate(cr, (double)arc->cx, (double)arc->cy);
    cairo_scale(cr, (double)arc->rx, (double)arc->ry);
    cairo_new_path(cr); /* text leaves a point that the arc would start from */
    cairo_arc(cr, 0, 0, 1, (double)arc->from, (double)arc->to);
    cairo_restore(cr);
    stroke_path(cr, &arc->stroke);
}

static void draw_triangle(cairo_t *cr, const struct heed_item_triangle *item)
{
    set_color(cr, item->fill);
    cairo_move_to(cr, (double)item->x0, (double)item->y0);
    cairo_line_to(cr, (double)item->x1, (double)item->y1);
    cairo_line_to(cr, (double)item->x2, (double)item->y2);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void draw_gradient(cairo_t *cr, const struct heed_item_gradient *item)
{
    const double x = (double)item->rect.x;
    const double y = (double)item->rect.y;
    const double w = (double)item->rect.w;
    const double h = (double)item->rect.h;
    cairo_pattern_t *pattern = item->vertical ? cairo_pattern_create_linear(x, y + h, x, y)
                                              : cairo_pattern_create_linear(x, y, x + w, y);
    for (int i = 0; i < item->n_stops; i++) {
        const struct heed_color stop = item->stops[i];
        const double at = item->n_stops > 1 ? (double)i / (item->n_stops - 1) : 0;
        cairo_pattern_add_color_stop_rgba(pattern, at, (double)stop.r, (double)stop.g,
                                          (double)stop.b, (double)stop.a);
    }
    cairo_set_source(cr, pattern);
    cairo_pattern_destroy(pattern);
    heed_cairo_rounded(cr, x, y, w, h, (double)item->radius);
    cairo_fill(cr);
}

/* A clip that holds rect; outwards to whole pixels for groups, whose bounds
 * must not cut what they hold. */
static void clip_to(cairo_t *cr, struct heed_rect rect)
{
    cairo_rectangle(cr, (double)rect.x, (double)rect.y, (double)rect.w, (double)rect.h);
    cairo_clip(cr);
}

static void open_group(struct painter *painter, const struct heed_item_group *group)
{
    const struct heed_rect b = group->bounds;
    struct heed_rect whole = {floorf(b.x), floorf(b.y), 0, 0};
    whole.w = ceilf(b.x + b.w) - whole.x;
    whole.h = ceilf(b.y + b.h) - whole.y;
    cairo_save(painter->cr);
    clip_to(painter->cr, whole);
    cairo_push_group(painter->cr);
    painter->opacities[painter->depth++] = group->opacity;
}

static void close_top(struct painter *painter)
{
    const float opacity = painter->opacities[--painter->depth];
    if (opacity >= 0) {
        cairo_pop_group_to_source(painter->cr);
        cairo_paint_with_alpha(painter->cr, (double)opacity);
    }
    cairo_restore(painter->cr);
}

static void draw_item(struct painter *painter, const struct heed_item *item)
{
    cairo_t *cr = painter->cr;
    switch (item->kind) {
    case HEED_ITEM_RECT:
        draw_rect(cr, &item->as.rect);
        break;
    case HEED_ITEM_LINE:
        draw_line(cr, &item->as.line);
        break;
    case HEED_ITEM_CUBIC:
        draw_cubic(cr, &item->as.cubic);
        break;
    case HEED_ITEM_ARC:
        draw_arc(cr, &item->as.arc);
        break;
    case HEED_ITEM_TRIANGLE:
        draw_triangle(cr, &item->as.triangle);
        break;
    case HEED_ITEM_GRADIENT:
        draw_gradient(cr, &item->as.gradient);
        break;
    case HEED_ITEM_TEXT:
        heed_cairo_draw_text(painter->pango, cr, &item->as.text);
        break;
    case HEED_ITEM_HEATMAP:
        heed_cairo_draw_heatmap(cr, &item->as.heatmap, painter->vector);
        break;
    case HEED_ITEM_CLIP:
        cairo_save(cr);
        clip_to(cr, item->as.clip);
        painter->opacities[painter->depth++] = -1;
        break;
    case HEED_ITEM_GROUP:
        open_group(painter, &item->as.group);
        break;
    case HEED_ITEM_UNCLIP:
    case HEED_ITEM_UNGROUP:
        close_top(painter);
        break;
    case HEED_ITEM_HOTSPOT:
        break;
    }
}

/* Draws the many strokes that begin at i at once; how many, 0: there are few. */
static size_t draw_strokes(struct painter *painter, const struct heed_list *list, size_t i)
{
    const size_t n = painter->vector ? 0 : heed_cairo_count_strokes(list, i);
    if (n > 0 && !painter->raster) {
        painter->raster = calloc(1, sizeof *painter->raster);
    }
    /* Not one by one without memory: cairo's pixels are a little different. */
    painter->failed =
        painter->failed ||
        (n > 0 && !(painter->raster &&
                    heed_cairo_draw_strokes(painter->cr, painter->raster, &list->items[i], n)));
    return n;
}

bool heed_cairo_draw_list(struct heed_pango *pango, cairo_t *cr, const struct heed_list *list,
                          bool vector)
{
    struct painter painter = {.pango = pango, .cr = cr, .vector = vector};
    if (list->background.a > 0) {
        set_color(cr, list->background);
        cairo_paint(cr);
    }
    for (size_t i = 0; i < list->n_items;) {
        const size_t drawn = draw_strokes(&painter, list, i);
        if (drawn == 0) {
            draw_item(&painter, &list->items[i]);
        }
        i += drawn > 0 ? drawn : 1;
    }
    while (painter.depth > 0) {
        close_top(&painter);
    }
    if (painter.raster) {
        heed_raster_finish(painter.raster);
        free(painter.raster);
    }
    return !painter.failed;
}
