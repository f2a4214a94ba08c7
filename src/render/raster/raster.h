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

#include "base/compiler.h"
#include "render/raster/path.h"

enum {
    HEED_RASTER_TILE = 64,
    HEED_RASTER_THREADS = 2
}; /* px a tile's side: the
    work stays in the cache */

struct heed_raster_cut;
struct heed_raster_node;
struct heed_raster_chain;
struct heed_raster_span;

/* What one thread needs: to cut its half of the strokes into parts, then to draw a tile. */
struct heed_raster_half {
    struct heed_path path;        /* of the stroke in hand */
    struct heed_raster_cut *cuts; /* of parts at a stroke's ends */
    size_t n_cuts, cut_capacity;
    struct heed_raster_node *nodes; /* parts, once for each tile that they touch */
    size_t n_nodes, node_capacity;
    struct heed_raster_chain *chains; /* of each tile */
    size_t chain_capacity;
    struct heed_color *colors; /* of each stroke, premultiplied */
    size_t n_colors, color_capacity;
    struct heed_raster_span *spans; /* of the stroke in hand in a tile */
    size_t n_spans, span_capacity;
    float pixels[HEED_RASTER_TILE * HEED_RASTER_TILE][4]; /* premultiplied */
    float cover[HEED_RASTER_TILE * HEED_RASTER_TILE];     /* of that stroke; 0 else */
};

/* All zero is ready; nothing in it is for others. */
struct heed_raster {
    int x, y, width, height;
    int n_across, n_down; /* tiles */
    bool top_first;
    struct heed_raster_half halves[HEED_RASTER_THREADS];
    uint8_t *bytes; /* [height, width, 4] */
    size_t byte_capacity;
};

/* What is to be drawn: lines, cubics and arcs; other items are passed over. */
struct heed_raster_picture {
    const struct heed_item *items;
    size_t n;
    float scale;             /* pixels a px of the list */
    int x, y, width, height; /* pixels, of the list's times the scale */
    bool top_first;          /* the order of the rows */
};

void heed_raster_finish(struct heed_raster *raster);

/* The strokes, each laid over those before it, on nothing: premultiplied
 * RGBA, dithered, valid until the next call. Where a stroke meets or crosses
 * itself it isn't darker, but for the tip of a hairpin. NULL without memory. */
HEED_NODISCARD const uint8_t *heed_raster_draw(struct heed_raster *raster,
                                               const struct heed_raster_picture *picture);

#endif
