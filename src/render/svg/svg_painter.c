#include "render/svg/svg_painter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/array.h"
#include "base/utf8.h"
#include "render/cairo/cairo_heatmap.h"
#include "render/svg/svg_writer.h"

#define PI 3.14159265358979

static void put(struct heed_svg_writer *writer, const char *text)
{
    heed_buffer_puts(writer->out, text);
}

static bool paints(const struct heed_stroke *stroke)
{
    return stroke->width > 0 && stroke->color.a > 0;
}

/* The stroke lies inside the edge, SVG's on it. An opaque one hides that the
 * fill then ends below its middle; else fill and stroke are two elements. */
static void write_rect(struct heed_svg_writer *writer, const struct heed_item_rect *item)
{
    const double x = (double)item->rect.x;
    const double y = (double)item->rect.y;
    const double w = (double)item->rect.w;
    const double h = (double)item->rect.h;
    const double radius = (double)item->radius;
    const bool stroked = paints(&item->stroke);
    const bool filled = item->fill.a > 0;
    const bool together =
        stroked && filled && item->stroke.color.a >= 1 && !(item->stroke.dash_on > 0);
    if (filled && !together) {
        put(writer, "<rect");
        heed_svg_put_rect(writer, x, y, w, h, radius);
        heed_svg_put_color(writer, "fill", item->fill);
        put(writer, "/>\n");
    }
    if (stroked) {
        struct heed_stroke stroke = item->stroke;
        stroke.width = fminf(stroke.width, fminf(item->rect.w, item->rect.h) / 2);
        const double inset = (double)stroke.width / 2;
        put(writer, "<rect");
        heed_svg_put_rect(writer, x + inset, y + inset, w - 2 * inset, h - 2 * inset,
                          radius - inset);
        if (together) {
            heed_svg_put_color(writer, "fill", item->fill);
        } else {
            put(writer, " fill=\"none\"");
        }
        heed_svg_put_stroke(writer, &stroke);
        put(writer, "/>\n");
    }
}

static void end_path(struct heed_svg_writer *writer, const struct heed_stroke *stroke)
{
    put(writer, "\" fill=\"none\"");
    heed_svg_put_stroke(writer, stroke);
    put(writer, "/>\n");
}

static void write_line(struct heed_svg_writer *writer, const struct heed_item_line *l)
{
    if (!paints(&l->stroke)) {
        return;
    }
    heed_svg_put_points(writer, "<path d=\"M", (float[]){l->x0, l->y0}, 2);
    heed_svg_put_points(writer, "L", (float[]){l->x1, l->y1}, 2);
    end_path(writer, &l->stroke);
}

static void write_cubic(struct heed_svg_writer *writer, const struct heed_item_cubic *c)
{
    if (!paints(&c->stroke)) {
        return;
    }
    const float rest[6] = {c->x1, c->y1, c->x2, c->y2, c->x3, c->y3};
    heed_svg_put_points(writer, "<path d=\"M", (float[]){c->x0, c->y0}, 2);
    heed_svg_put_points(writer, "C", rest, 6);
    end_path(writer, &c->stroke);
}

/* In two halves, since one command can't draw a whole ellipse. */
static void write_arc(struct heed_svg_writer *writer, const struct heed_item_arc *arc)
{
    if (!paints(&arc->stroke)) {
        return;
    }
    const float middle = (arc->from + arc->to) / 2;
    const float angles[3] = {arc->from, middle, arc->to};
    for (int i = 0; i < 3; i++) {
        const float point[2] = {arc->cx + arc->rx * cosf(angles[i]),
                                arc->cy + arc->ry * sinf(angles[i])};
        if (i == 0) {
            heed_svg_put_points(writer, "<path d=\"M", point, 2);
            continue;
        }
        heed_svg_put_points(writer, "A", (float[]){arc->rx, arc->ry}, 2);
        heed_svg_put_points(writer, " 0 0 1 ", point, 2);
    }
    end_path(writer, &arc->stroke);
}

static void write_triangle(struct heed_svg_writer *writer, const struct heed_item_triangle *t)
{
    if (!(t->fill.a > 0)) {
        return;
    }
    const float points[6] = {t->x0, t->y0, t->x1, t->y1, t->x2, t->y2};
    heed_svg_put_points(writer, "<polygon points=\"", points, 6);
    put(writer, "\"");
    heed_svg_put_color(writer, "fill", t->fill);
    put(writer, "/>\n");
}

