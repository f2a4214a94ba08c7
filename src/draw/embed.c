#include "draw/embed.h"

#include <math.h>
#include <string.h>

static float to_linear(float c)
{
    return c <= 0.04045f ? c / 12.92f : powf((c + 0.055f) / 1.055f, 2.4f);
}

static float from_linear(float c)
{
    return c <= 0.0031308f ? c * 12.92f : 1.055f * powf(c, 1 / 2.4f) - 0.055f;
}

struct heed_color heed_color_grey(struct heed_color color)
{
    const float light =
        0.2126f * to_linear(color.r) + 0.7152f * to_linear(color.g) + 0.0722f * to_linear(color.b);
    const float grey = from_linear(light);
    return (struct heed_color){grey, grey, grey, color.a};
}

static float place_x(const struct heed_embedding *how, float x)
{
    return how->x + x * how->scale;
}

static float place_y(const struct heed_embedding *how, float y)
{
    return how->y + y * how->scale;
}

static struct heed_rect place(const struct heed_embedding *how, struct heed_rect rect)
{
    return (struct heed_rect){place_x(how, rect.x), place_y(how, rect.y), rect.w * how->scale,
                              rect.h * how->scale};
}

static struct heed_color tint(const struct heed_embedding *how, struct heed_color color)
{
    return how->grey ? heed_color_grey(color) : color;
}

static struct heed_stroke draw_stroke(const struct heed_embedding *how, struct heed_stroke stroke)
{
    stroke.width *= how->scale;
    stroke.dash_on *= how->scale;
    stroke.dash_off *= how->scale;
    stroke.color = tint(how, stroke.color);
    return stroke;
}

static void add_lines(struct heed_list *to, const struct heed_item *item,
                      const struct heed_embedding *how)
{
    if (item->kind == HEED_ITEM_LINE) {
        const struct heed_item_line *it = &item->as.line;
        heed_list_line(to, (struct heed_item_line){place_x(how, it->x0), place_y(how, it->y0),
                                                   place_x(how, it->x1), place_y(how, it->y1),
                                                   draw_stroke(how, it->stroke)});
    } else if (item->kind == HEED_ITEM_CUBIC) {
        const struct heed_item_cubic *it = &item->as.cubic;
        heed_list_cubic(to, (struct heed_item_cubic){place_x(how, it->x0), place_y(how, it->y0),
                                                     place_x(how, it->x1), place_y(how, it->y1),
                                                     place_x(how, it->x2), place_y(how, it->y2),
                                                     place_x(how, it->x3), place_y(how, it->y3),
                                                     draw_stroke(how, it->stroke)});
    } else if (item->kind == HEED_ITEM_ARC) {
        const struct heed_item_arc *it = &item->as.arc;
        heed_list_arc(to, (struct heed_item_arc){place_x(how, it->cx), place_y(how, it->cy),
                                                 it->rx * how->scale, it->ry * how->scale, it->from,
                                                 it->to, draw_stroke(how, it->stroke)});
    } else {
        const struct heed_item_triangle *it = &item->as.triangle;
        heed_list_triangle(to, (struct heed_item_triangle){
                                   place_x(how, it->x0), place_y(how, it->y0), place_x(how, it->x1),
                                   place_y(how, it->y1), place_x(how, it->x2), place_y(how, it->y2),
                                   tint(how, it->fill)});
    }
}

static void add_gradient(struct heed_list *to, struct heed_item_gradient it,
                         const struct heed_embedding *how)
{
    struct heed_color stops[HEED_PALETTE_STOPS];
    it.rect = place(how, it.rect);
    it.radius *= how->scale;
    if (how->grey && it.n_stops <= HEED_PALETTE_STOPS) {
        for (int i = 0; i < it.n_stops; i++) {
            stops[i] = tint(how, it.stops[i]);
        }
        it.stops = stops;
    }
    heed_list_gradient(to, it);
}

static void add_heatmap(struct heed_list *to, struct heed_item_heatmap it,
                        const struct heed_embedding *how)
{
    it.rect = place(how, it.rect);
    it.gap *= how->scale;
    it.radius *= how->scale;
    for (int i = 0; i < HEED_PALETTE_STOPS; i++) {
        it.palette.stops[i] = tint(how, it.palette.stops[i]);
    }
    heed_list_heatmap(to, it);
}

/* Another key for other content: what a painter keeps of a group is of its bounds. */
static uint64_t key_of(uint64_t key, const struct heed_embedding *how)
{
    const float parts[] = {how->x, how->y, how->scale, how->grey ? 1.0f : 0.0f};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        uint32_t bits = 0;
        memcpy(&bits, &parts[i], sizeof bits);
        key = (key ^ bits) * 0x100000001b3u;
    }
    return key | 1;
}

static void add_text(struct heed_list *to, struct heed_item_text it,
                     const struct heed_embedding *how)
{
    it.x = place_x(how, it.x);
    it.y = place_y(how, it.y);
    it.style.size *= how->scale;
    it.color = tint(how, it.color);
    heed_list_text(to, it);
}

static void add(struct heed_list *to, const struct heed_item *item,
                const struct heed_embedding *how)
{
    struct heed_item_rect rect;
    struct heed_item_group group;
    switch (item->kind) {
    case HEED_ITEM_RECT:
        rect = item->as.rect;
        rect.rect = place(how, rect.rect);
        rect.radius *= how->scale;
        rect.fill = tint(how, rect.fill);
        rect.stroke = draw_stroke(how, rect.stroke);
        heed_list_rect(to, rect);
        break;
    case HEED_ITEM_LINE:
    case HEED_ITEM_CUBIC:
    case HEED_ITEM_ARC:
    case HEED_ITEM_TRIANGLE:
        add_lines(to, item, how);
        break;
    case HEED_ITEM_GRADIENT:
        add_gradient(to, item->as.gradient, how);
        break;
    case HEED_ITEM_TEXT:
        add_text(to, item->as.text, how);
        break;
    case HEED_ITEM_HEATMAP:
        add_heatmap(to, item->as.heatmap, how);
        break;
    case HEED_ITEM_CLIP:
        heed_list_clip(to, place(how, item->as.clip));
        break;
    case HEED_ITEM_UNCLIP:
        heed_list_unclip(to);
        break;
    case HEED_ITEM_GROUP:
        group = item->as.group;
        group.key = key_of(group.key, how);
        group.bounds = place(how, group.bounds);
        heed_list_group(to, group);
        break;
    case HEED_ITEM_UNGROUP:
        heed_list_ungroup(to);
        break;
    case HEED_ITEM_HOTSPOT:
        break;
    }
}

void heed_list_embed(struct heed_list *to, const struct heed_list *from, struct heed_embedding how)
{
    const struct heed_rect page = place(&how, (struct heed_rect){0, 0, from->width, from->height});
    heed_list_fill(to, page, 0, tint(&how, from->background));
    heed_list_clip(to, page);
    for (size_t i = 0; i < from->n_items; i++) {
        add(to, &from->items[i], &how);
    }
    heed_list_unclip(to);
}
