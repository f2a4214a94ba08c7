#include "render/raster/raster.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/compiler.h"
#include "draw/display_list.h"

/* Lines whose strokes' edges part by less, in px, are joined without a seam:
 * each pixel belongs to one of them. Others overlap by a round joint. */
static const float max_part = 0.35f;

enum end { END_SEAM, END_ROUND, END_BUTT };

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
    uint8_t from, to; /* enum end */
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

struct pen {
    const struct heed_raster *raster;
    struct heed_raster_half *half;
    float reach;
    bool round_caps;
    bool may_cross; /* the stroke may lie over itself */
    bool failed;
};

void heed_raster_finish(struct heed_raster *raster)
{
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        struct heed_raster_half *half = &raster->halves[i];
        heed_path_finish(&half->path);
        free(half->nodes);
        free(half->chains);
        free(half->cuts);
        free(half->colors);
        free(half->spans);
    }
    free(raster->bytes);
    memset(raster, 0, sizeof *raster);
}

/* The number of pixels whose middles lie before x, of those that there are. */
static int count_before(float x, int size)
{
    const float n = x + 0.5f;
    return n > 0.0f ? (n < (float)size ? (int)n : size) : 0;
}

static float clamp_unit(float x)
{
    return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f;
}

/* How much is covered at `across` px from the middle, `along` px behind the beginning. */
static float cover_at(const struct heed_raster_part *part, float across, float along)
{
    const float after = along - part->length;
    const float beyond = along < 0.0f ? -along : after > 0.0f ? after : 0.0f;
    float cover = clamp_unit(part->reach - across);
    if (beyond > 0.0f && (along < 0.0f ? part->from : part->to) == END_ROUND) {
        cover = clamp_unit(part->reach - sqrtf(across * across + beyond * beyond));
    }
    return cover;
}

static float share_inside(const struct heed_raster_part *part, const struct heed_raster_cut *cut,
                          float u, float v)
{
    if (!cut->is_near) {
        return 1.0f;
    }
    const float in = clamp_unit((u - cut->u) * cut->du + (v - cut->v) * cut->dv + 0.5f);
    return in < part->full ? in : part->full;
}

static void keep_largest(float *at, float cover)
{
    *at = cover > *at ? cover : *at;
}

/* The pixels [j0, j1) of a column whose middle is at u. */
static void cover_column(const struct heed_raster_part *part, const struct heed_raster_cut *cuts,
                         float *at, ptrdiff_t step, int j0, int j1, float u, float v)
{
    for (int j = j0; j < j1; j++, at += step) {
        const float w = (float)j + 0.5f;
        const float along = (u - part->u) * part->du + (w - part->v) * part->dv;
        float cover = cover_at(part, fabsf(w - v) * part->du, along);
        for (int k = 0; cuts && k < 2; k++) {
            cover *= share_inside(part, &cuts[k], u, w);
        }
        keep_largest(at, cover);
    }
}

/* Lays one colour over one pixel. */
static inline void blend(float *pixel, const float paint[4], float cover)
{
    const float keep = 1.0f - cover * paint[3];
    for (int c = 0; c < 4; c++) {
        pixel[c] = pixel[c] * keep + paint[c] * cover;
    }
}

/* Covers and lays over at once the columns [i0, i1) of a part that is alone. */
static void blend_columns(const struct heed_raster_part *part, const struct heed_color *color,
                          float (*pixels)[4], int i0, int i1)
{
    const float paint[4] = {color->r, color->g, color->b, color->a};
    const float slope = part->dv / part->du, half = part->reach / part->du;
    const ptrdiff_t u_step = part->is_steep ? HEED_RASTER_TILE : 1;
    const ptrdiff_t v_step = part->is_steep ? 1 : HEED_RASTER_TILE;
    const float a = part->v + ((float)i0 - part->u) * slope;
    const float b = part->v + ((float)i1 - part->u) * slope;
    const float low = (a < b ? a : b) - half, high = (a < b ? b : a) + half;
    const bool is_inside = low > 0.0f && high < (float)(HEED_RASTER_TILE - 1);
    for (int i = i0; i < i1; i++) {
        const float v = part->v + ((float)i + 0.5f - part->u) * slope;
        const int j0 =
            is_inside ? (int)(v - half + 0.5f) : count_before(v - half, HEED_RASTER_TILE);
        const int j1 =
            is_inside ? (int)(v + half + 0.5f) : count_before(v + half, HEED_RASTER_TILE);
        float(*at)[4] = pixels + i * u_step + j0 * v_step;
        float across = ((float)j0 + 0.5f - v) * part->du;
        for (int j = j0; j < j1; j++, at += v_step, across += part->du) {
            const float cover = part->reach - fabsf(across);
            const float most = cover < 1.0f ? cover : 1.0f;
            blend(*at, paint, most > 0.0f ? most : 0.0f);
        }
    }
}

