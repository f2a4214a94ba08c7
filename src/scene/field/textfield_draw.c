#include "scene/field/textfield_draw.h"

#include <math.h>

#include "scene/field/textfield_line.h"
#include "scene/field/textfield_text.h"
#include "scene/field/textfield_wrap.h"

/* Farther from the view than this the caret is gone to at once. */
enum { FAR_BYTES = 4096 };

struct painter {
    struct heed_textfield *field;
    struct heed_list *list;
    const struct heed_textfield_look *look;
    const struct heed_metrics *metrics;
    const struct heed_buffer *text; /* composition included */
    size_t caret;                   /* in it */
    size_t compose_from, compose_to;
    /* Of the row that is drawn: */
    struct heed_textline line;
    size_t base; /* bytes of the text before it */
    struct heed_rect inner;
};

static void take_text(struct painter *painter)
{
    const struct heed_textfield *field = painter->field;
    painter->text = heed_textfield_shown(painter->field);
    painter->caret = field->caret;
    painter->compose_from = painter->compose_to = field->caret;
    if (painter->text != &field->text) {
        painter->caret += field->compose_caret;
        painter->compose_to += field->compose.size;
    }
}

/* A row, or all of a text that has one. */
static void take_row(struct painter *painter, int row, struct heed_rect inner)
{
    size_t to = 0;
    heed_textfield_get_row(painter->field, painter->text->size, row, &painter->base, &to);
    const char *text = painter->text->data != NULL ? painter->text->data : "";
    painter->line = heed_textline_make(text + painter->base, to - painter->base,
                                       painter->look->style, painter->metrics);
    const float indent = heed_textline_indent(&painter->line, inner.w);
    inner.x += indent;
    inner.w -= indent;
    painter->inner = inner;
}

/* A place of the text in the row that is drawn. */
static size_t in_row(const struct painter *painter, size_t pos)
{
    return pos < painter->base ? 0 : heed_least(pos - painter->base, painter->line.length);
}

/* x of a place near the origin, from the view's left edge; INFINITY when it is far to the right. */
static float x_of(const struct painter *painter, size_t pos)
{
    const struct heed_textline *line = &painter->line;
    float x = -painter->field->scroll;
    size_t start = painter->field->origin;
    if (pos > start + FAR_BYTES) {
        return INFINITY;
    }
    for (;;) {
        const size_t end = heed_textline_end(line, start);
        if (pos < end || end >= line->length) {
            return x + heed_textline_caret(line, start, end, pos);
        }
        x += heed_textline_width(line, start, end);
        start = end;
    }
}

/* Makes 0 <= scroll <= width of the piece at origin, as far as text goes. */
static void settle_origin(struct painter *painter)
{
    struct heed_textfield *field = painter->field;
    const struct heed_textline *line = &painter->line;
    while (field->scroll < 0.0F && field->origin > 0) {
        const size_t before = heed_textline_start(line, field->origin - 1);
        field->scroll += heed_textline_width(line, before, field->origin);
        field->origin = before;
    }
    while (field->origin < line->length) {
        const size_t end = heed_textline_end(line, field->origin);
        const float width = heed_textline_width(line, field->origin, end);
        if (field->scroll < width || end >= line->length) {
            break;
        }
        field->scroll -= width;
        field->origin = end;
    }
    if (field->origin == 0 && field->scroll < 0.0F) {
        field->scroll = 0.0F;
    }
}

/* No empty space at the right while text is hidden at the left. */
static void settle_end(struct painter *painter, float room)
{
    const struct heed_textline *line = &painter->line;
    float x = -painter->field->scroll;
    size_t start = painter->field->origin;
    while (start < line->length && x <= room) {
        const size_t end = heed_textline_end(line, start);
        x += heed_textline_width(line, start, end);
        start = end;
    }
    if (x < room && (painter->field->origin > 0 || painter->field->scroll > 0.0F)) {
        painter->field->scroll -= room - x;
        settle_origin(painter);
    }
}