static void write_gradient(struct heed_svg_writer *writer, const struct heed_item_gradient *item)
{
    const struct heed_rect r = item->rect;
    const uint32_t id = heed_svg_next_id(writer);
    heed_buffer_printf(writer->out, "<linearGradient id=\"g%08x\" gradientUnits=\"userSpaceOnUse\"",
                       (unsigned)id);
    heed_svg_put_attribute(writer, "x1", (double)r.x);
    heed_svg_put_attribute(writer, "y1", (double)(item->vertical ? r.y + r.h : r.y));
    heed_svg_put_attribute(writer, "x2", (double)(item->vertical ? r.x : r.x + r.w));
    heed_svg_put_attribute(writer, "y2", (double)r.y);
    put(writer, ">\n");
    for (int i = 0; i < item->n_stops; i++) {
        put(writer, "<stop offset=\"");
        heed_svg_put_number(writer, item->n_stops > 1 ? (double)i / (item->n_stops - 1) : 0, 3);
        put(writer, "\"");
        heed_svg_put_color(writer, "stop", item->stops[i]);
        put(writer, "/>\n");
    }
    put(writer, "</linearGradient>\n<rect");
    heed_svg_put_rect(writer, (double)r.x, (double)r.y, (double)r.w, (double)r.h,
                      (double)item->radius);
    heed_buffer_printf(writer->out, " fill=\"url(#g%08x)\"/>\n", (unsigned)id);
}

/* By the first strong character (UAX 9, rules P2 and P3), as pango and fribidi decide it. */
static bool goes_leftwards(const struct heed_item_text *text)
{
    for (size_t i = 0; i < text->length;) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(text->text + i, text->length - i, &c);
        if (size == 0) {
            break;
        }
        const unsigned class = utf8proc_get_property((utf8proc_int32_t)c)->bidi_class;
        if (class == UTF8PROC_BIDI_CLASS_L) {
            return false;
        }
        if (class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL) {
            return true;
        }
        i += size;
    }
    return false;
}

static bool needs_preserve(const struct heed_item_text *text)
{
    return text->text[0] == ' ' || text->text[text->length - 1] == ' ' ||
           strstr(text->text, "  ") != NULL;
}

static void write_style(struct heed_svg_writer *writer, struct heed_text_style style)
{
    heed_svg_put_attribute(writer, "font-size", (double)style.size);
    if (style.weight != 400) {
        heed_buffer_printf(writer->out, " font-weight=\"%d\"", style.weight);
    }
    if (style.italic) {
        put(writer, " font-style=\"italic\"");
    }
    if (style.tabular) {
        put(writer, " style=\"font-variant-numeric:tabular-nums\"");
    }
}

static void write_text(struct heed_svg_writer *writer, const struct heed_item_text *text)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    const bool leftwards = goes_leftwards(text);
    int anchor = text->anchor;
    if (leftwards) { /* its start is on the right */
        anchor = 2 - anchor;
    }
    put(writer, "<text");
    heed_svg_put_attribute(writer, "x", (double)text->x);
    heed_svg_put_attribute(writer, "y", (double)text->y);
    if (text->angle != 0) {
        put(writer, " transform=\"rotate(");
        heed_svg_put_number(writer, (double)text->angle * 180 / PI, 3);
        heed_svg_put_points(writer, " ", (float[]){text->x, text->y}, 2);
        put(writer, ")\"");
    }
    write_style(writer, text->style);
    if (leftwards) {
        put(writer, " direction=\"rtl\"");
    }
    if (anchor != HEED_ANCHOR_START) {
        heed_buffer_printf(writer->out, " text-anchor=\"%s\"", anchors[anchor]);
    }
    heed_svg_put_color(writer, "fill", text->color);
    if (needs_preserve(text)) {
        put(writer, " xml:space=\"preserve\"");
    }
    put(writer, ">");
    heed_buffer_put_xml(writer->out, text->text, text->length);
    put(writer, "</text>\n");
}

