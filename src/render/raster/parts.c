#include "render/raster/parts.h"

#include <math.h>

#include "base/array.h"

/* Lines whose strokes' edges part by less, in px, are joined without a seam:
 * each pixel belongs to one of them. Others overlap by a round joint. */
static const float max_part = 0.35f;

struct pen {
    const struct heed_raster *raster;
    struct heed_raster_half *half;
    float reach;
    bool round_caps;
    bool may_cross; /* the stroke may lie over itself */
    bool failed;
};

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
    part->is_alone = part->from == HEED_RASTER_END_SEAM && part->to == HEED_RASTER_END_SEAM &&
                     part->cuts == 0 && length_before > most && after && after->length > most &&
                     !pen->may_cross;
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
    const enum heed_raster_end cap = pen->round_caps ? HEED_RASTER_END_ROUND : HEED_RASTER_END_BUTT;
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
            part.to = after.from =
                is_seam(&part, &after) ? HEED_RASTER_END_SEAM : HEED_RASTER_END_ROUND;
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

bool heed_raster_add_stroke(const struct heed_raster *raster, struct heed_raster_half *half,
                            const struct heed_stroke *stroke)
{
    /* Thinner than a pixel: a pixel wide, and fainter. */
    const float width = fmaxf(stroke->width, 1.0f);
    const float a = heed_raster_clamp(stroke->color.a) * fminf(stroke->width, 1.0f);
    const struct heed_color color = {heed_raster_clamp(stroke->color.r) * a,
                                     heed_raster_clamp(stroke->color.g) * a,
                                     heed_raster_clamp(stroke->color.b) * a, a};
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