static void scroll_to_caret(struct painter *painter, float room)
{
    struct heed_textfield *field = painter->field;
    const struct heed_textline *line = &painter->line;
    field->origin = heed_textline_start(line, field->origin);
    settle_origin(painter);
    if (field->follow) {
        if (painter->caret < field->origin || isinf(x_of(painter, painter->caret))) {
            field->origin = heed_textline_start(line, painter->caret);
            field->scroll = -room / 2.0F;
            settle_origin(painter);
        }
        const float x = x_of(painter, painter->caret);
        if (x < 0.0F || x > room) {
            field->scroll += x < 0.0F ? x : x - room;
            settle_origin(painter);
        }
        field->follow = false;
    }
    settle_end(painter, room);
}

static void draw_frame(const struct painter *painter)
{
    const struct heed_textfield_look *look = painter->look;
    const float s = look->scale;
    const struct heed_rect r = look->rect;
    const float line = fmaxf(1.0F, roundf(s));
    struct heed_item_rect item = {.rect = r, .radius = 8.0F * s, .fill = look->theme->raised};
    item.stroke.width = look->focused ? roundf(2.0F * s) : line;
    item.stroke.color = look->focused ? look->theme->accent : look->theme->strong_border;
    if (look->focused) {
        const float halo = roundf(3.0F * s);
        struct heed_item_rect ring = {
            .rect = {r.x - halo, r.y - halo, r.w + 2.0F * halo, r.h + 2.0F * halo},
            .radius = 8.0F * s + halo};
        ring.stroke.width = halo;
        ring.stroke.color = heed_color_alpha(look->theme->accent, 0.28F);
        heed_list_rect(painter->list, ring);
    }
    heed_list_rect(painter->list, item);
}

static void add_rect(const struct painter *painter, float x, float y, float w, float h,
                     struct heed_color color)
{
    struct heed_item_rect item = {.rect = {x, y, w, h}, .fill = color};
    heed_list_rect(painter->list, item);
}

static void add_text(const struct painter *painter, float x, size_t from, size_t to,
                     struct heed_color color)
{
    const struct heed_rect inner = painter->inner;
    const struct heed_text_style style = painter->look->style;
    if (from >= to) {
        return;
    }
    struct heed_item_text item = {.x = x,
                                  .y = inner.y + inner.h / 2.0F + 0.364F * style.size,
                                  .style = style,
                                  .color = color,
                                  .text = painter->line.text + from,
                                  .length = (uint32_t)(to - from)};
    heed_list_text(painter->list, item);
}

/* A rectangle under, over or behind bytes [from, to) of the text in a piece at x. */
static void mark(const struct painter *painter, float x, size_t start, size_t end, size_t from,
                 size_t to, float y, float h, struct heed_color color)
{
    from = heed_most(in_row(painter, from), start);
    to = heed_least(in_row(painter, to), end);
    if (from >= to) {
        return;
    }
    const float a = heed_textline_caret(&painter->line, start, end, from);
    const float b = heed_textline_caret(&painter->line, start, end, to);
    add_rect(painter, x + fminf(a, b), y, fabsf(b - a), h, color);
}

/* Words that stand out, as chips; pieces of a line meet inside one. */
static void draw_marks(const struct painter *painter, float x, size_t start, size_t end)
{
    const struct heed_textfield_look *look = painter->look;
    const struct heed_rect inner = painter->inner;
    const float h = fminf(1.4F * look->style.size, inner.h), pad = 3.0F * look->scale;
    for (int i = 0; i < look->n_marks && painter->field->compose.size == 0; i++) {
        const size_t from = heed_most(in_row(painter, look->marks[i].from), start);
        const size_t to = heed_least(in_row(painter, look->marks[i].to), end);
        if (from >= to) {
            continue;
        }
        const float a = heed_textline_caret(&painter->line, start, end, from);
        const float b = heed_textline_caret(&painter->line, start, end, to);
        heed_list_fill(painter->list,
                       (struct heed_rect){x + fminf(a, b) - pad, inner.y + (inner.h - h) / 2.0F,
                                          fabsf(b - a) + 2.0F * pad, h},
                       4.0F * look->scale, look->theme->selection);
    }
}

