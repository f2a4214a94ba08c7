#include "render/cairo/cairo_heatmap.h"

#include "draw/hit.h"

#include <math.h>
#include <stdint.h>

/* More vector cells make slow files. */
#define MOST_CELLS 40000
/* Smaller ones can't be seen singly (px). */
#define LEAST_PITCH 2.0f
/* An image in a vector file has at most this many pixels a px. */
#define MOST_PIXELS_A_PX 4.0f

static unsigned channel(float value)
{
    return value > 0 ? (unsigned)lrintf(fminf(value, 1) * 255) : 0;
}

/* As cairo's ARGB32 has it, with multiplied alpha. */
static uint32_t pack(struct heed_color color)
{
    const float a = color.a;
    return channel(a) << 24 | channel(color.r * a) << 16 | channel(color.g * a) << 8 |
           channel(color.b * a);
}

static bool cell_color(const struct heed_item_heatmap *heatmap, int row, int column,
                       struct heed_color *color)
{
    const float value = heed_heatmap_peak(heatmap, row, row + 1, column, column + 1);
    return heed_heatmap_color(heatmap, value, color);
}

static bool same_run(const struct heed_item_heatmap *heatmap, int row, int column,
                     struct heed_color color)
{
    struct heed_color other;
    return column < heatmap->columns && heatmap->gap == 0 && heatmap->radius == 0 &&
           cell_color(heatmap, row, column, &other) && pack(other) == pack(color);
}

/* Whether a cell is painted later and so covers what reaches into it. */
static bool covers(const struct heed_item_heatmap *heatmap, int row, int column)
{
    struct heed_color color;
    return heatmap->gap == 0 && heatmap->radius == 0 && row < heatmap->rows &&
           column < heatmap->columns && cell_color(heatmap, row, column, &color);
}

static bool row_covers(const struct heed_item_heatmap *heatmap, int row, int column, int column_end)
{
    for (int c = column; c < column_end; c++) {
        if (!covers(heatmap, row, c)) {
            return false;
        }
    }
    return true;
}

bool heed_cell_walk_next(struct heed_cell_walk *walk, struct heed_cell_run *run)
{
    const struct heed_item_heatmap *heatmap = walk->heatmap;
    const double pitch_x = (double)heatmap->rect.w / heatmap->columns;
    const double pitch_y = (double)heatmap->rect.h / heatmap->rows;
    const double gap = (double)heatmap->gap;
    for (; walk->row < heatmap->rows; walk->row++, walk->column = 0) {
        while (walk->column < heatmap->columns) {
            const int first = walk->column++;
            if (!cell_color(heatmap, walk->row, first, &run->color)) {
                continue;
            }
            while (same_run(heatmap, walk->row, walk->column, run->color)) {
                walk->column++;
            }
            const int end = walk->column;
            run->x = (double)heatmap->rect.x + first * pitch_x + gap / 2;
            run->y = (double)heatmap->rect.y + walk->row * pitch_y + gap / 2;
            run->w = (end - first) * pitch_x - gap;
            run->h = pitch_y - gap;
            run->w += covers(heatmap, walk->row, end) ? HEED_CELL_OVERLAP : 0;
            run->h += row_covers(heatmap, walk->row + 1, first, end) ? HEED_CELL_OVERLAP : 0;
            return true;
        }
    }
    return false;
}

bool heed_heatmap_wants_image(const struct heed_item_heatmap *heatmap)
{
    const float pitch_x = heatmap->rect.w / (float)heatmap->columns;
    const float pitch_y = heatmap->rect.h / (float)heatmap->rows;
    return heatmap->is_picture || fminf(pitch_x, pitch_y) < LEAST_PITCH ||
           (int64_t)heatmap->rows * heatmap->columns > MOST_CELLS;
}

/* Where one line of pixels looks: the part [from, from + size) of the
 * heatmap's side, in n pixels, over n_cells. */
struct axis {
    double from, size; /* of the whole side, 0..1 */
    int n, n_cells;
};

