#include "draw/display_list.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void heed_list_clear(struct heed_list *list)
{
    list->n_items = 0;
    list->target = (struct heed_target){0};
    list->failed = false;
    list->lack = (struct heed_lack){0};
    list->depth = 0;
    list->open_groups = 0;
    heed_arena_reset(&list->arena);
}

void heed_list_lack(struct heed_list *list, const char *format, ...)
{
    va_list arguments;
    if (list->lack.n++ == 0) {
        va_start(arguments, format);
        vsnprintf(list->lack.text, sizeof list->lack.text, format, arguments);
        va_end(arguments);
    }
}

struct heed_quote heed_quote(const char *text, size_t length)
{
    struct heed_quote quote;
    char words[sizeof quote.text - sizeof "\xE2\x80\x9C\xE2\x80\x9D" + 1];
    heed_utf8_cut(words, sizeof words, text, length);
    snprintf(quote.text, sizeof quote.text, "\xE2\x80\x9C%s\xE2\x80\x9D", words);
    return quote;
}

void heed_list_finish(struct heed_list *list)
{
    free(list->items);
    heed_arena_finish(&list->arena);
    *list = (struct heed_list){0};
}

static bool reserve_item(struct heed_list *list)
{
    if (list->n_items < list->capacity) {
        return true;
    }
    const size_t capacity = list->capacity ? list->capacity * 2 : 256;
    struct heed_item *items = NULL;
    if (capacity <= SIZE_MAX / sizeof *items) {
        items = realloc(list->items, capacity * sizeof *items);
    }
    if (!items) {
        list->failed = true;
        return false;
    }
    list->items = items;
    list->capacity = capacity;
    return true;
}

/* The new item, cleared but for kind and target; NULL when memory is out. */
static struct heed_item *add(struct heed_list *list, enum heed_item_kind kind)
{
    if (!reserve_item(list)) {
        return NULL;
    }
    struct heed_item *item = &list->items[list->n_items++];
    memset(item, 0, sizeof *item);
    item->kind = kind;
    item->target = list->target;
    return item;
}

static bool has_target(const struct heed_list *list)
{
    return list->target.kind != HEED_TARGET_NONE;
}

/* Pulls coordinates into the limit; false if one isn't finite. */
static bool bound(float *values, int n)
{
    for (int i = 0; i < n; i++) {
        if (!isfinite(values[i])) {
            return false;
        }
        values[i] = fminf(fmaxf(values[i], -HEED_LIST_LIMIT), HEED_LIST_LIMIT);
    }
    return true;
}

/* By its edges, so that a huge rectangle keeps the part that can be seen. */
static bool bound_rect(struct heed_rect *rect)
{
    float edges[4] = {rect->x, rect->y, rect->x + rect->w, rect->y + rect->h};
    if (!isfinite(rect->x) || !isfinite(rect->y) || !(rect->w > 0) || !(rect->h > 0) ||
        isinf(rect->w) || isinf(rect->h) || !bound(edges, 4)) {
        return false;
    }
    if (edges[0] != rect->x || edges[2] != rect->x + rect->w) {
        rect->x = edges[0];
        rect->w = edges[2] - edges[0];
    }
    if (edges[1] != rect->y || edges[3] != rect->y + rect->h) {
        rect->y = edges[1];
        rect->h = edges[3] - edges[1];
    }
    return rect->w > 0 && rect->h > 0;
}

static float bound_radius(float radius, struct heed_rect rect)
{
    const float most = fminf(rect.w, rect.h) / 2;
    return radius > 0 ? fminf(radius, most) : 0;
}

static bool visible(struct heed_color color)
{
    return color.a > 0;
}

/* Without a width or a colour there is no stroke, without both parts no dash. */
static bool bound_stroke(struct heed_stroke *stroke)
{
    const bool paints = stroke->width > 0 && visible(stroke->color);
    if (!(stroke->width > 0)) {
        stroke->width = 0;
    }
    stroke->width = fminf(stroke->width, HEED_LIST_LIMIT);
    if (!(stroke->dash_on > 0) || !(stroke->dash_off > 0) || isinf(stroke->dash_on) ||
        isinf(stroke->dash_off)) {
        stroke->dash_on = stroke->dash_off = 0;
    }
    return paints;
}

void heed_list_rect(struct heed_list *list, struct heed_item_rect rect)
{
    const bool stroked = bound_stroke(&rect.stroke);
    if (!bound_rect(&rect.rect) || (!visible(rect.fill) && !stroked && !has_target(list))) {
        return;
    }
    rect.radius = bound_radius(rect.radius, rect.rect);
    struct heed_item *item = add(list, HEED_ITEM_RECT);
    if (item) {
        item->as.rect = rect;
    }
}

