/*
 * Attention maps made small: each number is the largest of a square block, so
 * that a strong link is never lost however small the picture. Pure; any
 * thread.
 */
#ifndef HEED_CORE_ANALYSIS_THUMBNAILS_H
#define HEED_CORE_ANALYSIS_THUMBNAILS_H

enum { HEED_THUMBNAIL_MOST = 64 /* blocks a side */ };

/* Units a side of a block, the least that gives no more than
 * HEED_THUMBNAIL_MOST blocks: 1 up to there, 8 for 512. */
int heed_thumbnail_block(int n);
/* Blocks a side; the last may be cut short. */
int heed_thumbnail_side(int n);

/* Rows [first, first + count) of a map weights[n, n], none of them negative or
 * NaN, into the whole thumbnail maxima[side, side]. first is a multiple of the
 * block, first + count one too, or n. */
void heed_thumbnails_fill(float *maxima, const float *weights, int n, int first, int count);

#endif