static void write_cells(struct heed_svg_writer *writer, const struct heed_item_heatmap *heatmap)
{
    struct heed_cell_walk walk = {heatmap, 0, 0};
    struct heed_cell_run run;
    put(writer, "<g>\n");
    while (heed_cell_walk_next(&walk, &run)) {
        put(writer, "<rect");
        heed_svg_put_rect(writer, run.x, run.y, run.w, run.h, (double)heatmap->radius);
        heed_svg_put_color(writer, "fill", run.color);
        put(writer, "/>\n");
    }
    put(writer, "</g>\n");
}

static bool write_image(struct heed_svg_writer *writer, const struct heed_item_heatmap *heatmap,
                        struct heed_error *err)
{
    struct heed_buffer png = {0};
    const bool ok = heed_heatmap_write_png(heatmap, &png, err);
    if (ok) {
        const struct heed_rect r = heatmap->rect;
        put(writer, "<image");
        heed_svg_put_rect(writer, (double)r.x, (double)r.y, (double)r.w, (double)r.h, 0);
        put(writer, " preserveAspectRatio=\"none\" "
                    "style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" "
                    "xlink:href=\"data:image/png;base64,");
        heed_svg_put_base64(writer, &png);
        put(writer, "\"/>\n");
    }
    heed_buffer_finish(&png);
    return ok;
}

static void open_clip(struct heed_svg_writer *writer, struct heed_rect clip)
{
    const unsigned id = (unsigned)heed_svg_next_id(writer);
    heed_buffer_printf(writer->out, "<clipPath id=\"c%08x\"><rect", id);
    heed_svg_put_rect(writer, (double)clip.x, (double)clip.y, (double)clip.w, (double)clip.h, 0);
    heed_buffer_printf(writer->out, "/></clipPath>\n<g clip-path=\"url(#c%08x)\">\n", id);
}

static void open_group(struct heed_svg_writer *writer, float opacity)
{
    put(writer, "<g opacity=\"");
    heed_svg_put_number(writer, (double)opacity, 3);
    put(writer, "\">\n");
}

static bool write_item(struct heed_svg_writer *writer, const struct heed_item *item,
                       struct heed_error *err)
{
    switch (item->kind) {
    case HEED_ITEM_RECT:
        write_rect(writer, &item->as.rect);
        break;
    case HEED_ITEM_LINE:
        write_line(writer, &item->as.line);
        break;
    case HEED_ITEM_CUBIC:
        write_cubic(writer, &item->as.cubic);
        break;
    case HEED_ITEM_ARC:
        write_arc(writer, &item->as.arc);
        break;
    case HEED_ITEM_TRIANGLE:
        write_triangle(writer, &item->as.triangle);
        break;
    case HEED_ITEM_GRADIENT:
        write_gradient(writer, &item->as.gradient);
        break;
    case HEED_ITEM_TEXT:
        write_text(writer, &item->as.text);
        break;
    case HEED_ITEM_HEATMAP:
        if (heed_heatmap_wants_image(&item->as.heatmap)) {
            return write_image(writer, &item->as.heatmap, err);
        }
        write_cells(writer, &item->as.heatmap);
        break;
    case HEED_ITEM_CLIP:
        open_clip(writer, item->as.clip);
        break;
    case HEED_ITEM_GROUP:
        open_group(writer, item->as.group.opacity);
        break;
    case HEED_ITEM_UNCLIP:
    case HEED_ITEM_UNGROUP:
        put(writer, "</g>\n");
        break;
    case HEED_ITEM_HOTSPOT:
        break;
    }
    return true;
}

/* What of a map an item is: 0 if of none. */
static int64_t head_of(const struct heed_item *item)
{
    const struct heed_target target = item->target;
    int64_t part = target.flags, head = 0;
    if (item->kind >= HEED_ITEM_CLIP) { /* other groups begin and end outside of it */
        return 0;
    }
    if (target.kind == HEED_TARGET_LINK) {
        head = target.c < 0 ? -1 : target.c;
    } else if (target.kind == HEED_TARGET_CELL && item->kind == HEED_ITEM_HEATMAP) {
        head = target.a < 0 ? -1 : (int64_t)target.a << 16 | target.b;
        part = target.c;
    } else {
        return 0;
    }
    return (part << 32) + head + 2;
}