void heed_list_line(struct heed_list *list, struct heed_item_line line)
{
    float points[4] = {line.x0, line.y0, line.x1, line.y1};
    const bool stroked = bound_stroke(&line.stroke);
    if (!bound(points, 4) || (!stroked && !has_target(list)) ||
        (points[0] == points[2] && points[1] == points[3])) {
        return;
    }
    struct heed_item *item = add(list, HEED_ITEM_LINE);
    if (item) {
        item->as.line =
            (struct heed_item_line){points[0], points[1], points[2], points[3], line.stroke};
    }
}

void heed_list_cubic(struct heed_list *list, struct heed_item_cubic cubic)
{
    float points[8] = {cubic.x0, cubic.y0, cubic.x1, cubic.y1,
                       cubic.x2, cubic.y2, cubic.x3, cubic.y3};
    const bool stroked = bound_stroke(&cubic.stroke);
    bool one_point = true;
    for (int i = 2; i < 8; i++) {
        one_point = one_point && points[i] == points[i % 2];
    }
    if (one_point || !bound(points, 8) || (!stroked && !has_target(list))) {
        return;
    }
    struct heed_item *item = add(list, HEED_ITEM_CUBIC);
    if (item) {
        item->as.cubic =
            (struct heed_item_cubic){points[0], points[1], points[2], points[3],   points[4],
                                     points[5], points[6], points[7], cubic.stroke};
    }
}

void heed_list_arc(struct heed_list *list, struct heed_item_arc arc)
{
    float sizes[4] = {arc.cx, arc.cy, arc.rx, arc.ry};
    const bool stroked = bound_stroke(&arc.stroke);
    if (!bound(sizes, 4) || !(arc.rx > 0) || !(arc.ry > 0) || !isfinite(arc.from) ||
        !isfinite(arc.to) || !(arc.to > arc.from) || (!stroked && !has_target(list))) {
        return;
    }
    arc.to = fminf(arc.to, arc.from + 6.2831853f);
    struct heed_item *item = add(list, HEED_ITEM_ARC);
    if (item) {
        item->as.arc = (struct heed_item_arc){sizes[0], sizes[1], sizes[2],  sizes[3],
                                              arc.from, arc.to,   arc.stroke};
    }
}

void heed_list_triangle(struct heed_list *list, struct heed_item_triangle triangle)
{
    float points[6] = {triangle.x0, triangle.y0, triangle.x1,
                       triangle.y1, triangle.x2, triangle.y2};
    if (!bound(points, 6) || (!visible(triangle.fill) && !has_target(list))) {
        return;
    }
    struct heed_item *item = add(list, HEED_ITEM_TRIANGLE);
    if (item) {
        item->as.triangle = (struct heed_item_triangle){
            points[0], points[1], points[2], points[3], points[4], points[5], triangle.fill};
    }
}

