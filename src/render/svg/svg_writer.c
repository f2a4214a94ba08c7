#include "render/svg/svg_writer.h"

#include <math.h>
#include <string.h>

/* Beyond it a number is wrong anyway, and wouldn't fit an integer. */
#define MOST 1.0e12

void heed_svg_put_number(struct heed_svg_writer *writer, double value, int decimals)
{
    static const int scales[] = {1, 10, 100, 1000};
    int scale = scales[decimals];
    value = value >= -MOST ? fmin(value, MOST) : -MOST;
    const int64_t scaled = llrint(value * scale);
    uint64_t rest = scaled < 0 ? (uint64_t)-scaled : (uint64_t)scaled;
    char text[32];
    int at = sizeof text;
    bool significant = false;
    for (; scale > 1; scale /= 10, rest /= 10) {
        significant = significant || rest % 10 != 0;
        if (significant) {
            text[--at] = (char)('0' + rest % 10);
        }
    }
    if (significant) {
        text[--at] = '.';
    }
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (scaled < 0) {
        text[--at] = '-';
    }
    heed_buffer_append(writer->out, text + at, sizeof text - (size_t)at);
}

void heed_svg_put_attribute(struct heed_svg_writer *writer, const char *name, double value)
{
    heed_buffer_puts(writer->out, " ");
    heed_buffer_puts(writer->out, name);
    heed_buffer_puts(writer->out, "=\"");
    heed_svg_put_number(writer, value, 2);
    heed_buffer_puts(writer->out, "\"");
}

void heed_svg_put_points(struct heed_svg_writer *writer, const char *before, const float *values,
                         int n)
{
    heed_buffer_puts(writer->out, before);
    for (int i = 0; i < n; i++) {
        if (i > 0) {
            heed_buffer_puts(writer->out, " ");
        }
        heed_svg_put_number(writer, (double)values[i], 2);
    }
}

static unsigned channel(float value)
{
    return value > 0 ? (unsigned)lrintf(fminf(value, 1) * 255) : 0;
}

void heed_svg_put_color(struct heed_svg_writer *writer, const char *name, struct heed_color color)
{
    const char *part = strcmp(name, "stop") == 0 ? "-color" : "";
    heed_buffer_printf(writer->out, " %s%s=\"#%02x%02x%02x\"", name, part, channel(color.r),
                       channel(color.g), channel(color.b));
    if (color.a < 1) {
        heed_buffer_printf(writer->out, " %s-opacity=\"", name);
        heed_svg_put_number(writer, (double)color.a, 3);
        heed_buffer_puts(writer->out, "\"");
    }
}

void heed_svg_put_rect(struct heed_svg_writer *writer, double x, double y, double w, double h,
                       double radius)
{
    heed_svg_put_attribute(writer, "x", x);
    heed_svg_put_attribute(writer, "y", y);
    heed_svg_put_attribute(writer, "width", w);
    heed_svg_put_attribute(writer, "height", h);
    if (radius > 0) {
        heed_svg_put_attribute(writer, "rx", radius);
    }
}

void heed_svg_put_stroke(struct heed_svg_writer *writer, const struct heed_stroke *stroke)
{
    heed_svg_put_color(writer, "stroke", stroke->color);
    if (stroke->width != 1) {
        heed_svg_put_attribute(writer, "stroke-width", (double)stroke->width);
    }
    if (stroke->dash_on > 0) {
        heed_svg_put_points(writer, " stroke-dasharray=\"",
                            (float[]){stroke->dash_on, stroke->dash_off}, 2);
        heed_buffer_puts(writer->out, "\"");
    }
    if (stroke->round_caps) {
        heed_buffer_puts(writer->out, " stroke-linecap=\"round\"");
    }
}

/* FNV-1a over all that was written, which holds the earlier ids. */
uint32_t heed_svg_next_id(struct heed_svg_writer *writer)
{
    if (writer->hashed == 0) {
        writer->hash = 2166136261u;
    }
    const struct heed_buffer *out = writer->out;
    for (; !out->failed && writer->hashed < out->size; writer->hashed++) {
        writer->hash ^= (unsigned char)out->data[writer->hashed];
        writer->hash *= 16777619u;
    }
    return writer->hash;
}

void heed_svg_put_base64(struct heed_svg_writer *writer, const struct heed_buffer *data)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < data->size; i += 3) {
        const size_t left = data->size - i;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++) {
            bits = bits << 8 | (k < left ? (unsigned char)data->data[i + k] : 0u);
        }
        char text[4];
        for (int k = 0; k < 4; k++) {
            text[k] = digits[bits >> (18 - 6 * k) & 63];
        }
        if (left < 3) {
            text[3] = '=';
        }
        if (left < 2) {
            text[2] = '=';
        }
        heed_buffer_append(writer->out, text, sizeof text);
    }
}
