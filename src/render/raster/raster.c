#include "render/raster/raster.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Lines whose strokes' edges part by less, in px, are joined without a seam:
 * each pixel belongs to one of them. Others overlap by a round joint. */
static const float max_part = 0.35f;

enum end { END_SEAM, END_ROUND, END_BUTT };

/* Where a stroke without round caps ends: nothing is covered behind it. */
struct cut {
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
    float reach; /* px from the middle to where nothing is covered */
    float full;  /* the most that may be covered */
    struct cut cuts[2];
    uint8_t from, to; /* enum end */
    bool is_steep;    /* u is y */
    bool is_alone;    /* no other part of the stroke touches its pixels */
    uint32_t color;   /* index: its stroke */
};

/* A part that may touch a tile; the tile's others follow. */
struct heed_raster_node {
    uint32_t part, next; /* 1 + index; 0: none */
    uint32_t last;       /* of the tile, in its first node */
};

/* A row of pixels that a stroke may touch: across it, so of few. */
struct heed_raster_span {
    uint16_t first, step, n; /* pixels of the tile */
};

struct pen {
    struct heed_raster *raster;
    float reach;
    bool round_caps;
    bool failed;
};

void heed_raster_finish(struct heed_raster *raster)
{
    free(raster->parts);
    free(raster->nodes);
    free(raster->colors);
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        free(raster->scratch[i].spans);
    }
    free(raster->bytes);
    memset(raster, 0, sizeof *raster);
}

/* Room for n elements; false without memory. */
static bool reserve(void **array, size_t n, size_t *capacity, size_t size)
{
    if (n <= *capacity) {
        return true;
    }
    size_t wanted = *capacity ? *capacity : 1024;
    while (wanted < n) {
        wanted *= 2;
    }
    void *grown = realloc(*array, wanted * size);
    if (grown) {
        *array = grown;
        *capacity = wanted;
    }
    return grown != NULL;
}

static bool reserve_nodes(struct heed_raster *raster, size_t n)
{
    void *nodes = raster->nodes;
    const bool ok = n < UINT32_MAX && reserve(&nodes, n, &raster->node_capacity,
                                              sizeof *raster->nodes);
    raster->nodes = nodes;
    return ok;
}

