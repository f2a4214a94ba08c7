/*
 * Heatmaps as textures of their colours: a texel is a cell, or a pixel where
 * cells are smaller than pixels. Each cell's colour is thus found once,
 * however many pixels it has, and kept as long as the same is drawn. Needs
 * the painter's context.
 */
#ifndef HEED_RENDER_GL_GL_HEATMAPS_H
#define HEED_RENDER_GL_GL_HEATMAPS_H

#include <epoxy/gl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/gl/gl_shades.h"

enum { HEED_GL_N_HEATMAPS = 160 };

/* Texels and where they go. */
struct heed_gl_cells {
    GLuint texture;
    int columns, rows;
    struct heed_rect rect; /* px */
    float gap, radius;
};

struct heed_gl_heatmap {
    struct heed_gl_cells cells;
    struct heed_item_heatmap item; /* what it was made of */
    uint64_t last_use;
};

/* All zero is an empty cache. */
struct heed_gl_heatmaps {
    struct heed_gl_heatmap slots[HEED_GL_N_HEATMAPS];
    uint64_t now;
    struct heed_gl_shades shades;
    uint8_t *bytes; /* scratch */
    size_t capacity;
    GLint max_size;  /* of a texture; 0: not asked yet */
    uint64_t n_sent; /* bytes, ever */
};

/* Leaves an empty cache, which may be used again. */
void heed_gl_heatmaps_finish(struct heed_gl_heatmaps *heatmaps);
/* Cells got before this call may be overwritten from now on. */
void heed_gl_heatmaps_advance(struct heed_gl_heatmaps *heatmaps);

/* The cells of an item whose numbers are sound. NULL if they can't be had:
 * *is_full tells that drawing and advancing would help. */
const struct heed_gl_cells *heed_gl_heatmaps_get(struct heed_gl_heatmaps *heatmaps,
                                                 const struct heed_item_heatmap *item,
                                                 bool *is_full);

#endif