static float extra(const struct heed_raster_part *part, enum end end)
{
    return end == END_SEAM ? 0.0f : part->reach + 0.5f;
}

/* Covers the columns [i0, i1) and notes where. */
static bool cover_columns(struct heed_raster_half *scratch, const struct heed_raster_part *part,
                          const struct heed_raster_cut *cuts, int i0, int i1)
{
    const bool ok = heed_array_reserve(&scratch->spans, &scratch->span_capacity,
                                       scratch->n_spans + HEED_RASTER_TILE, sizeof *scratch->spans);
    const int u_step = part->is_steep ? HEED_RASTER_TILE : 1;
    const int v_step = part->is_steep ? 1 : HEED_RASTER_TILE;
    const float slope = part->dv / part->du, half = part->reach / part->du;
    for (int i = i0; ok && i < i1; i++) {
        const float u = (float)i + 0.5f;
        const float v = part->v + (u - part->u) * slope;
        const int j0 = count_before(v - half, HEED_RASTER_TILE);
        const int j1 = count_before(v + half, HEED_RASTER_TILE);
        const int first = i * u_step + j0 * v_step;
        if (j0 < j1) {
            scratch->spans[scratch->n_spans++] =
                (struct heed_raster_span){(uint16_t)first, (uint16_t)v_step, (uint16_t)(j1 - j0)};
            cover_column(part, cuts, scratch->cover + first, v_step, j0, j1, u, v);
        }
    }
    return ok;
}

/* A part, moved to the coordinates of a tile. */
static bool cover_part(struct heed_raster_half *scratch, const struct heed_raster_half *half,
                       const struct heed_raster_part *part, float u, float v)
{
    struct heed_raster_part near = *part;
    near.u -= u, near.u_end -= u, near.v -= v;
    const int i0 = count_before(near.u - extra(part, part->from), HEED_RASTER_TILE);
    const int i1 = count_before(near.u_end + extra(part, part->to), HEED_RASTER_TILE);
    if (part->is_alone) {
        blend_columns(&near, &half->colors[part->color], scratch->pixels, i0, i1);
        return true;
    }
    struct heed_raster_cut cuts[2];
    for (int k = 0; part->cuts && k < 2; k++) {
        cuts[k] = half->cuts[part->cuts - 1 + (uint32_t)k];
        cuts[k].u -= u;
        cuts[k].v -= v;
    }
    return cover_columns(scratch, &near, part->cuts ? cuts : NULL, i0, i1);
}

/* Along the axis that the line follows more closely, with the coordinates of the picture. */
static struct heed_raster_part make_part(const struct pen *pen, const struct heed_path_point *a,
                                         const struct heed_path_point *b)
{
    const float x0 = (float)pen->raster->x, y0 = (float)pen->raster->y;
    const float dx = b->x - a->x, dy = b->y - a->y;
    const float length = sqrtf(dx * dx + dy * dy);
    struct heed_raster_part part = {
        .length = length,
        .reach = pen->reach,
        .full = 1.0f,
        .color = (uint32_t)pen->half->n_colors,
        .is_steep = fabsf(dx) < fabsf(dy),
    };
    if (part.is_steep) {
        part.u = a->y - y0, part.v = a->x - x0, part.u_end = b->y - y0;
        part.du = dy / length, part.dv = dx / length;
    } else {
        part.u = a->x - x0, part.v = a->y - y0, part.u_end = b->x - x0;
        part.du = dx / length, part.dv = dy / length;
    }
    return part;
}