static void draw_selection(const struct painter *painter, float x, size_t start, size_t end)
{
    const struct heed_textfield *field = painter->field;
    const struct heed_rect inner = painter->inner;
    const float h = fminf(1.4F * painter->look->style.size, inner.h);
    if (field->compose.size == 0) {
        mark(painter, x, start, end, heed_least(field->caret, field->anchor),
             heed_most(field->caret, field->anchor), inner.y + (inner.h - h) / 2.0F, h,
             painter->look->theme->selection);
    }
}

static void draw_lines(const struct painter *painter, float x, size_t start, size_t end)
{
    const struct heed_textfield_look *look = painter->look;
    const float size = look->style.size;
    const float thin = fmaxf(1.0F, roundf(look->scale));
    const float middle = painter->inner.y + painter->inner.h / 2.0F;
    const float below = roundf(middle + 0.6F * size);
    if (painter->field->compose.size == 0) {
        mark(painter, x, start, end, look->underline_from, look->underline_to, below, 2.0F * thin,
             look->theme->ink);
        mark(painter, x, start, end, look->kept, painter->text->size, roundf(middle), thin,
             look->theme->faint);
    }
    mark(painter, x, start, end, painter->compose_from, painter->compose_to, below, thin,
         look->theme->text);
}

static void draw_piece(const struct painter *painter, float x, size_t start, size_t end)
{
    const struct heed_textfield_look *look = painter->look;
    const size_t kept =
        painter->field->compose.size > 0 ? painter->line.length : in_row(painter, look->kept);
    draw_marks(painter, x, start, end);
    draw_selection(painter, x, start, end);
    if (kept <= start) {
        add_text(painter, x, start, end, look->theme->faint);
    } else if (kept >= end) {
        add_text(painter, x, start, end, look->theme->text);
    } else {
        add_text(painter, x, start, kept, look->theme->text);
        add_text(painter, x + heed_textline_caret(&painter->line, start, end, kept), kept, end,
                 look->theme->faint);
    }
    draw_lines(painter, x, start, end);
}

static void draw_pieces(const struct painter *painter)
{
    const struct heed_rect inner = painter->inner;
    const bool single = heed_textfield_is_single(painter->field);
    float x = inner.x - (single ? painter->field->scroll : 0.0F);
    size_t start = single ? painter->field->origin : 0;
    while (start < painter->line.length && x < inner.x + inner.w) {
        const size_t end = heed_textline_end(&painter->line, start);
        draw_piece(painter, x, start, end);
        x += heed_textline_width(&painter->line, start, end);
        start = end;
    }
}

static void draw_hint(const struct painter *painter)
{
    const struct heed_textfield_look *look = painter->look;
    if (painter->line.length > 0 || look->hint == NULL) {
        return;
    }
    struct heed_item_text item = {.x = painter->inner.x,
                                  .y = painter->inner.y + painter->inner.h / 2.0F +
                                       0.364F * look->style.size,
                                  .style = look->style,
                                  .color = look->theme->faint,
                                  .text = look->hint};
    while (look->hint[item.length] != '\0') {
        item.length++;
    }
    heed_list_text(painter->list, item);
}

/* Of a row that holds it: x of the caret from the row's left edge. */
static float caret_x(const struct painter *painter)
{
    if (heed_textfield_is_single(painter->field)) {
        return painter->caret < painter->field->origin ? -1.0F : x_of(painter, painter->caret);
    }
    float x = 0.0F;
    const size_t pos = in_row(painter, painter->caret);
    for (size_t start = 0;;) {
        const size_t end = heed_textline_end(&painter->line, start);
        if (pos < end || end >= painter->line.length) {
            /* Spaces may hang over the edge. */
            return fminf(x + heed_textline_caret(&painter->line, start, end, pos),
                         painter->inner.w);
        }
        x += heed_textline_width(&painter->line, start, end);
        start = end;
    }
}

