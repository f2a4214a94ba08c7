#include "render/gl/gl_bounds.h"

#include "draw/display_list.h"

#include <math.h>

/* Soft edges and spikes of corners reach so far, px. */
static const float soft = 3.0f;

/* Beyond it nothing can be seen, and ints hold it. */
static const float most = 1e6f;

static float limit(float x)
{
    return fminf(fmaxf(x, -most), most);
}

static int to_pixel(float x)
{
    return (int)floorf(limit(x) + 0.5f);
}

struct heed_gl_clip heed_gl_bounds_clip(struct heed_rect rect)
{
    if (!isfinite(rect.x + rect.w) || !isfinite(rect.y + rect.h)) {
        return (struct heed_gl_clip){0};
    }
    return (struct heed_gl_clip){to_pixel(rect.x), to_pixel(rect.y), to_pixel(rect.x + rect.w),
                                 to_pixel(rect.y + rect.h)};
}

/* What lies between these corners, and `more` px around. */
static struct heed_gl_clip around(float x0, float y0, float x1, float y1, float more)
{
    if (!isfinite(x0 + x1 + y0 + y1 + more)) {
        return (struct heed_gl_clip){0};
    }
    return (struct heed_gl_clip){(int)floorf(limit(x0 - more)), (int)floorf(limit(y0 - more)),
                                 (int)ceilf(limit(x1 + more)), (int)ceilf(limit(y1 + more))};
}

struct heed_gl_clip heed_gl_bounds_group(struct heed_rect b)
{
    return around(b.x, b.y, b.x + b.w, b.y + b.h, 0.0f);
}

static struct heed_gl_clip around_rect(struct heed_rect r)
{
    return around(r.x, r.y, r.x + r.w, r.y + r.h, soft);
}

/* All the given points of a stroke or a triangle. */
static struct heed_gl_clip around_points(const float *xy, int n, float more)
{
    float x0 = xy[0], y0 = xy[1], x1 = xy[0], y1 = xy[1];
    for (int i = 1; i < n; i++) {
        x0 = fminf(x0, xy[2 * i]);
        x1 = fmaxf(x1, xy[2 * i]);
        y0 = fminf(y0, xy[2 * i + 1]);
        y1 = fmaxf(y1, xy[2 * i + 1]);
    }
    return around(x0, y0, x1, y1, more + soft);
}

/* True if no sign of the text is higher than a Latin capital with one accent:
 * Latin, digits, punctuation, arrows and mathematical signs. */
static bool is_low(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at > 0xC9 && *at != 0xE2) { /* from U+0280 on, but U+2xxx */
            return false;
        }
    }
    return true;
}

struct heed_gl_clip heed_gl_bounds_ink(const struct heed_gl_line *line, float size)
{
    const bool low = is_low(line->text);
    const int side = (int)ceilf(size * (low ? 0.5f : 1.0f));
    return (struct heed_gl_clip){-side, -(int)ceilf(size * (low ? 1.25f : 2.0f)),
                                 (int)ceilf(line->width * size) + side,
                                 (int)ceilf(size * (low ? 0.5f : 1.0f))};
}

static struct heed_gl_clip bound_text(const struct heed_item_text *item,
                                      struct heed_gl_lines *lines)
{
    const struct heed_gl_line *line =
        heed_gl_lines_get(lines, item->style, item->text, item->length);
    if (!line) {
        return (struct heed_gl_clip){0};
    }
    const float size = item->style.size;
    const struct heed_gl_clip ink = heed_gl_bounds_ink(line, size);
    const float shift = item->anchor == HEED_ANCHOR_START    ? 0.0f
                        : item->anchor == HEED_ANCHOR_MIDDLE ? 0.5f
                                                             : 1.0f;
    const float left = -shift * line->width * size;
    const float c = cosf(item->angle), s = sinf(item->angle);
    float corners[8];
    for (int i = 0; i < 4; i++) {
        const float x = left + (float)(i & 1 ? ink.x1 : ink.x0);
        const float y = (float)(i & 2 ? ink.y1 : ink.y0);
        corners[2 * i] = item->x + x * c - y * s;
        corners[2 * i + 1] = item->y + x * s + y * c;
    }
    return around_points(corners, 4, 0.0f);
}

static struct heed_gl_clip around_line(const struct heed_item_line *line)
{
    return around(fminf(line->x0, line->x1), fminf(line->y0, line->y1), fmaxf(line->x0, line->x1),
                  fmaxf(line->y0, line->y1), line->stroke.width + soft);
}

static struct heed_gl_clip around_cubic(const struct heed_item_cubic *c)
{
    const float xy[] = {c->x0, c->y0, c->x1, c->y1, c->x2, c->y2, c->x3, c->y3};
    return around_points(xy, 4, c->stroke.width);
}

static struct heed_gl_clip around_triangle(const struct heed_item_triangle *t)
{
    const float xy[] = {t->x0, t->y0, t->x1, t->y1, t->x2, t->y2};
    return around_points(xy, 3, 0.0f);
}

struct heed_gl_clip heed_gl_bounds_item(const struct heed_item *item, struct heed_gl_lines *lines)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        return around_rect(item->as.rect.rect);
    case HEED_ITEM_LINE:
        return around_line(&item->as.line);
    case HEED_ITEM_CUBIC:
        return around_cubic(&item->as.cubic);
    case HEED_ITEM_ARC: {
        const struct heed_item_arc *arc = &item->as.arc;
        return around(arc->cx - arc->rx, arc->cy - arc->ry, arc->cx + arc->rx, arc->cy + arc->ry,
                      arc->stroke.width + soft);
    }
    case HEED_ITEM_TRIANGLE:
        return around_triangle(&item->as.triangle);
    case HEED_ITEM_GRADIENT:
        return around_rect(item->as.gradient.rect);
    case HEED_ITEM_TEXT:
        return bound_text(&item->as.text, lines);
    case HEED_ITEM_HEATMAP:
        return around_rect(item->as.heatmap.rect);
    default: /* they paint nothing by themselves */
        return (struct heed_gl_clip){0};
    }
}