/* The end of a stroke at a point, whose direction inwards is `sign` times the
 * path's; with the coordinates of a part. */
static struct heed_raster_cut make_cut(const struct heed_raster *raster, bool is_steep,
                                       const struct heed_path_point *point, float sign)
{
    const float x = point->x - (float)raster->x, y = point->y - (float)raster->y;
    const float dx = sign * point->ny, dy = -sign * point->nx;
    return is_steep ? (struct heed_raster_cut){y, x, dy, dx, true}
                    : (struct heed_raster_cut){x, y, dx, dy, true};
}

static bool is_seam(const struct heed_raster_part *a, const struct heed_raster_part *b)
{
    return a->is_steep == b->is_steep && a->du * b->du + a->dv * b->dv > 0.0f &&
           a->du * b->du > 0.0f && fabsf(a->du * b->dv - a->dv * b->du) * a->reach < max_part;
}

static struct heed_raster_part turn_forward(struct heed_raster_part part)
{
    if (part.du < 0.0f) {
        const struct heed_raster_part old = part;
        part.u = old.u_end, part.u_end = old.u;
        part.v = old.v + old.dv * old.length;
        part.du = -old.du, part.dv = -old.dv;
        part.from = old.to, part.to = old.from;
    }
    return part;
}

/* The tile of a coordinate, of n. */
static int find_tile(float x, int n)
{
    const float tile = x / (float)HEED_RASTER_TILE;
    return tile > 0.0f ? (tile < (float)n ? (int)tile : n) : 0;
}

static void add_node(struct heed_raster_half *half, size_t tile,
                     const struct heed_raster_part *part)
{
    struct heed_raster_chain *chain = &half->chains[tile];
    half->nodes[half->n_nodes++] = (struct heed_raster_node){.part = *part};
    if (chain->first == 0) {
        chain->first = (uint32_t)half->n_nodes;
    } else {
        half->nodes[chain->last - 1].next = (uint32_t)half->n_nodes;
    }
    chain->last = (uint32_t)half->n_nodes;
}

/* Gives a part to the tiles that it may touch. */
static bool add_part(const struct heed_raster *raster, struct heed_raster_half *half,
                     struct heed_raster_part part)
{
    part = turn_forward(part);
    const float margin = part.reach + 1.0f;
    const float v_end = part.v + part.dv * part.length;
    const int n_u = part.is_steep ? raster->n_down : raster->n_across;
    const int n_v = part.is_steep ? raster->n_across : raster->n_down;
    const int u0 = find_tile(part.u - margin, n_u);
    const int u1 = find_tile(part.u_end + margin + (float)HEED_RASTER_TILE, n_u);
    const int v0 = find_tile(fminf(part.v, v_end) - margin, n_v);
    const int v1 = find_tile(fmaxf(part.v, v_end) + margin + (float)HEED_RASTER_TILE, n_v);
    if (u0 >= u1 || v0 >= v1) {
        return true;
    }
    const size_t n = half->n_nodes + (size_t)(u1 - u0) * (size_t)(v1 - v0);
    const bool ok = n < UINT32_MAX &&
                    heed_array_reserve(&half->nodes, &half->node_capacity, n, sizeof *half->nodes);
    for (int u = u0; ok && u < u1; u++) {
        for (int v = v0; v < v1; v++) {
            const int tile = part.is_steep ? u * raster->n_across + v : v * raster->n_across + u;
            add_node(half, (size_t)tile, &part);
        }
    }
    return ok;
}

/* The next point that doesn't lie in a soft end. */
static size_t next_point(const struct heed_path_point *points, size_t n, size_t i)
{
    for (i++;
         i + 1 < n && (points[i].s - points[0].s < 1.0f || points[n - 1].s - points[i].s < 1.0f);
         i++) {
    }
    return i;
}

/* Ends a part, whose neighbours (NULL: none) may reach into it. */
static void end_part(struct pen *pen, struct heed_raster_part *part, float length_before,
                     const struct heed_raster_part *after)
{
    const float most = pen->reach + 1.0f; /* that a neighbour's end reaches */
    part->is_alone = part->from == END_SEAM && part->to == END_SEAM && part->cuts == 0 &&
                     length_before > most && after && after->length > most && !pen->may_cross;
    pen->failed |= !add_part(pen->raster, pen->half, *part);
}

