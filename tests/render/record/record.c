#include "render/record/record.h"

#include "draw/hit.h"

#include <math.h>

static const char *const target_names[] = {
    [HEED_TARGET_NONE] = "none",
    [HEED_TARGET_BLOCK] = "block",
    [HEED_TARGET_QUERY] = "query",
    [HEED_TARGET_KEY] = "key",
    [HEED_TARGET_CELL] = "cell",
    [HEED_TARGET_LINK] = "link",
    [HEED_TARGET_HEAD] = "head",
    [HEED_TARGET_LAYER_LABEL] = "layer-label",
    [HEED_TARGET_HEAD_LABEL] = "head-label",
    [HEED_TARGET_COMMAND] = "command",
    [HEED_TARGET_SLIDER] = "slider",
    [HEED_TARGET_TEXT_FIELD] = "text-field",
    [HEED_TARGET_VALUE] = "value",
    [HEED_TARGET_SCROLL] = "scroll",
    [HEED_TARGET_TERM] = "term",
};

/* At most this many decimals, without trailing zeros. */
static void put_number(struct heed_buffer *out, double value, int decimals)
{
    const double least = 0.5 * pow(10, -decimals);
    heed_buffer_printf(out, " %.*f", decimals, fabs(value) < least ? 0 : value);
    if (out->failed || decimals == 0) {
        return;
    }
    while (out->data[out->size - 1] == '0') {
        out->size--;
    }
    out->size -= out->data[out->size - 1] == '.' ? 1 : 0;
    out->data[out->size] = '\0';
}

static void put_numbers(struct heed_buffer *out, const float *values, int n)
{
    for (int i = 0; i < n; i++) {
        put_number(out, (double)values[i], 2);
    }
}

static void put_rect(struct heed_buffer *out, struct heed_rect rect)
{
    put_numbers(out, (float[]){rect.x, rect.y, rect.w, rect.h}, 4);
}

static unsigned channel(float value)
{
    return value > 0 ? (unsigned)lrintf(fminf(value, 1) * 255) : 0;
}

static void put_color(struct heed_buffer *out, struct heed_color color)
{
    heed_buffer_printf(out, " #%02x%02x%02x", channel(color.r), channel(color.g), channel(color.b));
    if (color.a < 1) {
        heed_buffer_puts(out, " alpha");
        put_number(out, (double)color.a, 4);
    }
}

static void put_stroke(struct heed_buffer *out, struct heed_stroke stroke)
{
    if (!(stroke.width > 0)) {
        return;
    }
    heed_buffer_puts(out, " stroke");
    put_number(out, (double)stroke.width, 2);
    put_color(out, stroke.color);
    if (stroke.dash_on > 0) {
        heed_buffer_puts(out, " dash");
        put_numbers(out, (float[]){stroke.dash_on, stroke.dash_off}, 2);
    }
    if (stroke.round_caps) {
        heed_buffer_puts(out, " round");
    }
}

static void put_named(struct heed_buffer *out, const char *name, float value)
{
    if (value != 0) {
        heed_buffer_printf(out, " %s", name);
        put_number(out, (double)value, 4);
    }
}

static void write_rect(struct heed_buffer *out, const struct heed_item_rect *rect)
{
    put_rect(out, rect->rect);
    put_named(out, "radius", rect->radius);
    if (rect->fill.a > 0) {
        heed_buffer_puts(out, " fill");
        put_color(out, rect->fill);
    }
    put_stroke(out, rect->stroke);
}

static void write_text(struct heed_buffer *out, const struct heed_item_text *text)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    put_numbers(out, (float[]){text->x, text->y}, 2);
    heed_buffer_puts(out, " ");
    heed_buffer_put_json(out, text->text, text->length);
    heed_buffer_printf(out, " %s", anchors[text->anchor]);
    put_number(out, (double)text->style.size, 2);
    heed_buffer_printf(out, "/%d%s%s", text->style.weight, text->style.italic ? " italic" : "",
                       text->style.tabular ? " tabular" : "");
    put_named(out, "angle", text->angle);
    put_color(out, text->color);
}

static void write_gradient(struct heed_buffer *out, const struct heed_item_gradient *gradient)
{
    put_rect(out, gradient->rect);
    put_named(out, "radius", gradient->radius);
    heed_buffer_puts(out, gradient->vertical ? " up" : " right");
    for (int i = 0; i < gradient->n_stops; i++) {
        put_color(out, gradient->stops[i]);
    }
}

/* The values themselves belong to their maker: the dump has their sum, which
 * tells one matrix from another. */
