#include "render/gl/gl_shades.h"

#include "draw/hit.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static void write_color(uint8_t to[4], struct heed_color color)
{
    const float parts[4] = {color.r * color.a, color.g * color.a, color.b * color.a, color.a};
    for (int c = 0; c < 4; c++) {
        const float part = parts[c] > 0.0f ? parts[c] : 0.0f;
        to[c] = (uint8_t)(int)((part < 1.0f ? part : 1.0f) * 255.0f + 0.5f);
    }
}

static void make(struct heed_gl_shades *shades, const struct heed_palette *palette)
{
    if (shades->is_made && memcmp(&shades->palette, palette, sizeof *palette) == 0) {
        return;
    }
    shades->palette = *palette;
    shades->is_made = true;
    for (int i = 0; i <= HEED_GL_SHADES; i++) {
        const float t = (float)i / (float)HEED_GL_SHADES;
        write_color(shades->colors[i], heed_palette_color(palette, t));
    }
}

/* From values to shades, as heed_heatmap_color has it. */
struct scale {
    float threshold, low, high, steps;
};

static struct scale make_scale(const struct heed_item_heatmap *item)
{
    const float range = item->high - item->low;
    return (struct scale){item->threshold, item->low, item->high,
                          range != 0.0f ? (float)HEED_GL_SHADES / range : 0.0f};
}

static int find_shade(const struct scale *scale, float value)
{
    const float seen = fabsf(value) < scale->threshold ? 0.0f : value;
    if (scale->steps == 0.0f) {
        return seen > scale->low ? HEED_GL_SHADES : 0;
    }
    const float shade = (seen - scale->low) * scale->steps + 0.5f;
    return shade > 0.0f ? (shade < (float)HEED_GL_SHADES ? (int)shade : HEED_GL_SHADES) : 0;
}

/* The largest by magnitude; NAN if there are only those. */
static float find_peak(const float *row, size_t stride, int n_rows,
                       struct heed_gl_cell_range columns)
{
    float peak = row[columns.first];
    for (int r = 0; r < n_rows; r++, row += stride) {
        for (int c = columns.first; c < columns.end; c++) {
            if (fabsf(row[c]) > fabsf(peak) || isnan(peak)) {
                peak = row[c];
            }
        }
    }
    return peak;
}

static void fill_picture(const struct heed_item_heatmap *item,
                         const struct heed_gl_cell_range *columns, int n_columns,
                         const struct heed_gl_cell_range *rows, int n_rows, uint8_t *to)
{
    for (int y = 0; y < n_rows; y++) {
        for (int x = 0; x < n_columns; x++, to += 4) {
            struct heed_color color = {0};
            const float mean = heed_heatmap_peak(item, rows[y].first, rows[y].end, columns[x].first,
                                                 columns[x].end);
            (void)heed_heatmap_color(item, mean, &color);
            write_color(to, color);
        }
    }
}

void heed_gl_shades_fill(struct heed_gl_shades *shades, const struct heed_item_heatmap *item,
                         const struct heed_gl_cell_range *columns, int n_columns,
                         const struct heed_gl_cell_range *rows, int n_rows, uint8_t *to)
{
    const struct heed_values *values = &item->values;
    const size_t stride = (size_t)values->n_columns;
    const float *first =
        values->data + ((size_t)item->slice * (size_t)values->n_rows + (size_t)item->row) * stride +
        (size_t)item->column;
    const struct scale scale = make_scale(item);
    if (item->is_picture) {
        fill_picture(item, columns, n_columns, rows, n_rows, to);
        return;
    }
    make(shades, &item->palette);
    for (int y = 0; y < n_rows; y++) {
        const float *row = first + (size_t)rows[y].first * stride;
        const int height = rows[y].end - rows[y].first;
        for (int x = 0; x < n_columns; x++, to += 4) {
            const bool is_one = height == 1 && columns[x].end - columns[x].first == 1;
            const float value =
                is_one ? row[columns[x].first] : find_peak(row, stride, height, columns[x]);
            if (isnan(value)) {
                memset(to, 0, 4);
            } else {
                memcpy(to, shades->colors[find_shade(&scale, value)], 4);
            }
        }
    }
}
