#include "draw/fit.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

/* From the baseline, in parts of the size: capitals and descenders. */
#define ABOVE 0.74f
#define BELOW 0.2f
/* px by which boxes may lie over each other or over an edge: letters are
 * narrower than their advance. */
#define SLACK 0.6f

struct point {
    float x, y;
};

struct box {
    const struct heed_item_text *text;
    struct point corners[4]; /* in order */
    struct heed_rect bounds;
};

static struct heed_rect intersect(struct heed_rect a, struct heed_rect b)
{
    const float x = fmaxf(a.x, b.x);
    const float y = fmaxf(a.y, b.y);
    return (struct heed_rect){x, y, fmaxf(0, fminf(a.x + a.w, b.x + b.w) - x),
                              fmaxf(0, fminf(a.y + a.h, b.y + b.h) - y)};
}

static bool holds(struct heed_rect outer, struct heed_rect inner)
{
    return inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK &&
           inner.x + inner.w <= outer.x + outer.w + SLACK &&
           inner.y + inner.h <= outer.y + outer.h + SLACK;
}

static struct box box_of(const struct heed_item_text *text, const struct heed_metrics *metrics)
{
    const float width = heed_text_width(metrics, text->style, text->text, text->length);
    const float left = text->anchor == HEED_ANCHOR_START    ? 0
                       : text->anchor == HEED_ANCHOR_MIDDLE ? -width / 2
                                                            : -width;
    const float top = -ABOVE * text->style.size, bottom = BELOW * text->style.size;
    const struct point flat[] = {
        {left, top}, {left + width, top}, {left + width, bottom}, {left, bottom}};
    const float c = cosf(text->angle), s = sinf(text->angle);
    struct point low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
    struct box box = {.text = text};
    for (int i = 0; i < 4; i++) {
        const struct point p = {text->x + c * flat[i].x - s * flat[i].y,
                                text->y + s * flat[i].x + c * flat[i].y};
        box.corners[i] = p;
        low = (struct point){fminf(low.x, p.x), fminf(low.y, p.y)};
        high = (struct point){fmaxf(high.x, p.x), fmaxf(high.y, p.y)};
    }
    box.bounds = (struct heed_rect){low.x, low.y, high.x - low.x, high.y - low.y};
    return box;
}

/* By how much two boxes overlap along the axes of a's sides, at least. */
static float depth_along(const struct box *a, const struct box *b)
{
    float least = INFINITY;
    for (int side = 0; side < 2; side++) {
        const struct point p = a->corners[side], q = a->corners[side + 1];
        const float length = fmaxf(hypotf(q.x - p.x, q.y - p.y), 1e-6f);
        float low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
        for (int i = 0; i < 8; i++) {
            const struct point c = i < 4 ? a->corners[i] : b->corners[i - 4];
            const float d = (c.x * (q.x - p.x) + c.y * (q.y - p.y)) / length;
            low[i / 4] = fminf(low[i / 4], d);
            high[i / 4] = fmaxf(high[i / 4], d);
        }
        least = fminf(least, fminf(high[0] - low[1], high[1] - low[0]));
    }
    return least;
}

static bool overlap(const struct box *a, const struct box *b)
{
    if (a->bounds.x >= b->bounds.x + b->bounds.w || b->bounds.x >= a->bounds.x + a->bounds.w) {
        return false;
    }
    const struct heed_rect both = intersect(a->bounds, b->bounds);
    return both.w > SLACK && both.h > SLACK && fminf(depth_along(a, b), depth_along(b, a)) > SLACK;
}

/* Then from the left. */
static int by_top(const void *left, const void *right)
{
    const struct heed_rect a = ((const struct box *)left)->bounds;
    const struct heed_rect b = ((const struct box *)right)->bounds;
    return a.y != b.y ? (a.y < b.y ? -1 : 1) : a.x < b.x ? -1 : a.x > b.x;
}

/* From the top, as lines are many and words of a line few: only those that reach as far
 * down as the next one begins. Ends at the first that lies over another. */
static void find_overlap(struct heed_list *list, struct box *boxes, size_t n)
{
    heed_sort(boxes, n, sizeof *boxes, by_top);
    for (size_t i = 0; i < n && list->lack.n == 0; i++) {
        const float end = boxes[i].bounds.y + boxes[i].bounds.h;
        for (size_t j = i + 1; j < n && boxes[j].bounds.y < end; j++) {
            if (overlap(&boxes[i], &boxes[j])) {
                const bool in_order = boxes[i].bounds.x <= boxes[j].bounds.x;
                const struct heed_item_text *a = boxes[in_order ? i : j].text;
                const struct heed_item_text *b = boxes[in_order ? j : i].text;
                heed_list_lack(list, "%s beside %s", heed_quote(a->text, a->length).text,
                               heed_quote(b->text, b->length).text);
                break;
            }
        }
    }
}

/* The texts' boxes, up to the first thing that the open clip, or the page, cuts off: it is
 * noted. */
static size_t collect(struct heed_list *list, const struct heed_metrics *metrics, struct box *boxes)
{
    struct heed_rect clips[HEED_LIST_MAX_DEPTH + 1] = {{0, 0, list->width, list->height}};
    int depth = 0;
    size_t n = 0;
    for (size_t i = 0; i < list->n_items && list->lack.n == 0; i++) {
        const struct heed_item *item = &list->items[i];
        switch (item->kind) {
        case HEED_ITEM_CLIP:
        case HEED_ITEM_GROUP:
            clips[depth + 1] = item->kind == HEED_ITEM_CLIP ? intersect(clips[depth], item->as.clip)
                                                            : clips[depth];
            depth++;
            break;
        case HEED_ITEM_UNCLIP:
        case HEED_ITEM_UNGROUP:
            depth--;
            break;
        case HEED_ITEM_TEXT:
            boxes[n] = box_of(&item->as.text, metrics);
            if (!holds(clips[depth], boxes[n].bounds)) {
                heed_list_lack(list, "%s",
                               heed_quote(item->as.text.text, item->as.text.length).text);
            }
            n++;
            break;
        case HEED_ITEM_HEATMAP:
            if (!holds(clips[depth], item->as.heatmap.rect)) {
                heed_list_lack(list, "a map");
            }
            break;
        default:
            break;
        }
    }
    return n;
}

bool heed_list_fits(struct heed_list *list, const struct heed_metrics *metrics)
{
    if (list->lack.n > 0) {
        return false;
    }
    struct box *boxes = calloc(list->n_items + 1, sizeof *boxes);
    if (!boxes) {
        list->failed = true;
        return false;
    }
    find_overlap(list, boxes, collect(list, metrics, boxes));
    free(boxes);
    return list->lack.n == 0;
}
