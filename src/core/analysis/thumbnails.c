#include "core/analysis/thumbnails.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The compilers' own vector types: every machine gets its registers without
 * intrinsics. A strip is one line of a cache. */
enum { LANES = 4, VECTORS = 4, STRIP = LANES * VECTORS };

typedef int32_t ints __attribute__((vector_size(4 * LANES)));

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

/* Floats that aren't negative order as their bits do. */
static inline ints larger(ints a, ints b)
{
    const ints more = a > b;
    return (a & more) | (b & ~more);
}

/* The largest of each of STRIP columns over `rows` rows. */
static void strip_maxima(float *to, const float *from, int rows, size_t stride)
{
    ints maxima[VECTORS] = {{0}};
    for (int i = 0; i < rows; i++, from += stride) {
        for (int v = 0; v < VECTORS; v++) {
            ints row;
            memcpy(&row, from + (ptrdiff_t)v * LANES, sizeof row);
            maxima[v] = larger(row, maxima[v]);
        }
    }
    memcpy(to, maxima, sizeof maxima);
}

static float column_maximum(const float *from, int rows, size_t stride)
{
    float maximum = 0;
    for (int i = 0; i < rows; i++, from += stride) {
        maximum = *from > maximum ? *from : maximum;
    }
    return maximum;
}

/* One row of blocks: `rows` rows of n weights. */
static void fill_row(float *to, const float *from, int rows, int n, int block)
{
    float columns[STRIP];
    float maximum = 0;
    int in_block = 0;
    for (int j = 0; j < n; j += STRIP) {
        const int count = n - j < STRIP ? n - j : STRIP;
        if (count == STRIP) {
            strip_maxima(columns, from + j, rows, (size_t)n);
        }
        for (int k = 0; k < count; k++) {
            const float column =
                count == STRIP ? columns[k]
                               : column_maximum(from + j + k, rows, (size_t)n);
            maximum = column > maximum ? column : maximum;
            if (++in_block == block || j + k + 1 == n) {
                *to++ = maximum;
                maximum = 0;
                in_block = 0;
            }
        }
    }
}

void heed_thumbnails_fill(float *maxima, const float *weights, int n_maps, int n)
{
    const int block = heed_thumbnail_block(n);
    const int side = heed_thumbnail_side(n);
    for (int map = 0; map < n_maps; map++) {
        for (int i = 0; i < n; i += block) {
            const int rows = n - i < block ? n - i : block;
            fill_row(maxima, weights + (size_t)i * (size_t)n, rows, n, block);
            maxima += side;
        }
        weights += (size_t)n * (size_t)n;
    }
}
