#include "legible.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/display_list.h"
#include "draw/hit.h"
#include "draw/metrics.h"
#include "draw/theme.h"

/* Letters without ascenders and descenders: the capitals' height. */
#define CAPITALS 0.728f
/* px by which boxes may lie over each other or over an edge: letters are
 * narrower than their advance, and the measure differs between painters. */
#define SLACK 1.5f

/* WCAG 2.1, 1.4.3: large is 18 pt, or 14 pt and bold. */
#define LEAST_CONTRAST 4.5f
#define LEAST_LARGE_CONTRAST 3.0f
#define DISABLED 0.4f
enum { LARGE_PX = 24, LARGE_BOLD_PX = 19, THICK_PX = 10 };

struct point {
    float x, y;
};

/* A text that is seen: its corners, in order, and what shows of it. */
struct box {
    const struct heed_item_text *text;
    size_t item;
    float opacity; /* of the groups around it */
    struct point corners[4];
    struct heed_rect clip;
};

struct walk {
    struct heed_rect clips[HEED_LIST_MAX_DEPTH + 1];
    float opacities[HEED_LIST_MAX_DEPTH + 1];
    int depth;
};

static struct heed_rect intersect(struct heed_rect a, struct heed_rect b)
{
    const float x = fmaxf(a.x, b.x);
    const float y = fmaxf(a.y, b.y);
    return (struct heed_rect){x, y, fmaxf(0, fminf(a.x + a.w, b.x + b.w) - x),
                              fmaxf(0, fminf(a.y + a.h, b.y + b.h) - y)};
}

static bool holds(struct heed_rect r, struct point p)
{
    return p.x >= r.x && p.x < r.x + r.w && p.y >= r.y && p.y < r.y + r.h;
}

static void walk_begin(struct walk *walk, const struct heed_list *list)
{
    walk->depth = 0;
    walk->clips[0] = (struct heed_rect){0, 0, list->width, list->height};
    walk->opacities[0] = 1;
}

/* Follows clips and groups; false for an item that paints. */
static bool walk_over(struct walk *walk, const struct heed_item *item)
{
    const int d = walk->depth;
    switch (item->kind) {
    case HEED_ITEM_CLIP:
    case HEED_ITEM_GROUP:
        walk->depth++;
        walk->clips[d + 1] = item->kind == HEED_ITEM_CLIP ? intersect(walk->clips[d], item->as.clip)
                                                          : walk->clips[d];
        walk->opacities[d + 1] =
            walk->opacities[d] * (item->kind == HEED_ITEM_GROUP ? item->as.group.opacity : 1);
        return true;
    case HEED_ITEM_UNCLIP:
    case HEED_ITEM_UNGROUP:
        walk->depth--;
        return true;
    default:
        return false;
    }
}

static struct point along(const struct box *box, float t)
{
    const struct point a = box->corners[0];
    const struct point c = box->corners[2];
    const struct point b = box->corners[1];
    const struct point d = box->corners[3];
    return (struct point){(a.x + d.x) / 2 + t * ((b.x + c.x) / 2 - (a.x + d.x) / 2),
                          (a.y + d.y) / 2 + t * ((b.y + c.y) / 2 - (a.y + d.y) / 2)};
}

static void set_corners(struct box *box, const struct heed_metrics *metrics)
{
    const struct heed_item_text *text = box->text;
    const float width = heed_text_width(metrics, text->style, text->text, text->length);
    const float left = text->anchor == HEED_ANCHOR_START    ? 0
                       : text->anchor == HEED_ANCHOR_MIDDLE ? -width / 2
                                                            : -width;
    const float top = -CAPITALS * text->style.size;
    const struct point corners[] = {{left, top}, {left + width, top}, {left + width, 0}, {left, 0}};
    const float c = cosf(text->angle);
    const float s = sinf(text->angle);
    for (int i = 0; i < 4; i++) {
        const struct point p = corners[i];
        box->corners[i] = (struct point){text->x + c * p.x - s * p.y, text->y + s * p.x + c * p.y};
    }
}

static struct heed_rect bounds(const struct box *box)
{
    float x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        x0 = fminf(x0, box->corners[i].x);
        y0 = fminf(y0, box->corners[i].y);
        x1 = fmaxf(x1, box->corners[i].x);
        y1 = fmaxf(y1, box->corners[i].y);
    }
    return (struct heed_rect){x0, y0, x1 - x0, y1 - y0};
}

