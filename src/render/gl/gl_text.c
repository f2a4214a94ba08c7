#include "render/gl/gl_text.h"

#include <math.h>
#include <string.h>

#include "render/gl/gl_bounds.h"

/* Larger type isn't drawn: a letter wouldn't fit the atlas. */
static const float max_size = 400.0f;

/* Turned text is drawn from pictures so many times its size. */
static const float turned_scale = 2.0f;

/* One line on its way to the canvas. */
struct line {
    const struct heed_gl_text *text;
    const struct heed_item_text *item;
    float x, y; /* its left end on the baseline, before turning */
    float cosine, sine;
    struct heed_gl_clip ink; /* px from there: what may be drawn */
    bool is_turned;
};

/* Cuts off what lies outside of the line's ink; `left` is the glyphs' origin in
 * px from the line's left end, `scale` texels a px. */
static bool trim(const struct line *line, float left, float scale, struct heed_gl_glyphs *glyphs)
{
    const struct heed_gl_clip *ink = &line->ink;
    struct heed_rect *box = &glyphs->box, *texels = &glyphs->texels;
    const float x0 = fmaxf(box->x, (float)ink->x0 - left);
    const float x1 = fminf(box->x + box->w, (float)ink->x1 - left);
    const float y0 = fmaxf(box->y, (float)ink->y0);
    const float y1 = fminf(box->y + box->h, (float)ink->y1);
    *texels =
        (struct heed_rect){texels->x + (x0 - box->x) * scale, texels->y + (y0 - box->y) * scale,
                           (x1 - x0) * scale, (y1 - y0) * scale};
    *box = (struct heed_rect){x0, y0, x1 - x0, y1 - y0};
    return x1 > x0 && y1 > y0;
}

/* Calls the atlas, and once more when it had to be emptied. */
static const struct heed_gl_picture *get_picture(const struct heed_gl_text *text,
                                                 const struct heed_gl_span *span,
                                                 const char *line_text, float size, int phase)
{
    char buffer[1100];
    if (span->length >= sizeof buffer) {
        return NULL;
    }
    memcpy(buffer, line_text + span->start, span->length);
    buffer[span->length] = '\0';
    const struct heed_gl_piece piece = {span->face, span->script, (span->level & 1) != 0, buffer};
    bool is_full = false;
    const struct heed_gl_picture *picture =
        heed_gl_atlas_get(text->atlas, &piece, size, phase, &is_full);
    if (!picture && is_full) {
        text->make_room(text->context);
        picture = heed_gl_atlas_get(text->atlas, &piece, size, phase, &is_full);
    }
    return picture;
}

/* Upright: on whole pixels, the fraction is in the picture. */
static void add_upright(const struct line *line, const char *line_text,
                        const struct heed_gl_span *span)
{
    const struct heed_gl_clip clip = line->text->canvas->clip;
    const float size = line->item->style.size;
    const float x = line->x + (span->x + span->inset) * size;
    if (x > (float)clip.x1 + 2.0f * size || x + span->width * size < (float)clip.x0 - 2.0f * size) {
        return;
    }
    const int quarters = (int)floorf(x * 4.0f + 0.5f);
    const int phase = quarters & 3;
    const struct heed_gl_picture *picture = get_picture(line->text, span, line_text, size, phase);
    if (!picture || picture->width == 0) {
        return;
    }
    struct heed_gl_glyphs glyphs = {
        .x = (float)((quarters - phase) / 4),
        .y = line->y,
        .cosine = 1.0f,
        .box = {picture->left, picture->top, picture->width, picture->height},
        .texels = {picture->x, picture->y, picture->width, picture->height},
        .paint = line->item->color,
    };
    if (trim(line, glyphs.x - line->x, 1.0f, &glyphs)) {
        heed_gl_canvas_add_glyphs(line->text->canvas, &glyphs, picture->is_color);
    }
}

static void add_turned(const struct line *line, const char *line_text,
                       const struct heed_gl_span *span)
{
    const float size = line->item->style.size;
    const struct heed_gl_picture *picture =
        get_picture(line->text, span, line_text, size * turned_scale, 0);
    if (!picture || picture->width == 0) {
        return;
    }
    /* A texel of the clear border on each side keeps the edges smooth. */
    const float scale = 1.0f / turned_scale;
    const float along = line->x - line->item->x + (span->x + span->inset) * size;
    struct heed_gl_glyphs glyphs = {
        .x = line->item->x,
        .y = line->item->y,
        .cosine = line->cosine,
        .sine = line->sine,
        .box = {along + (float)(picture->left - 1) * scale, (float)(picture->top - 1) * scale,
                (float)(picture->width + 2) * scale, (float)(picture->height + 2) * scale},
        .texels = {(float)picture->x - 1.0f, (float)picture->y - 1.0f, (float)picture->width + 2.0f,
                   (float)picture->height + 2.0f},
        .paint = line->item->color,
    };
    if (trim(line, line->item->x - line->x, turned_scale, &glyphs)) {
        heed_gl_canvas_add_glyphs(line->text->canvas, &glyphs, picture->is_color);
    }
}

static bool is_sound(const struct heed_item_text *item)
{
    return isfinite(item->x) && isfinite(item->y) && isfinite(item->angle) &&
           fabsf(item->x) < 1e7f && fabsf(item->y) < 1e7f && item->style.size >= 0.5f &&
           item->style.size <= max_size && item->color.a > 0.0f && item->text && item->length > 0;
}

void heed_gl_text_add(const struct heed_gl_text *text, const struct heed_item_text *item)
{
    if (!is_sound(item)) {
        return;
    }
    const float size = item->style.size;
    const struct heed_gl_clip clip = text->canvas->clip;
    struct line line = {
        .text = text,
        .item = item,
        .cosine = cosf(item->angle),
        .sine = sinf(item->angle),
        .is_turned = fabsf(item->angle) > 1e-4f,
    };
    if (!line.is_turned &&
        (item->y + size + 2.0f < (float)clip.y0 || item->y - 2.0f * size - 2.0f > (float)clip.y1)) {
        return;
    }
    const struct heed_gl_line *laid_out =
        heed_gl_lines_get(text->lines, item->style, item->text, item->length);
    if (!laid_out) {
        return;
    }
    const float shift = item->anchor == HEED_ANCHOR_START    ? 0.0f
                        : item->anchor == HEED_ANCHOR_MIDDLE ? 0.5f
                                                             : 1.0f;
    line.x = item->x - shift * laid_out->width * size;
    line.y = item->y;
    line.ink = heed_gl_bounds_ink(laid_out, size);
    if (!line.is_turned) {
        line.x = floorf(line.x + 0.5f);
        line.y = floorf(line.y + 0.5f);
    }
    for (int i = 0; i < laid_out->n_spans; i++) {
        if (line.is_turned) {
            add_turned(&line, laid_out->text, &laid_out->spans[i]);
        } else {
            add_upright(&line, laid_out->text, &laid_out->spans[i]);
        }
    }
}