void heed_list_gradient(struct heed_list *list, struct heed_item_gradient gradient)
{
    if (!bound_rect(&gradient.rect) || gradient.n_stops < 1) {
        return;
    }
    const size_t size = sizeof *gradient.stops * (size_t)gradient.n_stops;
    struct heed_color *stops = heed_arena_alloc(&list->arena, size);
    if (!stops) {
        list->failed = true;
        return;
    }
    memcpy(stops, gradient.stops, size);
    gradient.stops = stops;
    gradient.radius = bound_radius(gradient.radius, gradient.rect);
    struct heed_item *item = add(list, HEED_ITEM_GRADIENT);
    if (item) {
        item->as.gradient = gradient;
    }
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

/* Code points that no text may hold; cairo refuses them. */
static bool is_noncharacter(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/* Valid UTF-8 of one line. U+FFFD takes three bytes for one wrong one. */
static char *copy_text(struct heed_arena *arena, const char *text, size_t length, uint32_t *copied)
{
    if (length > UINT32_MAX / 3 - 1) {
        return NULL;
    }
    size_t wrong = 0;
    const bool valid = heed_utf8_valid(text, length, &wrong);
    char *copy = heed_arena_alloc(arena, (valid ? length : 3 * length) + 1);
    if (!copy) {
        return NULL;
    }
    size_t out = 0;
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        size_t size = heed_utf8_decode(text + i, length - i, &c);
        i += size ? size : 1;
        if (size == 0 || is_noncharacter(c)) {
            out += heed_utf8_encode(0xFFFD, copy + out);
        } else if (is_control(c)) {
            copy[out++] = ' ';
        } else {
            memcpy(copy + out, text + i - size, size);
            out += size;
        }
    }
    copy[out] = '\0';
    *copied = (uint32_t)out;
    return copy;
}

void heed_list_text(struct heed_list *list, struct heed_item_text text)
{
    float sizes[3] = {text.x, text.y, text.style.size};
    if (text.length == 0 || !bound(sizes, 3) || !(text.style.size > 0) || !isfinite(text.angle) ||
        !visible(text.color)) {
        return;
    }
    uint32_t length = 0;
    char *copy = copy_text(&list->arena, text.text, text.length, &length);
    struct heed_item *item = copy ? add(list, HEED_ITEM_TEXT) : NULL;
    if (!item) {
        list->failed = true;
        return;
    }
    text.x = sizes[0];
    text.y = sizes[1];
    text.style.size = sizes[2];
    text.text = copy;
    text.length = length;
    item->as.text = text;
}

static bool within(int first, int count, int all)
{
    return first >= 0 && count > 0 && count <= all && first <= all - count;
}

void heed_list_heatmap(struct heed_list *list, struct heed_item_heatmap heatmap)
{
    const struct heed_values *values = &heatmap.values;
    if (!bound_rect(&heatmap.rect) || !values->data ||
        !within(heatmap.slice, 1, values->n_slices) ||
        !within(heatmap.row, heatmap.rows, values->n_rows) ||
        !within(heatmap.column, heatmap.columns, values->n_columns) || !isfinite(heatmap.low) ||
        !isfinite(heatmap.high)) {
        return;
    }
    const float pitch =
        fminf(heatmap.rect.w / (float)heatmap.columns, heatmap.rect.h / (float)heatmap.rows);
    heatmap.gap = heatmap.gap > 0 ? fminf(heatmap.gap, pitch / 2) : 0;
    heatmap.radius = heatmap.radius > 0 ? fminf(heatmap.radius, (pitch - heatmap.gap) / 2) : 0;
    heatmap.threshold = heatmap.threshold > 0 ? heatmap.threshold : 0;
    struct heed_item *item = add(list, HEED_ITEM_HEATMAP);
    if (item) {
        item->as.heatmap = heatmap;
    }
}

/* What opens or closes: it stands for nothing. */
static struct heed_item *add_bracket(struct heed_list *list, enum heed_item_kind kind)
{
    struct heed_item *item = add(list, kind);
    if (item) {
        item->target = (struct heed_target){0};
    }
    return item;
}

static void open_level(struct heed_list *list, bool is_group)
{
    assert(list->depth < HEED_LIST_MAX_DEPTH);
    const uint64_t bit = (uint64_t)1 << list->depth++;
    list->open_groups = is_group ? list->open_groups | bit : list->open_groups & ~bit;
}

static void close_level(struct heed_list *list, bool is_group)
{
    assert(list->depth > 0);
    list->depth--;
    assert((list->open_groups >> list->depth & 1) == (is_group ? 1u : 0u));
    (void)is_group;
}

void heed_list_clip(struct heed_list *list, struct heed_rect rect)
{
    if (!bound_rect(&rect)) {
        rect = (struct heed_rect){0};
    }
    open_level(list, false);
    struct heed_item *item = add_bracket(list, HEED_ITEM_CLIP);
    if (item) {
        item->as.clip = rect;
    }
}

void heed_list_unclip(struct heed_list *list)
{
    close_level(list, false);
    (void)add_bracket(list, HEED_ITEM_UNCLIP);
}

void heed_list_group(struct heed_list *list, struct heed_item_group group)
{
    if (!bound_rect(&group.bounds)) {
        group.bounds = (struct heed_rect){0};
    }
    group.opacity = group.opacity > 0 ? fminf(group.opacity, 1) : 0;
    open_level(list, true);
    struct heed_item *item = add_bracket(list, HEED_ITEM_GROUP);
    if (item) {
        item->as.group = group;
    }
}

void heed_list_ungroup(struct heed_list *list)
{
    close_level(list, true);
    (void)add_bracket(list, HEED_ITEM_UNGROUP);
}

void heed_list_hotspot(struct heed_list *list, struct heed_rect rect)
{
    if (!has_target(list) || !bound_rect(&rect)) {
        return;
    }
    struct heed_item *item = add(list, HEED_ITEM_HOTSPOT);
    if (item) {
        item->as.hotspot = rect;
    }
}

void heed_list_spot(struct heed_list *list, struct heed_rect rect, struct heed_target target)
{
    list->target = target;
    heed_list_hotspot(list, rect);
    list->target = (struct heed_target){0};
}

void heed_list_fill(struct heed_list *list, struct heed_rect rect, float radius,
                    struct heed_color fill)
{
    heed_list_rect(list, (struct heed_item_rect){.rect = rect, .radius = radius, .fill = fill});
}

void heed_list_outline(struct heed_list *list, struct heed_rect rect, float radius, float width,
                       struct heed_color stroke)
{
    heed_list_box(list, rect, radius, (struct heed_color){0}, width, stroke);
}

void heed_list_box(struct heed_list *list, struct heed_rect rect, float radius,
                   struct heed_color fill, float width, struct heed_color stroke)
{
    heed_list_rect(list, (struct heed_item_rect){rect, radius, fill, {width, stroke, 0, 0, false}});
}

void heed_list_stroke(struct heed_list *list, float x0, float y0, float x1, float y1, float width,
                      struct heed_color color)
{
    heed_list_line(list, (struct heed_item_line){x0, y0, x1, y1, {.width = width, .color = color}});
}