/* Gives a part the ends of its stroke that it may reach over. */
static void add_cuts(struct pen *pen, struct heed_raster_part *part,
                     const struct heed_path_point *first, const struct heed_path_point *last,
                     bool near_first, bool near_last)
{
    if (!near_first && !near_last) {
        return;
    }
    struct heed_raster_half *half = pen->half;
    const bool ok =
        heed_array_reserve(&half->cuts, &half->cut_capacity, half->n_cuts + 2, sizeof *half->cuts);
    if (!ok) {
        pen->failed = true;
        return;
    }
    part->cuts = (uint32_t)half->n_cuts + 1;
    for (int k = 0; k < 2; k++) {
        struct heed_raster_cut *cut = &half->cuts[half->n_cuts++];
        *cut = make_cut(pen->raster, part->is_steep, k ? last : first, k ? -1.0f : 1.0f);
        cut->is_near = k ? near_last : near_first;
    }
}

static void add_piece(void *context, const struct heed_path_point *points, size_t n)
{
    struct pen *pen = context;
    const enum end cap = pen->round_caps ? END_ROUND : END_BUTT;
    const float length = points[n - 1].s - points[0].s;
    const float margin = pen->reach + 1.0f;
    struct heed_raster_part part = {0};
    float length_before = 0.0f;
    for (size_t i = 0, next; i + 1 < n; i = next) {
        next = next_point(points, n, i);
        struct heed_raster_part after = make_part(pen, &points[i], &points[next]);
        if (!(after.length > 0.0f)) {
            continue;
        }
        after.full = length < 1.0f ? length : 1.0f;
        if (!pen->round_caps) {
            add_cuts(pen, &after, &points[0], &points[n - 1], points[i].s - points[0].s < margin,
                     points[n - 1].s - points[next].s < margin);
        }
        after.from = cap;
        if (part.length > 0.0f) {
            part.to = after.from = is_seam(&part, &after) ? END_SEAM : END_ROUND;
            end_part(pen, &part, length_before, &after);
            length_before = part.length;
        }
        part = after;
    }
    if (part.length > 0.0f) {
        part.to = cap;
        end_part(pen, &part, length_before, NULL);
    }
}

/* True if the path doesn't always go on along one of the axes: only then can it cross itself. */
static bool turns_back(const struct heed_path *path)
{
    unsigned ways = 0; /* right, left, down, up */
    for (size_t i = 1; i < path->n; i++) {
        const float dx = path->points[i].x - path->points[i - 1].x;
        const float dy = path->points[i].y - path->points[i - 1].y;
        ways |= (unsigned)(dx > 0.0f) | (unsigned)(dx < 0.0f) << 1 | (unsigned)(dy > 0.0f) << 2 |
                (unsigned)(dy < 0.0f) << 3;
    }
    return (ways & 3) == 3 && (ways & 12) == 12;
}

/* Cuts the path's stroke into parts and gives them to the tiles. */
static bool add_stroke(const struct heed_raster *raster, struct heed_raster_half *half,
                       const struct heed_stroke *stroke)
{
    /* Thinner than a pixel: a pixel wide, and fainter. */
    const float width = fmaxf(stroke->width, 1.0f);
    const float a = clamp_unit(stroke->color.a) * fminf(stroke->width, 1.0f);
    const struct heed_color color = {clamp_unit(stroke->color.r) * a,
                                     clamp_unit(stroke->color.g) * a,
                                     clamp_unit(stroke->color.b) * a, a};
    const bool ok =
        heed_array_reserve(&half->colors, &half->color_capacity, half->n_colors + 1, sizeof color);
    struct pen pen = {
        .raster = raster,
        .half = half,
        .reach = width / 2.0f + 0.5f,
        .round_caps = stroke->round_caps,
        .may_cross = turns_back(&half->path),
        .failed = !ok,
    };
    if (ok) {
        half->colors[half->n_colors] = color;
        heed_path_visit(&half->path, stroke, add_piece, &pen);
        half->n_colors++;
    }
    return !pen.failed;
}

/* Lays the colour over what was covered, and forgets the coverage: a pixel
 * that comes again then stays as it is. */
