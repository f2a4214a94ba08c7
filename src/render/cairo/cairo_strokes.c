#include "render/cairo/cairo_strokes.h"

#include <math.h>
#include <stdint.h>

enum { WORTH = 100 }; /* strokes */

size_t heed_cairo_count_strokes(const struct heed_list *list, size_t i)
{
    size_t n = 0;
    for (; i + n < list->n_items; n++) {
        const enum heed_item_kind kind = list->items[i + n].kind;
        if (kind != HEED_ITEM_LINE && kind != HEED_ITEM_CUBIC && kind != HEED_ITEM_ARC) {
            break;
        }
    }
    return n >= WORTH ? n : 0;
}

/* Premultiplied RGBA to what cairo has: a word a pixel. */
static void copy_pixels(const uint8_t *from, cairo_surface_t *surface, int width, int height)
{
    unsigned char *row = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++, row += stride) {
        uint32_t *to = (uint32_t *)(void *)row;
        for (int x = 0; x < width; x++, from += 4) {
            to[x] = (uint32_t)from[3] << 24 | (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 |
                    from[2];
        }
    }
    cairo_surface_mark_dirty(surface);
}

/* The clip in pixels. */
static bool find_area(cairo_t *cr, double scale, struct heed_raster_picture *picture)
{
    double x0, y0, x1, y1;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    picture->x = (int)floor(x0 * scale);
    picture->y = (int)floor(y0 * scale);
    picture->width = (int)ceil(x1 * scale) - picture->x;
    picture->height = (int)ceil(y1 * scale) - picture->y;
    return x1 > x0 && y1 > y0;
}

bool heed_cairo_draw_strokes(cairo_t *cr, struct heed_raster *raster, const struct heed_item *items,
                             size_t n)
{
    cairo_matrix_t matrix;
    cairo_get_matrix(cr, &matrix);
    struct heed_raster_picture picture = {
        .items = items, .n = n, .scale = (float)matrix.xx, .top_first = true};
    if (!find_area(cr, matrix.xx, &picture)) {
        return true;
    }
    const uint8_t *pixels = heed_raster_draw(raster, &picture);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, picture.width, picture.height);
    const bool ok = pixels && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        copy_pixels(pixels, surface, picture.width, picture.height);
        cairo_save(cr);
        cairo_identity_matrix(cr);
        cairo_set_source_surface(cr, surface, picture.x, picture.y);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
        cairo_paint(cr);
        cairo_restore(cr);
    }
    cairo_surface_destroy(surface);
    return ok;
}