static bool has_rect(const struct heed_item *item, struct heed_rect *rect)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        *rect = item->as.rect.rect;
        return true;
    case HEED_ITEM_HEATMAP:
        *rect = item->as.heatmap.rect;
        return true;
    case HEED_ITEM_GRADIENT:
        *rect = item->as.gradient.rect;
        return true;
    default:
        return false;
    }
}

static bool cell_color(const struct heed_item_heatmap *map, struct point p,
                       struct heed_color *color)
{
    int row = 0;
    int column = 0;
    heed_heatmap_cell(map, p.x, p.y, &row, &column);
    row -= map->row;
    column -= map->column;
    const float value = heed_heatmap_peak(map, row, row + 1, column, column + 1);
    return heed_heatmap_color(map, value, color);
}

static struct heed_color gradient_color(const struct heed_item_gradient *gradient, struct point p)
{
    const struct heed_rect r = gradient->rect;
    const float t = gradient->vertical ? 1 - (p.y - r.y) / r.h : (p.x - r.x) / r.w;
    const float at = t * (float)(gradient->n_stops - 1);
    const int i = (int)fminf(fmaxf(at, 0), (float)(gradient->n_stops - 2));
    return gradient->n_stops < 2
               ? gradient->stops[0]
               : heed_color_mix(gradient->stops[i], gradient->stops[i + 1], at - (float)i);
}

/* A chip of slanted text is one thick line; thin ones are no ground. */
static bool line_holds(const struct heed_item_line *line, struct point p)
{
    const float dx = line->x1 - line->x0;
    const float dy = line->y1 - line->y0;
    const float t =
        ((p.x - line->x0) * dx + (p.y - line->y0) * dy) / fmaxf(dx * dx + dy * dy, 1e-6f);
    const float off = fabsf((p.x - line->x0) * dy - (p.y - line->y0) * dx) / hypotf(dx, dy);
    return line->stroke.width >= THICK_PX && t >= 0 && t <= 1 && off <= line->stroke.width / 2;
}

/* What an item fills a point with; false: nothing. */
static bool fill_at(const struct heed_item *item, struct point p, struct heed_color *color)
{
    struct heed_rect rect;
    if (item->kind == HEED_ITEM_LINE && line_holds(&item->as.line, p)) {
        *color = item->as.line.stroke.color;
        return true;
    }
    if (!has_rect(item, &rect) || !holds(rect, p)) {
        return false;
    }
    switch (item->kind) {
    case HEED_ITEM_RECT:
        *color = item->as.rect.fill;
        return color->a > 0;
    case HEED_ITEM_GRADIENT:
        *color = gradient_color(&item->as.gradient, p);
        return true;
    default:
        return cell_color(&item->as.heatmap, p, color);
    }
}

/* What the items before `item` make of a point. */
static struct heed_color ground_at(const struct heed_list *list, size_t item, struct point p)
{
    struct walk walk;
    struct heed_color ground = list->background;
    walk_begin(&walk, list);
    for (size_t i = 0; i < item; i++) {
        struct heed_color color;
        if (!walk_over(&walk, &list->items[i]) && holds(walk.clips[walk.depth], p) &&
            fill_at(&list->items[i], p, &color)) {
            const float a = color.a * walk.opacities[walk.depth];
            color.a = 1;
            ground = heed_color_mix(ground, color, a);
        }
    }
    return ground;
}

/* Something opaque that is painted later, a popover, lies over its middle. */
static bool is_covered(const struct heed_list *list, const struct box *box)
{
    struct walk walk;
    const struct point middle = along(box, 0.5f);
    walk_begin(&walk, list);
    for (size_t i = 0; i < list->n_items; i++) {
        struct heed_color color;
        if (!walk_over(&walk, &list->items[i]) && i > box->item &&
            holds(walk.clips[walk.depth], middle) && fill_at(&list->items[i], middle, &color) &&
            color.a > 0.9f) {
            return true;
        }
    }
    return false;
}

