/* How a stroke is held between cutting and painting: straight parts, in chains
 * by the tile that they may touch. For this folder alone. */
#ifndef HEED_RENDER_RASTER_PARTS_H
#define HEED_RENDER_RASTER_PARTS_H

#include "render/raster/raster.h"

enum heed_raster_end { HEED_RASTER_END_SEAM, HEED_RASTER_END_ROUND, HEED_RASTER_END_BUTT };

/* Where a stroke without round caps ends: nothing is covered behind it. */
struct heed_raster_cut {
    float u, v, du, dv; /* a point, and the direction inwards */
    bool is_near;       /* the part may reach over it */
};

/* One straight part of a stroke. u is the axis that it follows more closely,
 * v the other; du > 0. */
struct heed_raster_part {
    float u, v;   /* where it begins, px of the picture */
    float u_end;  /* where it ends */
    float du, dv; /* unit */
    float length;
    float reach;      /* px from the middle to where nothing is covered */
    float full;       /* the most that may be covered */
    uint32_t cuts;    /* 1 + index of its two; 0: none is near */
    uint8_t from, to; /* enum heed_raster_end */
    bool is_steep;    /* u is y */
    bool is_alone;    /* no other part of the stroke touches its pixels */
    uint32_t color;   /* index: its stroke */
};

/* A part that may touch a tile; the tile's others follow. */
struct heed_raster_node {
    struct heed_raster_part part;
    uint32_t next; /* 1 + index; 0: none */
};

struct heed_raster_chain {
    uint32_t first, last; /* 1 + index of the node; 0: none */
};

/* A row of pixels that a stroke may touch: across it, so of few. */
struct heed_raster_span {
    uint16_t first, step, n; /* pixels of the tile */
};

static inline float heed_raster_clamp(float x)
{
    return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f;
}

/* Cuts the stroke of half->path into parts and gives them to the tiles. False without memory. */
HEED_NODISCARD bool heed_raster_add_stroke(const struct heed_raster *raster,
                                           struct heed_raster_half *half,
                                           const struct heed_stroke *stroke);

/* Paints all parts of a tile, by the order of the strokes, and writes its
 * bytes. scratch: the half of the calling thread. False without memory. */
HEED_NODISCARD bool heed_raster_draw_tile(const struct heed_raster *raster,
                                          struct heed_raster_half *scratch, size_t tile);

#endif