bool heed_raster_begin(struct heed_raster *raster, int x, int y, int width,
                       int height)
{
    raster->x = x;
    raster->y = y;
    raster->width = width;
    raster->height = height;
    raster->n_across = (width + HEED_RASTER_TILE - 1) / HEED_RASTER_TILE;
    raster->n_down = (height + HEED_RASTER_TILE - 1) / HEED_RASTER_TILE;
    raster->n_parts = raster->n_colors = 0;
    raster->n_nodes = (size_t)raster->n_across * (size_t)raster->n_down;
    if (!reserve_nodes(raster, raster->n_nodes)) {
        return false;
    }
    memset(raster->nodes, 0, raster->n_nodes * sizeof *raster->nodes);
    return true;
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

/* How much is covered at `across` px from the middle, `along` px behind the
 * beginning. */
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

static float share_inside(const struct heed_raster_part *part,
                          const struct cut *cut, float u, float v)
{
    if (!cut->is_near) {
        return 1.0f;
    }
    const float in =
        clamp_unit((u - cut->u) * cut->du + (v - cut->v) * cut->dv + 0.5f);
    return in < part->full ? in : part->full;
}

static void keep_largest(float *at, float cover)
{
    *at = cover > *at ? cover : *at;
}

/* The pixels [j0, j1) of a column whose middle is at u. */
static void cover_column(const struct heed_raster_part *part, float *at,
                         ptrdiff_t step, int j0, int j1, float u, float v)
{
    for (int j = j0; j < j1; j++, at += step) {
        const float w = (float)j + 0.5f;
        const float along = (u - part->u) * part->du + (w - part->v) * part->dv;
        float cover = cover_at(part, fabsf(w - v) * part->du, along);
        for (int k = 0; k < 2; k++) {
            cover *= share_inside(part, &part->cuts[k], u, w);
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

/* Likewise, at once, for a part that is alone. */
static void blend_column(const struct heed_raster_part *part,
                         const struct heed_color *color, float (*at)[4],
                         ptrdiff_t step, int j0, int j1, float v)
{
    const float paint[4] = {color->r, color->g, color->b, color->a};
    const float reach = part->reach, du = part->du;
    for (int j = j0; j < j1; j++, at += step) {
        const float cover = reach - fabsf((float)j + 0.5f - v) * du;
        const float most = cover < 1.0f ? cover : 1.0f;
        blend(*at, paint, most > 0.0f ? most : 0.0f);
    }
}

static float extra(const struct heed_raster_part *part, enum end end)
{
    return end == END_SEAM ? 0.0f : part->reach + 0.5f;
}

/* A part with the coordinates of a tile. */
static bool cover_part(const struct heed_raster *raster,
                       struct heed_raster_scratch *scratch,
                       const struct heed_raster_part *part)
{
    const int i0 =
        count_before(part->u - extra(part, part->from), HEED_RASTER_TILE);
    const int i1 =
        count_before(part->u_end + extra(part, part->to), HEED_RASTER_TILE);
    void *spans = scratch->spans;
    const bool ok = reserve(&spans, scratch->n_spans + HEED_RASTER_TILE,
                            &scratch->span_capacity, sizeof *scratch->spans);
    scratch->spans = spans;
    const int u_step = part->is_steep ? HEED_RASTER_TILE : 1;
    const int v_step = part->is_steep ? 1 : HEED_RASTER_TILE;
    const float slope = part->dv / part->du, half = part->reach / part->du;
    for (int i = i0; ok && i < i1; i++) {
        const float u = (float)i + 0.5f;
        const float v = part->v + (u - part->u) * slope;
        const int j0 = count_before(v - half, HEED_RASTER_TILE);
        const int j1 = count_before(v + half, HEED_RASTER_TILE);
        const int first = i * u_step + j0 * v_step;
        if (j0 < j1 && part->is_alone) {
            blend_column(part, &raster->colors[part->color],
                         scratch->pixels + first, v_step, j0, j1, v);
        } else if (j0 < j1) {
            scratch->spans[scratch->n_spans++] = (struct heed_raster_span){
                (uint16_t)first, (uint16_t)v_step, (uint16_t)(j1 - j0)};
            cover_column(part, scratch->cover + first, v_step, j0, j1, u, v);
        }
    }
    return ok;
}

/* Along the axis that the line follows more closely, with the coordinates of
 * the picture. */
static struct heed_raster_part make_part(const struct pen *pen,
                                         const struct heed_path_point *a,
                                         const struct heed_path_point *b)
{
    const float x0 = (float)pen->raster->x, y0 = (float)pen->raster->y;
    const float dx = b->x - a->x, dy = b->y - a->y;
    const float length = sqrtf(dx * dx + dy * dy);
    struct heed_raster_part part = {
        .length = length,
        .reach = pen->reach,
        .full = 1.0f,
        .color = (uint32_t)pen->raster->n_colors,
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
static struct cut make_cut(const struct heed_raster *raster, bool is_steep,
                           const struct heed_path_point *point, float sign)
{
    const float x = point->x - (float)raster->x, y = point->y - (float)raster->y;
    const float dx = sign * point->ny, dy = -sign * point->nx;
    return is_steep ? (struct cut){y, x, dy, dx, true}
                    : (struct cut){x, y, dx, dy, true};
}

static bool is_seam(const struct heed_raster_part *a,
                    const struct heed_raster_part *b)
{
    return a->is_steep == b->is_steep && a->du * b->du + a->dv * b->dv > 0.0f &&
           a->du * b->du > 0.0f &&
           fabsf(a->du * b->dv - a->dv * b->du) * a->reach < max_part;
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

static void add_node(struct heed_raster *raster, size_t tile, uint32_t part)
{
    struct heed_raster_node *first = &raster->nodes[tile];
    if (first->part == 0) {
        first->part = part;
        first->last = (uint32_t)tile + 1;
        return;
    }
    raster->nodes[raster->n_nodes++] = (struct heed_raster_node){.part = part};
    raster->nodes[first->last - 1].next = (uint32_t)raster->n_nodes;
    first->last = (uint32_t)raster->n_nodes;
}

/* Gives a part to the tiles that it may touch. */
static bool add_part(struct heed_raster *raster, struct heed_raster_part part)
{
    part = turn_forward(part);
    void *parts = raster->parts;
    bool ok =
        reserve(&parts, raster->n_parts + 1, &raster->part_capacity, sizeof part);
    raster->parts = parts;
    const float margin = part.reach + 1.0f;
    const float v_end = part.v + part.dv * part.length;
    const int n_u = part.is_steep ? raster->n_down : raster->n_across;
    const int n_v = part.is_steep ? raster->n_across : raster->n_down;
    const int u0 = find_tile(part.u - margin, n_u);
    const int u1 = find_tile(part.u_end + margin + (float)HEED_RASTER_TILE, n_u);
    const int v0 = find_tile(fminf(part.v, v_end) - margin, n_v);
    const int v1 =
        find_tile(fmaxf(part.v, v_end) + margin + (float)HEED_RASTER_TILE, n_v);
    if (u0 >= u1 || v0 >= v1) {
        return ok;
    }
    const size_t more = (size_t)(u1 - u0) * (size_t)(v1 - v0);
    ok = ok && raster->n_parts < UINT32_MAX - 1 &&
         reserve_nodes(raster, raster->n_nodes + more);
    if (ok) {
        raster->parts[raster->n_parts++] = part;
    }
    for (int u = u0; ok && u < u1; u++) {
        for (int v = v0; v < v1; v++) {
            const int tile = part.is_steep ? u * raster->n_across + v
                                           : v * raster->n_across + u;
            add_node(raster, (size_t)tile, (uint32_t)raster->n_parts);
        }
    }
    return ok;
}

/* The next point that doesn't lie in a soft end. */
static size_t next_point(const struct heed_path_point *points, size_t n, size_t i)
{
    for (i++; i + 1 < n && (points[i].s - points[0].s < 1.0f ||
                            points[n - 1].s - points[i].s < 1.0f);
         i++) {
    }
    return i;
}

/* Ends a part, whose neighbours (NULL: none) may reach into it. */
static void end_part(struct pen *pen, struct heed_raster_part *part,
                     float length_before, const struct heed_raster_part *after)
{
    const float most = pen->reach + 1.0f; /* that a neighbour's end reaches */
    part->is_alone = part->from == END_SEAM && part->to == END_SEAM &&
                     !part->cuts[0].is_near && !part->cuts[1].is_near &&
                     length_before > most && after && after->length > most;
    pen->failed |= !add_part(pen->raster, *part);
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
        if (!pen->round_caps && points[i].s - points[0].s < margin) {
            after.cuts[0] =
                make_cut(pen->raster, after.is_steep, &points[0], 1.0f);
        }
        if (!pen->round_caps && points[n - 1].s - points[next].s < margin) {
            after.cuts[1] =
                make_cut(pen->raster, after.is_steep, &points[n - 1], -1.0f);
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

bool heed_raster_stroke(struct heed_raster *raster, struct heed_path *path,
                        const struct heed_stroke *stroke)
{
    /* Thinner than a pixel: a pixel wide, and fainter. */
    const float width = fmaxf(stroke->width, 1.0f);
    const float a = clamp_unit(stroke->color.a) * fminf(stroke->width, 1.0f);
    const struct heed_color color = {clamp_unit(stroke->color.r) * a,
                                     clamp_unit(stroke->color.g) * a,
                                     clamp_unit(stroke->color.b) * a, a};
    void *colors = raster->colors;
    const bool ok = reserve(&colors, raster->n_colors + 1,
                            &raster->color_capacity, sizeof color);
    raster->colors = colors;
    struct pen pen = {raster, width / 2.0f + 0.5f, stroke->round_caps, !ok};
    if (ok) {
        raster->colors[raster->n_colors] = color;
        heed_path_visit(path, stroke, add_piece, &pen);
        raster->n_colors++;
    }
    return !pen.failed;
}

/* Lays the colour over what was covered, and forgets the coverage: a pixel
 * that comes again then stays as it is. */
static void lay_over(struct heed_raster_scratch *scratch,
                     const struct heed_color *color)
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

static bool draw_tile(const struct heed_raster *raster,
                      struct heed_raster_scratch *scratch, size_t tile)
{
    const float x =
        (float)(HEED_RASTER_TILE * (int)(tile % (size_t)raster->n_across));
    const float y =
        (float)(HEED_RASTER_TILE * (int)(tile / (size_t)raster->n_across));
    uint32_t color = 0;
    bool ok = true;
    memset(scratch->pixels, 0, sizeof scratch->pixels);
    for (size_t i = tile + 1; i > 0; i = raster->nodes[i - 1].next) {
        struct heed_raster_part part =
            raster->parts[raster->nodes[i - 1].part - 1];
        if (part.color != color) {
            lay_over(scratch, &raster->colors[color]);
            color = part.color;
        }
        part.u -= part.is_steep ? y : x;
        part.u_end -= part.is_steep ? y : x;
        part.v -= part.is_steep ? x : y;
        for (int k = 0; k < 2; k++) {
            part.cuts[k].u -= part.is_steep ? y : x;
            part.cuts[k].v -= part.is_steep ? x : y;
        }
        ok = cover_part(raster, scratch, &part) && ok;
    }
    lay_over(scratch, &raster->colors[color]);
    return ok;
}

/* Writes a row of a tile as bytes, by ordered dithering. */
static void write_row(float (*from)[4], uint8_t *to, int n, int y)
{
    static const float order[4][4] = {
        {0.5f / 16, 8.5f / 16, 2.5f / 16, 10.5f / 16},
        {12.5f / 16, 4.5f / 16, 14.5f / 16, 6.5f / 16},
        {3.5f / 16, 11.5f / 16, 1.5f / 16, 9.5f / 16},
        {15.5f / 16, 7.5f / 16, 13.5f / 16, 5.5f / 16}};
    for (int x = 0; x < n; x++, to += 4) {
        const float rounding = order[y & 3][x & 3];
        for (int c = 0; c < 4; c++) {
            to[c] = (uint8_t)(int)(from[x][c] * 255.0f + rounding);
        }
    }
}

static void write_tile(const struct heed_raster *raster,
                       struct heed_raster_scratch *scratch, size_t tile)
{
    const int x0 = HEED_RASTER_TILE * (int)(tile % (size_t)raster->n_across);
    const int y0 = HEED_RASTER_TILE * (int)(tile / (size_t)raster->n_across);
    const int width = raster->width - x0, height = raster->height - y0;
    const int n = width < HEED_RASTER_TILE ? width : HEED_RASTER_TILE;
    const bool is_empty = raster->nodes[tile].part == 0;
    for (int y = 0; y < HEED_RASTER_TILE && y < height; y++) {
        const size_t row = (size_t)(raster->height - 1 - y0 - y);
        uint8_t *to =
            raster->bytes + (row * (size_t)raster->width + (size_t)x0) * 4;
        if (is_empty) {
            memset(to, 0, (size_t)n * 4);
        } else {
            write_row(scratch->pixels + (ptrdiff_t)y * HEED_RASTER_TILE, to, n, y);
        }
    }
}

/* Every n_threads-th tile, from `first` on. */
struct tiles {
    const struct heed_raster *raster;
    struct heed_raster_scratch *scratch;
    size_t first, step;
    bool ok;
};

static void *draw_tiles(void *context)
{
    struct tiles *tiles = context;
    const struct heed_raster *raster = tiles->raster;
    const size_t n = (size_t)raster->n_across * (size_t)raster->n_down;
    for (size_t tile = tiles->first; tiles->ok && tile < n; tile += tiles->step) {
        tiles->ok = raster->nodes[tile].part == 0 ||
                    draw_tile(raster, tiles->scratch, tile);
        if (tiles->ok) {
            write_tile(raster, tiles->scratch, tile);
        }
    }
    return NULL;
}

const uint8_t *heed_raster_get(struct heed_raster *raster)
{
    enum { WORTH_A_THREAD = 1000 }; /* parts: some tenths of a millisecond */
    void *bytes = raster->bytes;
    const bool ok =
        reserve(&bytes, (size_t)raster->width * (size_t)raster->height * 4,
                &raster->byte_capacity, 1);
    raster->bytes = bytes;
    if (!ok) {
        return NULL;
    }
    struct tiles halves[HEED_RASTER_THREADS] = {
        {raster, &raster->scratch[0], 0, 2, true},
        {raster, &raster->scratch[1], 1, 2, true},
    };
    pthread_t thread;
    const bool helped = raster->n_parts > WORTH_A_THREAD &&
                        pthread_create(&thread, NULL, draw_tiles, &halves[1]) == 0;
    draw_tiles(&halves[0]);
    if (helped) {
        pthread_join(thread, NULL);
    } else {
        draw_tiles(&halves[1]);
    }
    return halves[0].ok && halves[1].ok ? raster->bytes : NULL;
}