static void draw_caret(const struct painter *painter, struct heed_rect *caret)
{
    const struct heed_textfield_look *look = painter->look;
    const struct heed_rect inner = painter->inner;
    const float h = 1.3F * look->style.size;
    const float w = fmaxf(1.0F, roundf(2.0F * look->scale));
    const float x = caret_x(painter);
    *caret = (struct heed_rect){roundf(inner.x + fmaxf(fminf(x, inner.w), 0.0F)),
                                roundf(inner.y + (inner.h - h) / 2.0F), w, roundf(h)};
    if (look->focused && look->caret_on && x >= 0.0F && x <= inner.w) {
        add_rect(painter, caret->x, caret->y, caret->w, caret->h, look->theme->accent);
    }
}

/* Where in a text the rows lie that are seen. */
static void draw_thumb(const struct painter *painter)
{
    const struct heed_textfield *field = painter->field;
    float top = 0.0F, height = 0.0F;
    const int seen =
        heed_textfield_seen(field, painter->look->inner, painter->look->style, &top, &height);
    const struct heed_rect r = painter->look->rect;
    const float s = painter->look->scale, pad = 6.0F * s, w = roundf(4.0F * s);
    if (field->rows.n <= seen) {
        return;
    }
    const float track = r.h - 2.0F * pad, n = (float)field->rows.n;
    const float h = fmaxf(track * (float)seen / n, 12.0F * s);
    const float y = (track - h) * (float)field->top / (n - (float)seen);
    heed_list_fill(painter->list,
                   (struct heed_rect){r.x + r.w - pad - w, roundf(r.y + pad + y), w, roundf(h)},
                   w / 2.0F, painter->look->theme->strong_border);
}

static void draw_single(struct painter *painter, struct heed_rect *caret)
{
    const float caret_width = fmaxf(1.0F, roundf(2.0F * painter->look->scale));
    take_row(painter, 0, painter->look->inner);
    scroll_to_caret(painter, painter->inner.w - caret_width);
    draw_pieces(painter);
    draw_hint(painter);
    draw_caret(painter, caret);
}

static void draw_rows(struct painter *painter, struct heed_rect *caret)
{
    struct heed_textfield *field = painter->field;
    struct heed_rect row = painter->look->inner;
    const int seen = heed_textfield_seen(field, row, painter->look->style, &row.y, &row.h);
    const int at = heed_textfield_find_row(field, painter->caret, field->hangs);
    if (field->follow) {
        field->top = field->top > at ? at : field->top;
        field->top = field->top < at - seen + 1 ? at - seen + 1 : field->top;
        field->follow = false;
    }
    field->top = field->top > field->rows.n - seen ? field->rows.n - seen : field->top;
    field->top = field->top < 0 ? 0 : field->top;
    *caret = row;
    for (int i = field->top; i < field->top + seen; i++) {
        take_row(painter, i, row);
        draw_pieces(painter);
        if (i == at) {
            draw_caret(painter, caret);
        }
        row.y += row.h;
    }
}

void heed_textfield_draw(struct heed_textfield *field, struct heed_list *list,
                         const struct heed_textfield_look *look, const struct heed_metrics *metrics,
                         struct heed_rect *caret)
{
    struct painter painter = {.field = field, .list = list, .look = look, .metrics = metrics};
    const float caret_width = fmaxf(1.0F, roundf(2.0F * look->scale));
    take_text(&painter);
    heed_textfield_wrap(field, painter.text, look->inner.w, look->style, metrics);
    draw_frame(&painter);
    struct heed_rect clip = look->inner;
    clip.x -= caret_width;
    clip.w += 2.0F * caret_width;
    heed_list_clip(list, clip);
    if (heed_textfield_is_single(field)) {
        draw_single(&painter, caret);
    } else {
        draw_rows(&painter, caret);
    }
    heed_list_unclip(list);
    draw_thumb(&painter);
}
