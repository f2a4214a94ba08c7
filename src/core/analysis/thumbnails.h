/*
 * Attention maps made small: each number is the largest of a square block, so
 * that a strong link is never lost however small the picture. Pure; any
 * thread.
 */
#ifndef HEED_CORE_ANALYSIS_THUMBNAILS_H
#define HEED_CORE_ANALYSIS_THUMBNAILS_H

#include <stddef.h>

enum { HEED_THUMBNAIL_MOST = 64 /* blocks a side */ };

/* Units a side of a block, the least that gives no more than
 * HEED_THUMBNAIL_MOST blocks: 1 up to there, 8 for 512. */
int heed_thumbnail_block(int n);
/* Blocks a side of n units; the last may be cut short. */
int heed_thumbnail_side(int n, int block);

/* A map to make small: weights[rows, columns], its rows stride floats apart. */
struct heed_thumbnail_source {
    const float *weights;
    size_t stride;
    int rows, columns;
    int block; /* 2048 at most */
};

/* Rows [first, first + count) of a map, none of them negative or NaN, into the
 * whole thumbnail maxima[side of rows, side of columns]. first is a multiple of the
 * block, first + count one too, or all rows. */
void heed_thumbnails_fill(float *maxima, const struct heed_thumbnail_source *map, int first,
                          int count);

#endif
