#include "core/analysis/thumbnails.h"

#include <stddef.h>

#include "core/analysis/row_sums.h"

int heed_thumbnail_block(int n)
{
    const int block = (n + HEED_THUMBNAIL_MOST - 1) / HEED_THUMBNAIL_MOST;
    return block > 1 ? block : 1;
}

int heed_thumbnail_side(int n)
{
    const int block = heed_thumbnail_block(n);
    return (n + block - 1) / block;
}

/* The largest of each block of columns. */
static void fill_row(float *to, const float *columns, int n, int block)
{
    for (int j = 0; j < n; j += block) {
        const int end = n - j < block ? n : j + block;
        float maximum = columns[j];
        for (int k = j + 1; k < end; k++) {
            maximum = columns[k] > maximum ? columns[k] : maximum;
        }
        *to++ = maximum;
    }
}

void heed_thumbnails_fill(float *maxima, const float *weights, int n, int first, int count)
{
    enum { STRIP = 512 };
    float columns[STRIP];
    heed_row_maxima_function *row_maxima = heed_row_maxima_get_fastest();
    const int block = heed_thumbnail_block(n);
    const int side = heed_thumbnail_side(n);
    const int strip = STRIP / block * block;
    for (int i = first; i < first + count; i += block) {
        const int rows = n - i < block ? n - i : block;
        float *to = maxima + (size_t)(i / block) * (size_t)side;
        for (int j = 0; j < n; j += strip) {
            const int width = n - j < strip ? n - j : strip;
            row_maxima(columns, weights + (size_t)i * (size_t)n + (size_t)j, (size_t)n, rows,
                       width);
            fill_row(to + j / block, columns, width, block);
        }
    }
}