/* The cells of a pixel: the one under its centre, or all it touches where
 * they are smaller than it. */
static void pixel_cells(const struct axis *axis, int pixel, int *first, int *end)
{
    const double cells_a_pixel = axis->size * axis->n_cells / axis->n;
    const double start = axis->from * axis->n_cells + (double)pixel * cells_a_pixel;
    if (cells_a_pixel <= 1) {
        *first = (int)floor(start + cells_a_pixel / 2);
        *end = *first + 1;
    } else {
        *first = (int)floor(start + 1e-6);
        *end = (int)ceil(start + cells_a_pixel - 1e-6);
    }
    *first = *first < 0 ? 0 : *first;
    *first = *first < axis->n_cells ? *first : axis->n_cells - 1;
    *end = *end <= *first ? *first + 1 : *end;
    *end = *end < axis->n_cells ? *end : axis->n_cells;
}

static cairo_surface_t *make_image(const struct heed_item_heatmap *heatmap, const struct axis *x,
                                   const struct axis *y)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, x->n, y->n);
    if (cairo_surface_status(image) != CAIRO_STATUS_SUCCESS) {
        return image;
    }
    unsigned char *data = cairo_image_surface_get_data(image);
    const int stride = cairo_image_surface_get_stride(image);
    for (int j = 0; j < y->n; j++) {
        uint32_t *line = (uint32_t *)(void *)(data + (ptrdiff_t)j * stride);
        int row = 0;
        int row_end = 0;
        pixel_cells(y, j, &row, &row_end);
        for (int i = 0; i < x->n; i++) {
            int column = 0;
            int column_end = 0;
            pixel_cells(x, i, &column, &column_end);
            struct heed_color color;
            const float peak = heed_heatmap_peak(heatmap, row, row_end, column, column_end);
            line[i] = heed_heatmap_color(heatmap, peak, &color) ? pack(color) : 0;
        }
    }
    cairo_surface_mark_dirty(image);
    return image;
}

static int image_size(float size, int n_cells)
{
    const float most = ceilf(size * MOST_PIXELS_A_PX);
    return most < (float)n_cells ? (int)fmaxf(most, 1) : n_cells;
}

static cairo_surface_t *whole_image(const struct heed_item_heatmap *heatmap)
{
    const struct axis x = {0, 1, image_size(heatmap->rect.w, heatmap->columns), heatmap->columns};
    const struct axis y = {0, 1, image_size(heatmap->rect.h, heatmap->rows), heatmap->rows};
    return make_image(heatmap, &x, &y);
}

bool heed_heatmap_write_png(const struct heed_item_heatmap *heatmap, struct heed_buffer *out,
                            struct heed_error *err)
{
    cairo_surface_t *image = whole_image(heatmap);
    const bool ok = heed_cairo_put_png(image, out, err);
    cairo_surface_destroy(image);
    return ok;
}

static void draw_cells(cairo_t *cr, const struct heed_item_heatmap *heatmap)
{
    struct heed_cell_walk walk = {heatmap, 0, 0};
    struct heed_cell_run run;
    while (heed_cell_walk_next(&walk, &run)) {
        cairo_set_source_rgba(cr, (double)run.color.r, (double)run.color.g, (double)run.color.b,
                              (double)run.color.a);
        heed_cairo_rounded(cr, run.x, run.y, run.w, run.h, (double)heatmap->radius);
        cairo_fill(cr);
    }
}

/* One image stretched over the rectangle, without smoothing. */
static void draw_stretched(cairo_t *cr, const struct heed_item_heatmap *heatmap)
{
    cairo_surface_t *image = whole_image(heatmap);
    const double w = cairo_image_surface_get_width(image);
    const double h = cairo_image_surface_get_height(image);
    cairo_save(cr);
    cairo_translate(cr, (double)heatmap->rect.x, (double)heatmap->rect.y);
    cairo_scale(cr, (double)heatmap->rect.w / fmax(w, 1), (double)heatmap->rect.h / fmax(h, 1));
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_rectangle(cr, 0, 0, w, h);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
}