static struct box *collect(const struct heed_list *list, const struct heed_metrics *metrics,
                           size_t *n)
{
    struct box *boxes = calloc(list->n_items + 1, sizeof *boxes);
    struct walk walk;
    *n = 0;
    walk_begin(&walk, list);
    for (size_t i = 0; i < list->n_items; i++) {
        if (walk_over(&walk, &list->items[i]) || list->items[i].kind != HEED_ITEM_TEXT) {
            continue;
        }
        struct box *box = &boxes[*n];
        *box = (struct box){.text = &list->items[i].as.text,
                            .item = i,
                            .opacity = walk.opacities[walk.depth],
                            .clip = walk.clips[walk.depth]};
        set_corners(box, metrics);
        *n += is_covered(list, box) ? 0 : 1;
    }
    return boxes;
}

static void complain(struct heed_buffer *out, const char *what, const struct box *box,
                     const struct box *other)
{
    heed_buffer_printf(out, "%s at (%.0f, %.0f): \"%s\"", what, (double)box->corners[3].x,
                       (double)box->corners[3].y, box->text->text);
    if (other != NULL) {
        heed_buffer_printf(out, " and \"%s\" at (%.0f, %.0f)", other->text->text,
                           (double)other->corners[3].x, (double)other->corners[3].y);
    }
    heed_buffer_puts(out, "\n");
}

/* By how much two boxes overlap along the axes of a's sides, at least. */
static float depth_along(const struct box *a, const struct box *b)
{
    float least = INFINITY;
    for (int side = 0; side < 2; side++) {
        const struct point p = a->corners[side];
        const struct point q = a->corners[side + 1];
        const float length = fmaxf(hypotf(q.x - p.x, q.y - p.y), 1e-6f);
        const struct point axis = {(q.x - p.x) / length, (q.y - p.y) / length};
        float low[2] = {INFINITY, INFINITY};
        float high[2] = {-INFINITY, -INFINITY};
        for (int i = 0; i < 8; i++) {
            const struct point c = i < 4 ? a->corners[i] : b->corners[i - 4];
            const float d = c.x * axis.x + c.y * axis.y;
            low[i / 4] = fminf(low[i / 4], d);
            high[i / 4] = fmaxf(high[i / 4], d);
        }
        least = fminf(least, fminf(high[0] - low[1], high[1] - low[0]));
    }
    return least;
}

static bool overlap(const struct box *a, const struct box *b)
{
    const struct heed_rect seen_a = intersect(bounds(a), a->clip);
    const struct heed_rect seen_b = intersect(bounds(b), b->clip);
    const struct heed_rect both = intersect(seen_a, seen_b);
    return both.w > SLACK && both.h > SLACK && fminf(depth_along(a, b), depth_along(b, a)) > SLACK;
}

/* Something opaque lies between two items where their boxes meet: a drawer, a popover. */
static bool is_parted(const struct heed_list *list, const struct box *a, const struct box *b)
{
    struct walk walk;
    const struct heed_rect both =
        intersect(intersect(bounds(a), a->clip), intersect(bounds(b), b->clip));
    const struct point middle = {both.x + both.w / 2, both.y + both.h / 2};
    walk_begin(&walk, list);
    for (size_t i = 0; i < b->item; i++) {
        struct heed_color color;
        if (!walk_over(&walk, &list->items[i]) && i > a->item &&
            holds(walk.clips[walk.depth], middle) && fill_at(&list->items[i], middle, &color) &&
            color.a > 0.9f) {
            return true;
        }
    }
    return false;
}

static int check_overlaps(const struct heed_list *list, const struct box *boxes, size_t n,
                          struct heed_buffer *out)
{
    int n_bad = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            if (overlap(&boxes[i], &boxes[k]) && !is_parted(list, &boxes[i], &boxes[k])) {
                n_bad++;
                complain(out, "one over the other", &boxes[i], &boxes[k]);
            }
        }
    }
    return n_bad;
}

/* In a scrolling area texts are cut where it ends: elsewhere they must lie in
 * the picture. */
static bool is_outside(const struct heed_list *list, const struct box *box)
{
    const struct heed_rect window = {-SLACK, -SLACK, list->width + 2 * SLACK,
                                     list->height + 2 * SLACK};
    const bool is_clipped = box->clip.w < list->width || box->clip.h < list->height;
    for (int i = 0; i < 4 && !is_clipped; i++) {
        if (!holds(window, box->corners[i])) {
            return true;
        }
    }
    return false;
}

