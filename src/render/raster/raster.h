/*
 * Strokes drawn by the processor into a picture of their own. Many thin curves
 * lie over many pixels of which they touch few: walking along each is far
 * quicker than triangles are without a graphics card, and floats keep the hue
 * of a thousand faint strokes that lie over each other. Plain arithmetic, no
 * OpenGL. One caller at a time; many strokes are drawn by two threads, whose
 * tiles don't meet, so that the picture is the same.
 */
#ifndef HEED_RENDER_RASTER_RASTER_H
#define HEED_RENDER_RASTER_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/raster/path.h"

enum { HEED_RASTER_TILE = 64 }; /* px, in which the work stays in the cache */

struct heed_raster_part;
struct heed_raster_node;
struct heed_raster_span;

enum { HEED_RASTER_THREADS = 2 };

/* What one thread needs to draw a tile. */
struct heed_raster_scratch {
    struct heed_raster_span *spans; /* of the stroke in hand in a tile */
    size_t n_spans, span_capacity;
    float pixels[HEED_RASTER_TILE * HEED_RASTER_TILE][4]; /* premultiplied */
    float cover[HEED_RASTER_TILE * HEED_RASTER_TILE]; /* of that stroke; 0 else */
};

/* All zero is an empty picture; nothing in it is for others. */
struct heed_raster {
    int x, y, width, height; /* of the list, px */
    int n_across, n_down;    /* tiles */
    struct heed_raster_part *parts;
    size_t n_parts, part_capacity;
    struct heed_raster_node *nodes; /* the first of each tile, then others */
    size_t n_nodes, node_capacity;
    struct heed_color *colors; /* of each stroke, premultiplied */
    size_t n_colors, color_capacity;
    uint8_t *bytes; /* [height, width, 4] */
    size_t byte_capacity;
    struct heed_raster_scratch scratch[HEED_RASTER_THREADS];
};

void heed_raster_finish(struct heed_raster *raster);

/* Begins an empty picture of this part of the list; false without memory. */
bool heed_raster_begin(struct heed_raster *raster, int x, int y, int width,
                       int height);
/* Lays a stroke over the picture; where it meets itself it isn't darker.
 * False without memory. */
bool heed_raster_stroke(struct heed_raster *raster, struct heed_path *path,
                        const struct heed_stroke *stroke);
/* The picture as premultiplied RGBA, dithered, the last row first; valid
 * until the next begin. NULL without memory. */
const uint8_t *heed_raster_get(struct heed_raster *raster);

#endif