static void lay_over(struct heed_raster_half *scratch, const struct heed_color *color)
{
    const float paint[4] = {color->r, color->g, color->b, color->a};
    for (size_t i = 0; i < scratch->n_spans; i++) {
        const struct heed_raster_span span = scratch->spans[i];
        size_t at = span.first;
        for (unsigned k = 0; k < span.n; k++, at += span.step) {
            const float cover = scratch->cover[at];
            scratch->cover[at] = 0.0f;
            blend(scratch->pixels[at], paint, cover);
        }
    }
    scratch->n_spans = 0;
}

static bool has_parts(const struct heed_raster *raster, size_t tile)
{
    bool any = false;
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        any = any || raster->halves[i].chains[tile].first > 0;
    }
    return any;
}

/* Draws what one half of the strokes has in a tile. */
static bool draw_half(const struct heed_raster *raster, const struct heed_raster_half *half,
                      struct heed_raster_half *scratch, size_t tile)
{
    const float x = (float)(HEED_RASTER_TILE * (int)(tile % (size_t)raster->n_across));
    const float y = (float)(HEED_RASTER_TILE * (int)(tile / (size_t)raster->n_across));
    uint32_t color = 0;
    bool ok = true;
    for (uint32_t i = half->chains[tile].first; i > 0; i = half->nodes[i - 1].next) {
        const struct heed_raster_part *part = &half->nodes[i - 1].part;
        const uint32_t next = half->nodes[i - 1].next;
        HEED_PREFETCH(&half->nodes[next > 0 ? next - 1 : 0]);
        if (part->color != color && scratch->n_spans > 0) {
            lay_over(scratch, &half->colors[color]);
        }
        color = part->color;
        ok = cover_part(scratch, half, part, part->is_steep ? y : x, part->is_steep ? x : y) && ok;
    }
    if (scratch->n_spans > 0) {
        lay_over(scratch, &half->colors[color]);
    }
    return ok;
}

static bool draw_tile(const struct heed_raster *raster, struct heed_raster_half *scratch,
                      size_t tile)
{
    bool ok = true;
    memset(scratch->pixels, 0, sizeof scratch->pixels);
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        ok = draw_half(raster, &raster->halves[i], scratch, tile) && ok;
    }
    return ok;
}

/* Writes a row of a tile as bytes, by ordered dithering. */
static void write_row(const float *restrict from, uint8_t *restrict to, int y)
{
    static const float order[4][4] = {{0.5f / 16, 8.5f / 16, 2.5f / 16, 10.5f / 16},
                                      {12.5f / 16, 4.5f / 16, 14.5f / 16, 6.5f / 16},
                                      {3.5f / 16, 11.5f / 16, 1.5f / 16, 9.5f / 16},
                                      {15.5f / 16, 7.5f / 16, 13.5f / 16, 5.5f / 16}};
    float rounding[16];
    for (int k = 0; k < 16; k++) {
        rounding[k] = order[y & 3][k / 4];
    }
    for (int x = 0; x < 4 * HEED_RASTER_TILE; x += 16) {
        for (int k = 0; k < 16; k++) {
            to[x + k] = (uint8_t)(int)(from[x + k] * 255.0f + rounding[k]);
        }
    }
}

static void write_tile(const struct heed_raster *raster, struct heed_raster_half *scratch,
                       size_t tile)
{
    const int x0 = HEED_RASTER_TILE * (int)(tile % (size_t)raster->n_across);
    const int y0 = HEED_RASTER_TILE * (int)(tile / (size_t)raster->n_across);
    const int width = raster->width - x0, height = raster->height - y0;
    const int n = width < HEED_RASTER_TILE ? width : HEED_RASTER_TILE;
    const bool is_empty = !has_parts(raster, tile);
    for (int y = 0; y < HEED_RASTER_TILE && y < height; y++) {
        const int down = y0 + y;
        const size_t row = (size_t)(raster->top_first ? down : raster->height - 1 - down);
        uint8_t *to = raster->bytes + (row * (size_t)raster->width + (size_t)x0) * 4;
        if (is_empty) {
            memset(to, 0, (size_t)n * 4);
        } else {
            uint8_t bytes[4 * HEED_RASTER_TILE];
            write_row(scratch->pixels[y * HEED_RASTER_TILE], bytes, y);
            memcpy(to, bytes, (size_t)n * 4);
        }
    }
}

