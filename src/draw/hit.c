#include "draw/hit.h"

#include <math.h>

#include "draw/theme.h"

/* The pointer and the values of a display list: what lies at a point, and
 * which colour a value has. */

/* A link is caught this far from its stroke's edge. */
#define REACH_PX 4.0f

enum { CURVE_STEPS = 64 };

struct point {
    float x, y;
};

static bool in_rect(struct heed_rect rect, struct point p)
{
    return p.x >= rect.x && p.x < rect.x + rect.w && p.y >= rect.y && p.y < rect.y + rect.h;
}

static float segment_distance(struct point p, struct point a, struct point b)
{
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float square = dx * dx + dy * dy;
    float t = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0;
    t = fminf(fmaxf(t, 0), 1);
    return hypotf(p.x - (a.x + t * dx), p.y - (a.y + t * dy));
}

static float reach(struct heed_stroke stroke)
{
    return stroke.width / 2 + REACH_PX;
}

static bool line_hit(const struct heed_item_line *line, struct point p)
{
    const struct point a = {line->x0, line->y0};
    const struct point b = {line->x1, line->y1};
    return segment_distance(p, a, b) <= reach(line->stroke);
}

static struct point cubic_point(const struct heed_item_cubic *c, float t)
{
    const float u = 1 - t;
    const float w0 = u * u * u;
    const float w1 = 3 * u * u * t;
    const float w2 = 3 * u * t * t;
    const float w3 = t * t * t;
    return (struct point){w0 * c->x0 + w1 * c->x1 + w2 * c->x2 + w3 * c->x3,
                          w0 * c->y0 + w1 * c->y1 + w2 * c->y2 + w3 * c->y3};
}

static float least(const float *values)
{
    return fminf(fminf(values[0], values[1]), fminf(values[2], values[3]));
}

static float most(const float *values)
{
    return fmaxf(fmaxf(values[0], values[1]), fmaxf(values[2], values[3]));
}

static bool cubic_hit(const struct heed_item_cubic *cubic, struct point p)
{
    const float far = reach(cubic->stroke);
    const float x[4] = {cubic->x0, cubic->x1, cubic->x2, cubic->x3};
    const float y[4] = {cubic->y0, cubic->y1, cubic->y2, cubic->y3};
    if (p.x < least(x) - far || p.x > most(x) + far || p.y < least(y) - far ||
        p.y > most(y) + far) {
        return false;
    }
    struct point last = cubic_point(cubic, 0);
    for (int i = 1; i <= CURVE_STEPS; i++) {
        const struct point next = cubic_point(cubic, (float)i / CURVE_STEPS);
        if (segment_distance(p, last, next) <= far) {
            return true;
        }
        last = next;
    }
    return false;
}

static bool arc_hit(const struct heed_item_arc *arc, struct point p)
{
    const float far = reach(arc->stroke);
    if (fabsf(p.x - arc->cx) > arc->rx + far || fabsf(p.y - arc->cy) > arc->ry + far) {
        return false;
    }
    struct point last = {arc->cx + arc->rx * cosf(arc->from), arc->cy + arc->ry * sinf(arc->from)};
    for (int i = 1; i <= CURVE_STEPS; i++) {
        const float angle = arc->from + (arc->to - arc->from) * (float)i / CURVE_STEPS;
        const struct point next = {arc->cx + arc->rx * cosf(angle),
                                   arc->cy + arc->ry * sinf(angle)};
        if (segment_distance(p, last, next) <= far) {
            return true;
        }
        last = next;
    }
    return false;
}

static float side(struct point p, struct point a, struct point b)
{
    return (p.x - b.x) * (a.y - b.y) - (a.x - b.x) * (p.y - b.y);
}

static bool triangle_hit(const struct heed_item_triangle *triangle, struct point p)
{
    const struct point a = {triangle->x0, triangle->y0};
    const struct point b = {triangle->x1, triangle->y1};
    const struct point c = {triangle->x2, triangle->y2};
    const float ab = side(p, a, b);
    const float bc = side(p, b, c);
    const float ca = side(p, c, a);
    const bool negative = ab < 0 || bc < 0 || ca < 0;
    const bool positive = ab > 0 || bc > 0 || ca > 0;
    return !(negative && positive);
}

/* Text has no extents here: views lay a hotspot over it. */
static bool item_hit(const struct heed_item *item, struct point p)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        return in_rect(item->as.rect.rect, p);
    case HEED_ITEM_LINE:
        return line_hit(&item->as.line, p);
    case HEED_ITEM_CUBIC:
        return cubic_hit(&item->as.cubic, p);
    case HEED_ITEM_ARC:
        return arc_hit(&item->as.arc, p);
    case HEED_ITEM_TRIANGLE:
        return triangle_hit(&item->as.triangle, p);
    case HEED_ITEM_GRADIENT:
        return in_rect(item->as.gradient.rect, p);
    case HEED_ITEM_HEATMAP:
        return in_rect(item->as.heatmap.rect, p);
    case HEED_ITEM_HOTSPOT:
        return in_rect(item->as.hotspot, p);
    case HEED_ITEM_TEXT:
    case HEED_ITEM_CLIP:
    case HEED_ITEM_UNCLIP:
    case HEED_ITEM_GROUP:
    case HEED_ITEM_UNGROUP:
        break;
    }
    return false;
}