static void end_head(struct heed_svg_writer *writer)
{
    put(writer, writer->open_head != 0 ? "</g>\n" : "");
    writer->open_head = 0;
}

static int count_group(struct heed_svg_writer *writer, int64_t head)
{
    for (size_t i = 0; i < writer->n_groups; i++) {
        if (writer->groups[i].head == head) {
            return ++writer->groups[i].count;
        }
    }
    if (!heed_array_reserve(&writer->groups, &writer->group_capacity, writer->n_groups + 1,
                            sizeof *writer->groups)) {
        writer->out->failed = true;
        return 1;
    }
    writer->groups[writer->n_groups++] = (struct heed_svg_group){head, 1};
    return 1;
}

static void begin_head(struct heed_svg_writer *writer, const struct heed_item *item)
{
    const int64_t head = head_of(item);
    if (head == writer->open_head) {
        return;
    }
    end_head(writer);
    if (head == 0) {
        return;
    }
    const int32_t id = (int32_t)((head & 0xFFFFFFFF) - 2);
    const int part = (int)(head >> 32), count = count_group(writer, head);
    put(writer, "<g id=\"");
    if (id < 0) {
        put(writer, "heads");
    } else {
        heed_buffer_printf(writer->out, "L%dH%d", id >> 16, id & 0xFFFF);
    }
    if (part != 0) {
        heed_buffer_printf(writer->out, "-part%d", part);
    }
    if (count > 1) {
        heed_buffer_printf(writer->out, "-%d", count);
    }
    put(writer, "\">\n");
    writer->open_head = head;
}

static void write_head(struct heed_svg_writer *writer, const struct heed_list *list,
                       const char *title, float width_mm)
{
    put(writer,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" role=\"img\" width=\"");
    const bool in_mm = width_mm > 0;
    const double w = (double)(in_mm ? width_mm : list->width);
    heed_svg_put_number(writer, w, 3);
    put(writer, in_mm ? "mm\" height=\"" : "\" height=\"");
    heed_svg_put_number(writer, (double)list->height * w / (double)list->width, 3);
    put(writer, in_mm ? "mm\"" : "\"");
    heed_svg_put_points(writer, " viewBox=\"0 0 ", (float[]){list->width, list->height}, 2);
    put(writer, "\" direction=\"ltr\" font-family=\"");
    if (list->about && list->about->family) {
        heed_buffer_put_xml(writer->out, list->about->family, strlen(list->about->family));
        put(writer, ", ");
    }
    put(writer, "Inter, Helvetica, Arial, sans-serif\">\n");
    if (title && title[0]) {
        put(writer, "<title>");
        heed_buffer_put_xml(writer->out, title, strlen(title));
        put(writer, "</title>\n");
    }
    if (list->about && list->about->text) {
        put(writer, "<desc>");
        heed_buffer_put_xml(writer->out, list->about->text, strlen(list->about->text));
        put(writer, "</desc>\n");
    }
    if (list->background.a > 0) {
        put(writer, "<rect");
        heed_svg_put_rect(writer, 0, 0, (double)list->width, (double)list->height, 0);
        heed_svg_put_color(writer, "fill", list->background);
        put(writer, "/>\n");
    }
}

bool heed_svg_write(const struct heed_list *list, const char *title, float width_mm,
                    struct heed_buffer *out, struct heed_error *err)
{
    if (!(list->width > 0) || !(list->height > 0) || isinf(list->width) || isinf(list->height)) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "the picture has no size; give a --size above 0");
    }
    const size_t before = out->size;
    struct heed_svg_writer writer = {.out = out};
    write_head(&writer, list, title, width_mm);
    bool ok = true;
    for (size_t i = 0; ok && i < list->n_items; i++) {
        begin_head(&writer, &list->items[i]);
        ok = write_item(&writer, &list->items[i], err);
    }
    end_head(&writer);
    free(writer.groups);
    for (int i = 0; i < list->depth; i++) {
        put(&writer, "</g>\n");
    }
    put(&writer, "</svg>\n");
    if (ok && (out->failed || heed_list_failed(list))) {
        ok = heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the SVG");
    }
    if (!ok && out->data) {
        out->size = before;
    }
    return ok;
}
