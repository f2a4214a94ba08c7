#include "pixels.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"

struct reader {
    const struct heed_buffer *data;
    size_t at;
};

static cairo_status_t read_bytes(void *closure, unsigned char *data, unsigned int length)
{
    struct reader *reader = closure;
    if (reader->at + length > reader->data->size) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(data, reader->data->data + reader->at, length);
    reader->at += length;
    return CAIRO_STATUS_SUCCESS;
}

/* Over white. */
static uint8_t over_white(uint32_t argb, int shift)
{
    return (uint8_t)((argb >> shift & 255) + 255 - (argb >> 24));
}

bool pixels_decode(struct pixels *pixels, const struct heed_buffer *png)
{
    struct reader reader = {png, 0};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_bytes, &reader);
    const bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (ok) {
        const int w = cairo_image_surface_get_width(surface);
        const int h = cairo_image_surface_get_height(surface);
        const bool opaque = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24;
        const unsigned char *data = cairo_image_surface_get_data(surface);
        *pixels = (struct pixels){w, h, malloc((size_t)w * (size_t)h * 3)};
        for (int i = 0; i < w * h; i++) {
            const unsigned char *line =
                data + (ptrdiff_t)(i / w) * cairo_image_surface_get_stride(surface);
            uint32_t argb = 0;
            memcpy(&argb, line + (ptrdiff_t)(i % w) * 4, 4);
            argb |= opaque ? 0xFF000000u : 0;
            for (int c = 0; c < 3; c++) {
                pixels->rgb[3 * i + c] = over_white(argb, 16 - 8 * c);
            }
        }
    }
    cairo_surface_destroy(surface);
    return ok;
}

bool pixels_read(struct pixels *pixels, const char *path)
{
    struct heed_buffer png = {0};
    if (!heed_file_read(path, (size_t)1 << 28, &png.data, &png.size, NULL)) {
        return false;
    }
    const bool ok = pixels_decode(pixels, &png);
    heed_buffer_finish(&png);
    return ok;
}

void pixels_finish(struct pixels *pixels)
{
    free(pixels->rgb);
    *pixels = (struct pixels){0};
}

static double block_mean(const struct pixels *pixels, int x, int y, int block, int channel)
{
    double sum = 0;
    int n = 0;
    for (int j = y; j < y + block && j < pixels->height; j++) {
        for (int i = x; i < x + block && i < pixels->width; i++) {
            sum += pixels->rgb[3 * (j * pixels->width + i) + channel];
            n++;
        }
    }
    return sum / n;
}

double pixels_difference(const struct pixels *a, const struct pixels *b, int block)
{
    if (a->width != b->width || a->height != b->height) {
        return 256;
    }
    double most = 0;
    for (int y = 0; y < a->height; y += block) {
        for (int x = 0; x < a->width; x += block) {
            for (int c = 0; c < 3; c++) {
                most =
                    fmax(most, fabs(block_mean(a, x, y, block, c) - block_mean(b, x, y, block, c)));
            }
        }
    }
    return most;
}
