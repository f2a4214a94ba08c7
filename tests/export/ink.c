#include "ink.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

/* px: rounding of glyphs, and what a reader doesn't see. */
#define EDGE_SLACK 0.4f
#define CLIP_SLACK 0.8f
#define OVERLAP_SLACK 0.5f

struct ink {
    PangoFontMap *map;
    PangoContext *context;
};

struct corner {
    float x, y;
};

struct shape {
    const struct heed_item_text *text;
    struct corner corners[4];
    float left, top, right, bottom; /* bounds */
};

struct ink *ink_open(void)
{
    struct ink *ink = calloc(1, sizeof *ink);
    cairo_font_options_t *options = cairo_font_options_create();
    ink->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    ink->context = pango_font_map_create_context(ink->map);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(ink->context, options);
    pango_context_set_round_glyph_positions(ink->context, FALSE);
    pango_context_set_language(ink->context, pango_language_from_string("en"));
    cairo_font_options_destroy(options);
    return ink;
}

void ink_close(struct ink *ink)
{
    g_object_unref(ink->context);
    g_object_unref(ink->map);
    free(ink);
}

/* The ink's and the whole line's rectangle, from the baseline's start, px. */
static void measure(const struct ink *ink, const struct heed_item_text *text, PangoRectangle *marks,
                    PangoRectangle *line)
{
    PangoFontDescription *font = pango_font_description_new();
    PangoLayout *layout = pango_layout_new(ink->context);
    pango_font_description_set_family_static(font, "Inter, sans-serif");
    pango_font_description_set_weight(font, (PangoWeight)text->style.weight);
    pango_font_description_set_style(font,
                                     text->style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(font, (double)text->style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text->text, (int)text->length);
    if (text->style.tabular) {
        PangoAttrList *attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1, kern=0"));
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
    }
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), marks, line);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static struct shape shape_of(const struct ink *ink, const struct heed_item_text *text)
{
    PangoRectangle marks, line;
    struct shape shape = {.text = text, .left = 1e9f, .top = 1e9f, .right = -1e9f, .bottom = -1e9f};
    measure(ink, text, &marks, &line);
    const float unit = 1.0f / PANGO_SCALE, width = (float)line.width * unit;
    const float shift = text->anchor == HEED_ANCHOR_START    ? 0
                        : text->anchor == HEED_ANCHOR_MIDDLE ? width / 2
                                                             : width;
    const float x0 = (float)marks.x * unit - shift, x1 = x0 + (float)marks.width * unit;
    const float y0 = (float)marks.y * unit, y1 = y0 + (float)marks.height * unit;
    const struct corner flat[] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    const float c = cosf(text->angle), s = sinf(text->angle);
    for (int i = 0; i < 4; i++) {
        const struct corner p = {text->x + c * flat[i].x - s * flat[i].y,
                                 text->y + s * flat[i].x + c * flat[i].y};
        shape.corners[i] = p;
        shape.left = fminf(shape.left, p.x);
        shape.right = fmaxf(shape.right, p.x);
        shape.top = fminf(shape.top, p.y);
        shape.bottom = fmaxf(shape.bottom, p.y);
    }
    return shape;
}

/* The shapes have no gap between them along the normal of a side of a. */
static float least_depth(const struct shape *a, const struct shape *b)
{
    float least = 1e9f;
    for (int side = 0; side < 2; side++) {
        const float dx = a->corners[side + 1].x - a->corners[side].x;
        const float dy = a->corners[side + 1].y - a->corners[side].y;
        const float length = fmaxf(hypotf(dx, dy), 1e-6f);
        float from[2] = {1e9f, 1e9f}, to[2] = {-1e9f, -1e9f};
        for (int i = 0; i < 4; i++) {
            const struct corner p = a->corners[i], q = b->corners[i];
            const float at[2] = {(p.x * dx + p.y * dy) / length, (q.x * dx + q.y * dy) / length};
            for (int j = 0; j < 2; j++) {
                from[j] = fminf(from[j], at[j]);
                to[j] = fmaxf(to[j], at[j]);
            }
        }
        least = fminf(least, fminf(to[0] - from[1], to[1] - from[0]));
    }
    return least;
}

static int by_top(const void *a, const void *b)
{
    const struct shape *left = a, *right = b;
    return (left->top > right->top) - (left->top < right->top);
}

/* From the top down: behind the first that begins below a, all do. */
static int check_pairs(struct shape *shapes, size_t n, struct heed_buffer *out)
{
    int n_bad = 0;
    qsort(shapes, n, sizeof *shapes, by_top);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n && shapes[j].top < shapes[i].bottom; j++) {
            const struct shape *a = &shapes[i], *b = &shapes[j];
            const bool near = a->left < b->right && b->left < a->right;
            if (near && fminf(least_depth(a, b), least_depth(b, a)) > OVERLAP_SLACK) {
                heed_buffer_printf(out, "  \"%s\" lies over \"%s\" at (%.1f, %.1f)\n",
                                   a->text->text, b->text->text, (double)a->left, (double)a->top);
                n_bad++;
            }
        }
    }
    return n_bad;
}

static bool lies_in(const struct shape *shape, struct heed_rect rect, float slack)
{
    return shape->left >= rect.x - slack && shape->top >= rect.y - slack &&
           shape->right <= rect.x + rect.w + slack && shape->bottom <= rect.y + rect.h + slack;
}

int ink_check(struct ink *ink, const struct heed_list *list, struct heed_buffer *out)
{
    struct shape *shapes = calloc(list->n_items + 1, sizeof *shapes);
    struct heed_rect clips[HEED_LIST_MAX_DEPTH + 1];
    const struct heed_rect page = {0, 0, list->width, list->height};
    int depth = 0, n_bad = 0;
    size_t n = 0;
    clips[0] = page;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_CLIP || item->kind == HEED_ITEM_GROUP) {
            depth++;
            clips[depth] = item->kind == HEED_ITEM_CLIP ? item->as.clip : clips[depth - 1];
        } else if (item->kind == HEED_ITEM_UNCLIP || item->kind == HEED_ITEM_UNGROUP) {
            depth--;
        } else if (item->kind == HEED_ITEM_TEXT) {
            struct shape *shape = &shapes[n];
            *shape = shape_of(ink, &item->as.text);
            n += shape->right > shape->left; /* a space has none */
            if (shape->right > shape->left &&
                (!lies_in(shape, page, EDGE_SLACK) || !lies_in(shape, clips[depth], CLIP_SLACK))) {
                heed_buffer_printf(out, "  \"%s\" is cut off at (%.1f, %.1f)-(%.1f, %.1f)\n",
                                   shape->text->text, (double)shape->left, (double)shape->top,
                                   (double)shape->right, (double)shape->bottom);
                n_bad++;
            }
        }
    }
    n_bad += check_pairs(shapes, n, out);
    free(shapes);
    return n_bad;
}