/* Pixel by pixel: no seams, and where cells are smaller than pixels, maxima. */
static void draw_pixels(cairo_t *cr, const struct heed_item_heatmap *heatmap)
{
    const struct heed_rect r = heatmap->rect;
    double x0, y0, x1, y1;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    x0 = fmax(x0, (double)r.x);
    y0 = fmax(y0, (double)r.y);
    x1 = fmin(x1, (double)r.x + (double)r.w);
    y1 = fmin(y1, (double)r.y + (double)r.h);
    if (x0 >= x1 || y0 >= y1) {
        return;
    }
    cairo_user_to_device(cr, &x0, &y0);
    cairo_user_to_device(cr, &x1, &y1);
    x0 = ceil(x0 - 0.5);
    y0 = ceil(y0 - 0.5);
    const int w = (int)(ceil(x1 - 0.5) - x0);
    const int h = (int)(ceil(y1 - 0.5) - y0);
    if (w <= 0 || h <= 0) {
        return;
    }
    double scale_x = 1, scale_y = 1, left = (double)r.x, top = (double)r.y;
    cairo_user_to_device_distance(cr, &scale_x, &scale_y);
    cairo_user_to_device(cr, &left, &top);
    const double all_w = (double)r.w * scale_x;
    const double all_h = (double)r.h * scale_y;
    const struct axis x = {(x0 - left) / all_w, w / all_w, w, heatmap->columns};
    const struct axis y = {(y0 - top) / all_h, h / all_h, h, heatmap->rows};
    cairo_surface_t *image = make_image(heatmap, &x, &y);
    cairo_save(cr);
    cairo_identity_matrix(cr);
    cairo_set_source_surface(cr, image, x0, y0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_rectangle(cr, x0, y0, w, h);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
}

/* Whether a cell, whose inset can then be seen, has a pixel at least. */
static bool holds_pixels(cairo_t *cr, const struct heed_item_heatmap *heatmap)
{
    double pitch_x = (double)heatmap->rect.w / heatmap->columns;
    double pitch_y = (double)heatmap->rect.h / heatmap->rows;
    cairo_user_to_device_distance(cr, &pitch_x, &pitch_y);
    return fmin(pitch_x, pitch_y) >= 1;
}

void heed_cairo_draw_heatmap(cairo_t *cr, const struct heed_item_heatmap *heatmap, bool vector)
{
    const bool inset = heatmap->gap > 0 || heatmap->radius > 0;
    if (vector && heed_heatmap_wants_image(heatmap)) {
        draw_stretched(cr, heatmap);
    } else if (vector || (inset && holds_pixels(cr, heatmap))) {
        draw_cells(cr, heatmap);
    } else {
        draw_pixels(cr, heatmap);
    }
}

void heed_cairo_rounded(cairo_t *cr, double x, double y, double w, double h, double radius)
{
    if (radius <= 0) {
        cairo_rectangle(cr, x, y, w, h);
        return;
    }
    const double r = fmin(radius, fmin(w, h) / 2);
    const double right = acos(-1.0) / 2;
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + w - r, y + r, r, -right, 0);
    cairo_arc(cr, x + w - r, y + h - r, r, 0, right);
    cairo_arc(cr, x + r, y + h - r, r, right, 2 * right);
    cairo_arc(cr, x + r, y + r, r, 2 * right, 3 * right);
    cairo_close_path(cr);
}

cairo_status_t heed_cairo_append(void *closure, const unsigned char *data, unsigned int length)
{
    struct heed_buffer *out = closure;
    heed_buffer_append(out, data, length);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

bool heed_cairo_put_png(cairo_surface_t *surface, struct heed_buffer *out, struct heed_error *err)
{
    const cairo_status_t status =
        cairo_surface_write_to_png_stream(surface, heed_cairo_append, out);
    if (status != CAIRO_STATUS_SUCCESS) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "can't make the picture: %s",
                              cairo_status_to_string(status));
    }
    return true;
}