static void write_heatmap(struct heed_buffer *out, const struct heed_item_heatmap *heatmap)
{
    put_rect(out, heatmap->rect);
    heed_buffer_printf(out, " slice %d rows %d+%d columns %d+%d", heatmap->slice, heatmap->row,
                       heatmap->rows, heatmap->column, heatmap->columns);
    heed_buffer_puts(out, " range");
    put_number(out, (double)heatmap->low, 4);
    put_number(out, (double)heatmap->high, 4);
    put_named(out, "threshold", heatmap->threshold);
    put_named(out, "gap", heatmap->gap);
    put_named(out, "radius", heatmap->radius);
    double sum = 0;
    for (int r = 0; r < heatmap->rows; r++) {
        for (int c = 0; c < heatmap->columns; c++) {
            const float value = heed_heatmap_peak(heatmap, r, r + 1, c, c + 1);
            sum += isfinite(value) ? (double)value : 0;
        }
    }
    heed_buffer_puts(out, " sum");
    put_number(out, sum, 2);
    put_color(out, heatmap->palette.stops[0]);
    put_color(out, heatmap->palette.stops[HEED_PALETTE_STOPS - 1]);
}

static void write_curve(struct heed_buffer *out, const struct heed_item *item)
{
    if (item->kind == HEED_ITEM_LINE) {
        const struct heed_item_line *l = &item->as.line;
        put_numbers(out, (float[]){l->x0, l->y0, l->x1, l->y1}, 4);
        put_stroke(out, l->stroke);
    } else if (item->kind == HEED_ITEM_CUBIC) {
        const struct heed_item_cubic *c = &item->as.cubic;
        put_numbers(out, (float[]){c->x0, c->y0, c->x1, c->y1, c->x2, c->y2, c->x3, c->y3}, 8);
        put_stroke(out, c->stroke);
    } else {
        const struct heed_item_arc *a = &item->as.arc;
        put_numbers(out, (float[]){a->cx, a->cy, a->rx, a->ry}, 4);
        put_number(out, (double)a->from, 4);
        put_number(out, (double)a->to, 4);
        put_stroke(out, a->stroke);
    }
}

static void write_triangle(struct heed_buffer *out, const struct heed_item_triangle *t)
{
    put_numbers(out, (float[]){t->x0, t->y0, t->x1, t->y1, t->x2, t->y2}, 6);
    put_color(out, t->fill);
}

static void write_item(struct heed_buffer *out, const struct heed_item *item)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        heed_buffer_puts(out, "rect");
        write_rect(out, &item->as.rect);
        break;
    case HEED_ITEM_LINE:
        heed_buffer_puts(out, "line");
        write_curve(out, item);
        break;
    case HEED_ITEM_CUBIC:
        heed_buffer_puts(out, "cubic");
        write_curve(out, item);
        break;
    case HEED_ITEM_ARC:
        heed_buffer_puts(out, "arc");
        write_curve(out, item);
        break;
    case HEED_ITEM_TRIANGLE:
        heed_buffer_puts(out, "triangle");
        write_triangle(out, &item->as.triangle);
        break;
    case HEED_ITEM_GRADIENT:
        heed_buffer_puts(out, "gradient");
        write_gradient(out, &item->as.gradient);
        break;
    case HEED_ITEM_TEXT:
        heed_buffer_puts(out, "text");
        write_text(out, &item->as.text);
        break;
    case HEED_ITEM_HEATMAP:
        heed_buffer_puts(out, "heatmap");
        write_heatmap(out, &item->as.heatmap);
        break;
    case HEED_ITEM_CLIP:
        heed_buffer_puts(out, "clip");
        put_rect(out, item->as.clip);
        break;
    case HEED_ITEM_UNCLIP:
        heed_buffer_puts(out, "unclip");
        break;
    case HEED_ITEM_GROUP:
        heed_buffer_puts(out, "group");
        put_rect(out, item->as.group.bounds);
        heed_buffer_puts(out, " opacity");
        put_number(out, (double)item->as.group.opacity, 4);
        break;
    case HEED_ITEM_UNGROUP:
        heed_buffer_puts(out, "ungroup");
        break;
    case HEED_ITEM_HOTSPOT:
        heed_buffer_puts(out, "hotspot");
        put_rect(out, item->as.hotspot);
        break;
    }
}

static void write_target(struct heed_buffer *out, struct heed_target target)
{
    if (target.kind == HEED_TARGET_NONE) {
        return;
    }
    heed_buffer_printf(out, " -> %s %d %d %d", target_names[target.kind], target.a, target.b,
                       target.c);
    if (target.flags != 0) {
        heed_buffer_printf(out, " flags %u", (unsigned)target.flags);
    }
}

void heed_record_write(const struct heed_list *list, struct heed_buffer *out)
{
    heed_buffer_puts(out, "list");
    put_numbers(out, (float[]){list->width, list->height}, 2);
    put_color(out, list->background);
    heed_buffer_puts(out, list->failed ? " failed\n" : "\n");
    int depth = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        const bool closes = item->kind == HEED_ITEM_UNCLIP || item->kind == HEED_ITEM_UNGROUP;
        depth -= closes ? 1 : 0;
        heed_buffer_printf(out, "%*s", 2 * depth, "");
        write_item(out, item);
        write_target(out, item->target);
        heed_buffer_puts(out, "\n");
        depth += item->kind == HEED_ITEM_CLIP || item->kind == HEED_ITEM_GROUP;
    }
}