static float least_contrast(const struct heed_item_text *text, float scale)
{
    const float size = text->style.size / scale;
    const bool large = size >= LARGE_PX || (text->style.weight >= 600 && size >= LARGE_BOLD_PX);
    return large ? LEAST_LARGE_CONTRAST : LEAST_CONTRAST;
}

static bool is_faint(const struct heed_list *list, const struct box *box, float scale, float *worst)
{
    static const float places[] = {0.1f, 0.5f, 0.9f};
    *worst = 21;
    for (int i = 0; i < 3; i++) {
        const struct point p = along(box, places[i]);
        if (!holds(box->clip, p)) {
            continue;
        }
        const struct heed_color ground = ground_at(list, box->item, p);
        struct heed_color ink = box->text->color;
        const float a = ink.a * box->opacity;
        ink.a = 1;
        *worst = fminf(*worst, heed_color_contrast(heed_color_mix(ground, ink, a), ground));
    }
    /* WCAG has no rule for what can't be used: it is drawn at 40 %. */
    const bool disabled = fabsf(box->text->color.a - DISABLED) < 0.01f;
    return !disabled && *worst < least_contrast(box->text, scale) - 0.05f;
}

/* Cut short to nothing: a number in too narrow a box. */
static bool is_lost(const struct heed_item_text *text)
{
    return text->length == 3 && memcmp(text->text, "\xE2\x80\xA6", 3) == 0;
}

int legible_check(const struct heed_list *list, const struct heed_metrics *metrics, float scale,
                  struct heed_buffer *out)
{
    size_t n = 0;
    struct box *boxes = collect(list, metrics, &n);
    int n_bad = check_overlaps(list, boxes, n, out);
    for (size_t i = 0; i < n; i++) {
        float contrast = 0;
        if (is_lost(boxes[i].text)) {
            n_bad++;
            complain(out, "cut short to nothing", &boxes[i], NULL);
        }
        if (is_outside(list, &boxes[i])) {
            n_bad++;
            complain(out, "out of the picture", &boxes[i], NULL);
        }
        if (is_faint(list, &boxes[i], scale, &contrast)) {
            n_bad++;
            heed_buffer_printf(out, "%.2f : 1 ", (double)contrast);
            complain(out, "is too faint", &boxes[i], NULL);
        }
    }
    free(boxes);
    return n_bad;
}

/* --- cut off --- */

static bool scrolls(const struct box *box, const struct heed_rect *areas, int n)
{
    for (int i = 0; i < n; i++) {
        if (holds(areas[i], along(box, 0.5f)) || box->clip.h <= 0 ||
            intersect(areas[i], box->clip).h >= box->clip.h - SLACK) {
            return true;
        }
    }
    return false;
}

static bool is_cut(const struct box *box, bool is_scrolled)
{
    const struct heed_rect whole = bounds(box), seen = intersect(whole, box->clip);
    const bool is_seen = seen.w > SLACK && seen.h > SLACK;
    const bool beside = seen.w < whole.w - SLACK;
    const bool below = seen.h < whole.h - SLACK;
    return is_seen && (beside || (below && !is_scrolled));
}

/* Cut short by "...": but a word of the text may be, as its tip has all of it. */
static bool is_short(const struct heed_item_text *text, const char *words)
{
    char word[64] = "";
    const char *arrow = strstr(text->text, "\xE2\x86\x92 "), *comma = strstr(text->text, ", ");
    const char *from = arrow != NULL ? arrow + 4 : comma != NULL ? comma + 2 : text->text;
    const size_t length = text->length - (size_t)(from - text->text);
    if (length < 3 || memcmp(from + length - 3, "\xE2\x80\xA6", 3) != 0) {
        return false;
    }
    snprintf(word, sizeof word, "%.*s", (int)length - 3, from);
    if (length > 3 && from[length - 4] == ' ') {
        return false; /* "Open ..." asks for more */
    }
    return length < 5 || strchr(word, ' ') != NULL || strcasestr(words, word) == NULL;
}