/* One thread's share. */
struct share {
    struct heed_raster *raster;
    struct heed_raster_half *half;
    const struct heed_item *items;
    size_t first, last; /* of the items */
    float scale;
    int index;
    bool ok;
};

/* Makes parts of its items. */
static void *flatten(void *context)
{
    struct share *share = context;
    const struct heed_raster *raster = share->raster;
    struct heed_raster_half *half = share->half;
    const struct heed_rect seen = {(float)raster->x, (float)raster->y, (float)raster->width,
                                   (float)raster->height};
    const size_t n_tiles = (size_t)raster->n_across * (size_t)raster->n_down;
    half->n_nodes = half->n_cuts = half->n_colors = 0;
    share->ok =
        heed_array_reserve(&half->chains, &half->chain_capacity, n_tiles, sizeof *half->chains);
    if (share->ok) {
        memset(half->chains, 0, n_tiles * sizeof *half->chains);
    }
    for (size_t i = share->first; share->ok && i < share->last; i++) {
        struct heed_stroke stroke;
        if (heed_path_set_item(&half->path, &share->items[i], share->scale, seen, &stroke)) {
            share->ok = add_stroke(raster, half, &stroke);
        }
        share->ok = share->ok && !half->path.failed;
    }
    return NULL;
}

/* Draws every second tile. */
static void *draw_tiles(void *context)
{
    struct share *share = context;
    const struct heed_raster *raster = share->raster;
    const size_t n = (size_t)raster->n_across * (size_t)raster->n_down;
    for (size_t tile = (size_t)share->index; share->ok && tile < n; tile += HEED_RASTER_THREADS) {
        share->ok = !has_parts(raster, tile) || draw_tile(raster, share->half, tile);
        if (share->ok) {
            write_tile(raster, share->half, tile);
        }
    }
    return NULL;
}

/* Both shares, on two threads if that is worth it. */
static bool do_both(struct share shares[HEED_RASTER_THREADS], void *(*work)(void *),
                    bool worth_a_thread)
{
    pthread_t thread;
    const bool helped = worth_a_thread && pthread_create(&thread, NULL, work, &shares[1]) == 0;
    work(&shares[0]);
    if (helped) {
        pthread_join(thread, NULL);
    } else {
        work(&shares[1]);
    }
    return shares[0].ok && shares[1].ok;
}

static bool begin(struct heed_raster *raster, const struct heed_raster_picture *picture)
{
    raster->x = picture->x;
    raster->y = picture->y;
    raster->width = picture->width;
    raster->height = picture->height;
    raster->top_first = picture->top_first;
    raster->n_across = (picture->width + HEED_RASTER_TILE - 1) / HEED_RASTER_TILE;
    raster->n_down = (picture->height + HEED_RASTER_TILE - 1) / HEED_RASTER_TILE;
    const bool ok = heed_array_reserve(&raster->bytes, &raster->byte_capacity,
                                       (size_t)raster->width * (size_t)raster->height * 4, 1);
    return ok;
}

const uint8_t *heed_raster_draw(struct heed_raster *raster,
                                const struct heed_raster_picture *picture)
{
    enum { ITEMS_WORTH = 60, PARTS_WORTH = 1000 }; /* some tenths of a ms */
    if (!begin(raster, picture)) {
        return NULL;
    }
    struct share shares[HEED_RASTER_THREADS];
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        shares[i] = (struct share){
            .raster = raster,
            .half = &raster->halves[i],
            .items = picture->items,
            .first = picture->n * (size_t)i / HEED_RASTER_THREADS,
            .last = picture->n * (size_t)(i + 1) / HEED_RASTER_THREADS,
            .scale = picture->scale,
            .index = i,
        };
    }
    const struct heed_raster_half *halves = raster->halves;
    const bool ok =
        do_both(shares, flatten, picture->n > ITEMS_WORTH) &&
        do_both(shares, draw_tiles, halves[0].n_nodes + halves[1].n_nodes > PARTS_WORTH);
    return ok ? raster->bytes : NULL;
}