/* Forwards, so that one counter tells whether a clip shuts the point out: the
 * clip at that depth does, until it is closed. */
const struct heed_item *heed_list_hit(const struct heed_list *list, float x, float y)
{
    const struct point p = {x, y};
    const struct heed_item *hit = NULL;
    int depth = 0;
    int shut_depth = 0; /* 0: not shut out */
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_CLIP) {
            depth++;
            if (shut_depth == 0 && !in_rect(item->as.clip, p)) {
                shut_depth = depth;
            }
        } else if (item->kind == HEED_ITEM_UNCLIP) {
            if (shut_depth == depth) {
                shut_depth = 0;
            }
            depth--;
        } else if (shut_depth == 0 && item->target.kind != HEED_TARGET_NONE && item_hit(item, p)) {
            hit = item;
        }
    }
    return hit;
}

static int cell_index(float position, float size, int n)
{
    const float cell = floorf(position / size * (float)n);
    return cell > 0 ? (int)fminf(cell, (float)(n - 1)) : 0;
}

void heed_heatmap_cell(const struct heed_item_heatmap *heatmap, float x, float y, int *row,
                       int *column)
{
    const struct heed_rect rect = heatmap->rect;
    *row = heatmap->row + cell_index(y - rect.y, rect.h, heatmap->rows);
    *column = heatmap->column + cell_index(x - rect.x, rect.w, heatmap->columns);
}

bool heed_heatmap_color(const struct heed_item_heatmap *heatmap, float value,
                        struct heed_color *color)
{
    if (isnan(value)) {
        return false;
    }
    if (heatmap->is_picture) {
        const uint32_t rgb = (uint32_t)value;
        *color = (struct heed_color){(float)(rgb >> 16 & 255) / 255, (float)(rgb >> 8 & 255) / 255,
                                     (float)(rgb & 255) / 255, 1};
        return true;
    }
    if (fabsf(value) < heatmap->threshold) {
        value = 0;
    }
    const float range = heatmap->high - heatmap->low;
    float t = value > heatmap->low ? 1 : 0;
    if (range != 0) {
        t = (value - heatmap->low) / range;
    }
    *color = heed_palette_color(&heatmap->palette, t);
    return true;
}

/* The mean of a picture's cells, channel by channel. */
static float mean_color(const struct heed_item_heatmap *heatmap, int row, int row_end, int column,
                        int column_end)
{
    const struct heed_values *values = &heatmap->values;
    uint32_t red = 0, green = 0, blue = 0, n = 0;
    for (int r = row; r < row_end; r++) {
        const float *line =
            values->data +
            ((size_t)heatmap->slice * (size_t)values->n_rows + (size_t)(heatmap->row + r)) *
                (size_t)values->n_columns +
            (size_t)heatmap->column;
        for (int c = column; c < column_end; c++, n++) {
            const uint32_t rgb = (uint32_t)line[c];
            red += rgb >> 16 & 255;
            green += rgb >> 8 & 255;
            blue += rgb & 255;
        }
    }
    return n > 0 ? (float)(red / n << 16 | green / n << 8 | blue / n) : NAN;
}

float heed_heatmap_peak(const struct heed_item_heatmap *heatmap, int row, int row_end, int column,
                        int column_end)
{
    const struct heed_values *values = &heatmap->values;
    float peak = NAN;
    if (heatmap->is_picture) {
        return mean_color(heatmap, row, row_end, column, column_end);
    }
    for (int r = row; r < row_end; r++) {
        const size_t line =
            ((size_t)heatmap->slice * (size_t)values->n_rows + (size_t)(heatmap->row + r)) *
                (size_t)values->n_columns +
            (size_t)heatmap->column;
        for (int c = column; c < column_end; c++) {
            const float value = values->data[line + (size_t)c];
            if (!(fabsf(value) <= fabsf(peak)) && !isnan(value)) {
                peak = value;
            }
        }
    }
    return peak;
}

struct heed_color heed_palette_color(const struct heed_palette *palette, float t)
{
    const int last = HEED_PALETTE_STOPS - 1;
    const float position = t > 0 ? fminf(t, 1) * (float)last : 0;
    int stop = (int)position;
    stop = stop < last ? stop : last - 1;
    const float part = position - (float)stop;
    return heed_color_mix(palette->stops[stop], palette->stops[stop + 1], part);
}

bool heed_rect_has(struct heed_rect rect, float x, float y)
{
    return x >= rect.x && y >= rect.y && x < rect.x + rect.w && y < rect.y + rect.h;
}

struct heed_rect heed_item_bounds(const struct heed_item *item)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        return item->as.rect.rect;
    case HEED_ITEM_GRADIENT:
        return item->as.gradient.rect;
    case HEED_ITEM_HEATMAP:
        return item->as.heatmap.rect;
    case HEED_ITEM_HOTSPOT:
        return item->as.hotspot;
    default:
        return (struct heed_rect){0};
    }
}
