#include "core/analysis/thumbnails.h"

#include "core/analysis/row_sums.h"

int heed_thumbnail_block(int n)
{
    const int block = (n + HEED_THUMBNAIL_MOST - 1) / HEED_THUMBNAIL_MOST;
    return block > 1 ? block : 1;
}

int heed_thumbnail_side(int n, int block)
{
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

void heed_thumbnails_fill(float *maxima, const struct heed_thumbnail_source *map, int first,
                          int count)
{
    enum { STRIP = 2048 };
    float columns[STRIP];
    heed_row_maxima_function *row_maxima = heed_row_maxima_get_fastest();
    const int n = map->columns, block = map->block;
    const int side = heed_thumbnail_side(n, block);
    const int strip = STRIP / block * block;
    for (int i = first; i < first + count; i += block) {
        const int rows = map->rows - i < block ? map->rows - i : block;
        float *to = maxima + (size_t)(i / block) * (size_t)side;
        for (int j = 0; j < n; j += strip) {
            const int width = n - j < strip ? n - j : strip;
            row_maxima(columns, map->weights + (size_t)i * map->stride + (size_t)j, map->stride,
                       rows, width);
            fill_row(to + j / block, columns, width, block);
        }
    }
}