int legible_check_cuts(const struct heed_list *list, const struct heed_metrics *metrics,
                       const struct heed_rect *scrolling, int n_scrolling, const char *words,
                       struct heed_buffer *out)
{
    size_t n = 0;
    struct box *boxes = collect(list, metrics, &n);
    int n_bad = 0;
    for (size_t i = 0; i < n; i++) {
        const struct box *box = &boxes[i];
        const bool in_field =
            list->items[box->item].target.kind == HEED_TARGET_TEXT_FIELD || box->text->angle != 0;
        if (!in_field && is_cut(box, scrolls(box, scrolling, n_scrolling))) {
            n_bad++;
            complain(out, "cut off", box, NULL);
        }
        if (!in_field && is_short(box->text, words) && intersect(bounds(box), box->clip).h > 0) {
            n_bad++;
            complain(out, "cut short", box, NULL);
        }
    }
    free(boxes);
    return n_bad;
}

/* --- arcs --- */

static bool is_value(const struct heed_item_text *text)
{
    const char *t = text->text;
    return text->length == 5 && t[0] >= '0' && t[0] <= '9' && t[1] == '.' && t[2] >= '0' &&
           t[2] <= '9';
}

/* A point of an item's line, t from 0 to 1; false: it has none. */
static bool point_of(const struct heed_item *item, float t, struct point *p)
{
    const struct heed_item_arc *arc = &item->as.arc;
    const struct heed_item_line *line = &item->as.line;
    const struct heed_item_triangle *head = &item->as.triangle;
    const float angle = arc->from + (arc->to - arc->from) * t;
    const bool of_link = item->target.kind == HEED_TARGET_LINK;
    if (item->kind == HEED_ITEM_ARC) {
        *p = (struct point){arc->cx + arc->rx * cosf(angle), arc->cy + arc->ry * sinf(angle)};
    } else if (item->kind == HEED_ITEM_LINE && of_link) {
        *p = (struct point){line->x0 + (line->x1 - line->x0) * t,
                            line->y0 + (line->y1 - line->y0) * t};
    } else if (item->kind == HEED_ITEM_TRIANGLE && of_link) {
        *p = (struct point){(head->x0 + head->x1) / 2 * (1 - t) + head->x2 * t,
                            (head->y0 + head->y1) / 2 * (1 - t) + head->y2 * t};
    } else {
        return false;
    }
    return true;
}

static bool lies_over(const struct heed_item *item, struct heed_rect box)
{
    struct point p;
    for (int i = 0; i <= 300; i++) {
        if (point_of(item, (float)i / 300, &p) && holds(box, p)) {
            return true;
        }
    }
    return false;
}

/* But for those that are dimmed, as a group. */
static bool meets_arc(const struct heed_list *list, struct heed_rect box)
{
    struct walk walk;
    walk_begin(&walk, list);
    for (size_t i = 0; i < list->n_items; i++) {
        if (!walk_over(&walk, &list->items[i]) && walk.opacities[walk.depth] >= 1 &&
            lies_over(&list->items[i], box)) {
            return true;
        }
    }
    return false;
}

int legible_check_arcs(const struct heed_list *list, const struct heed_metrics *metrics,
                       struct heed_rect area, struct heed_buffer *out)
{
    size_t n = 0;
    struct box *boxes = collect(list, metrics, &n);
    int n_bad = 0;
    for (size_t i = 0; i < n; i++) {
        const bool over = is_value(boxes[i].text) && holds(area, along(&boxes[i], 0.5f)) &&
                          meets_arc(list, bounds(&boxes[i]));
        n_bad += over;
        if (over) {
            complain(out, "over an arc", &boxes[i], NULL);
        }
    }
    free(boxes);
    return n_bad;
}

void legible_write_whole(const struct heed_list *list, const struct heed_metrics *metrics,
                         struct heed_buffer *out)
{
    size_t n = 0;
    struct box *boxes = collect(list, metrics, &n);
    for (size_t i = 0; i < n; i++) {
        const struct heed_rect b = bounds(&boxes[i]);
        const struct heed_rect seen = intersect(b, boxes[i].clip);
        const bool level = boxes[i].text->angle == 0;
        if (level && seen.w >= b.w - SLACK && seen.h >= b.h - SLACK) {
            heed_buffer_puts(out, boxes[i].text->text);
            heed_buffer_puts(out, "\n");
        }
    }
    free(boxes);
}
