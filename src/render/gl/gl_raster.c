#include "render/gl/gl_raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lines whose strokes' edges part by less, in px, are joined without a seam:
 * each pixel belongs to one of them. Others overlap by a round joint. */
static const float max_part = 0.35f;

enum end { END_SEAM, END_ROUND, END_BUTT };

/* One straight part of a stroke. u is the axis that it follows more closely,
 * v the other; du > 0. */
struct part {
    float u, v;   /* where it begins, px of the picture */
    float du, dv; /* unit */
    float length;
    float reach; /* px from the middle to where nothing is covered */
    float full;  /* the most that may be covered */
    enum end from, to;
    uint32_t u_step, v_step; /* pixels in memory */
    int u_size, v_size;
};

struct pen {
    struct heed_gl_raster *raster;
    float reach;
    bool round_caps;
    bool failed;
};

void heed_gl_raster_finish(struct heed_gl_raster *raster)
{
    free(raster->pixels);
    free(raster->cover);
    free(raster->spans);
    free(raster->bytes);
    *raster = (struct heed_gl_raster){0};
}

static bool reserve_pixels(struct heed_gl_raster *raster, size_t n)
{
    if (n <= raster->capacity) {
        return true;
    }
    heed_gl_raster_finish(raster);
    raster->pixels = malloc(n * 4 * sizeof *raster->pixels);
    raster->cover = calloc(n, sizeof *raster->cover);
    raster->bytes = malloc(n * 4);
    if (!raster->pixels || !raster->cover || !raster->bytes) {
        heed_gl_raster_finish(raster);
        return false;
    }
    raster->capacity = n;
    return true;
}

bool heed_gl_raster_begin(struct heed_gl_raster *raster, int x, int y,
                          int width, int height)
{
    const size_t n = (size_t)width * (size_t)height;
    if (!reserve_pixels(raster, n)) {
        return false;
    }
    raster->x = x;
    raster->y = y;
    raster->width = width;
    raster->height = height;
    memset(raster->pixels, 0, n * 4 * sizeof *raster->pixels);
    return true;
}

static bool reserve_spans(struct heed_gl_raster *raster, size_t more)
{
    if (raster->n_spans + more <= raster->span_capacity) {
        return true;
    }
    size_t capacity = raster->span_capacity ? raster->span_capacity : 4096;
    while (capacity < raster->n_spans + more) {
        capacity *= 2;
    }
    struct heed_gl_raster_span *spans =
        realloc(raster->spans, capacity * sizeof *spans);
    if (!spans) {
        return false;
    }
    raster->spans = spans;
    raster->span_capacity = capacity;
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
static float cover_at(const struct part *part, float across, float along)
{
    const float after = along - part->length;
    const float beyond = along < 0.0f ? -along : after > 0.0f ? after : 0.0f;
    float cover = clamp_unit(part->reach - across);
    if (beyond > 0.0f && (along < 0.0f ? part->from : part->to) == END_ROUND) {
        cover = clamp_unit(part->reach - sqrtf(across * across + beyond * beyond));
    }
    if (part->from == END_BUTT) {
        const float in = clamp_unit(along + 0.5f);
        cover *= in < part->full ? in : part->full;
    }
    if (part->to == END_BUTT) {
        const float in = clamp_unit(0.5f - after);
        cover *= in < part->full ? in : part->full;
    }
    return cover;
}

static void keep_largest(float *at, float cover)
{
    *at = cover > *at ? cover : *at;
}

/* The pixels [j0, j1) of a column whose middle is at u. */
static void cover_column(const struct part *part, float *at, int j0, int j1,
                         float u, float v)
{
    if (part->from == END_SEAM && part->to == END_SEAM) {
        for (int j = j0; j < j1; j++, at += part->v_step) {
            const float across = fabsf((float)j + 0.5f - v) * part->du;
            const float cover = part->reach - across;
            keep_largest(at, cover < 1.0f ? cover : 1.0f);
        }
        return;
    }
    for (int j = j0; j < j1; j++, at += part->v_step) {
        const float w = (float)j + 0.5f;
        const float along = (u - part->u) * part->du + (w - part->v) * part->dv;
        keep_largest(at, cover_at(part, fabsf(w - v) * part->du, along));
    }
}

static float extra(const struct part *part, enum end end)
{
    return end == END_SEAM ? 0.0f : part->reach + 0.5f;
}

static bool cover_part(struct heed_gl_raster *raster, const struct part *part)
{
    const int i0 = count_before(part->u - extra(part, part->from), part->u_size);
    const int i1 = count_before(
        part->u + part->du * part->length + extra(part, part->to), part->u_size);
    if (i1 <= i0) {
        return true;
    }
    if (!reserve_spans(raster, (size_t)(i1 - i0))) {
        return false;
    }
    const float slope = part->dv / part->du, half = part->reach / part->du;
    for (int i = i0; i < i1; i++) {
        const float u = (float)i + 0.5f;
        const float v = part->v + (u - part->u) * slope;
        const int j0 = count_before(v - half, part->v_size);
        const int j1 = count_before(v + half, part->v_size);
        if (j0 < j1) {
            const size_t first =
                (size_t)i * part->u_step + (size_t)j0 * part->v_step;
            raster->spans[raster->n_spans++] = (struct heed_gl_raster_span){
                first, part->v_step, (uint32_t)(j1 - j0)};
            cover_column(part, raster->cover + first, j0, j1, u, v);
        }
    }
    return true;
}

/* Along the axis that the line follows more closely, with the coordinates of
 * the picture. */
static struct part make_part(const struct pen *pen, const struct heed_gl_point *a,
                             const struct heed_gl_point *b)
{
    const struct heed_gl_raster *raster = pen->raster;
    const float dx = b->x - a->x, dy = b->y - a->y;
    const float length = sqrtf(dx * dx + dy * dy);
    const float x = a->x - (float)raster->x, y = a->y - (float)raster->y;
    struct part part = {.length = length, .reach = pen->reach, .full = 1.0f};
    if (fabsf(dx) >= fabsf(dy)) {
        part.u = x, part.v = y;
        part.du = dx / length, part.dv = dy / length;
        part.u_step = 1, part.v_step = (uint32_t)raster->width;
        part.u_size = raster->width, part.v_size = raster->height;
    } else {
        part.u = y, part.v = x;
        part.du = dy / length, part.dv = dx / length;
        part.u_step = (uint32_t)raster->width, part.v_step = 1;
        part.u_size = raster->height, part.v_size = raster->width;
    }
    return part;
}

static bool is_seam(const struct part *a, const struct part *b)
{
    return a->u_step == b->u_step && a->du * b->du + a->dv * b->dv > 0.0f &&
           a->du * b->du > 0.0f &&
           fabsf(a->du * b->dv - a->dv * b->du) * a->reach < max_part;
}

static struct part turn_forward(struct part part)
{
    if (part.du < 0.0f) {
        const enum end from = part.from;
        part.u += part.du * part.length;
        part.v += part.dv * part.length;
        part.du = -part.du, part.dv = -part.dv;
        part.from = part.to, part.to = from;
    }
    return part;
}

static void emit(struct pen *pen, const struct part *part)
{
    const struct part forward = turn_forward(*part);
    pen->failed |= !cover_part(pen->raster, &forward);
}

/* The next point that doesn't lie in a soft end. */
static size_t next_point(const struct heed_gl_point *points, size_t n, size_t i)
{
    for (i++; i + 1 < n && (points[i].s - points[0].s < 1.0f ||
                            points[n - 1].s - points[i].s < 1.0f);
         i++) {
    }
    return i;
}

static void cover_piece(void *context, const struct heed_gl_point *points, size_t n)
{
    struct pen *pen = context;
    const enum end cap = pen->round_caps ? END_ROUND : END_BUTT;
    const float length = points[n - 1].s - points[0].s;
    struct part before = {0};
    bool has_before = false;
    for (size_t i = 0, next; i + 1 < n; i = next) {
        next = next_point(points, n, i);
        struct part part = make_part(pen, &points[i], &points[next]);
        if (!(part.length > 0.0f)) {
            continue;
        }
        part.full = length < 1.0f ? length : 1.0f;
        part.from = cap;
        if (has_before) {
            before.to = part.from = is_seam(&before, &part) ? END_SEAM : END_ROUND;
            emit(pen, &before);
        }
        before = part;
        has_before = true;
    }
    if (has_before) {
        before.to = cap;
        emit(pen, &before);
    }
}

/* Lays the colour over what was covered, and forgets the coverage: a pixel
 * that comes again then stays as it is. */
static void lay_over(struct heed_gl_raster *raster, const float color[4])
{
    for (size_t i = 0; i < raster->n_spans; i++) {
        const struct heed_gl_raster_span span = raster->spans[i];
        size_t at = span.first;
        for (uint32_t k = 0; k < span.n; k++, at += span.step) {
            const float cover = raster->cover[at];
            float *pixel = raster->pixels + 4 * at;
            raster->cover[at] = 0.0f;
            const float keep = 1.0f - cover * color[3];
            for (int c = 0; c < 4; c++) {
                pixel[c] = pixel[c] * keep + color[c] * cover;
            }
        }
    }
    raster->n_spans = 0;
}

bool heed_gl_raster_stroke(struct heed_gl_raster *raster, struct heed_gl_path *path,
                           const struct heed_stroke *stroke)
{
    /* Thinner than a pixel: a pixel wide, and fainter. */
    const float width = fmaxf(stroke->width, 1.0f);
    const float alpha = clamp_unit(stroke->color.a) * fminf(stroke->width, 1.0f);
    const float color[4] = {clamp_unit(stroke->color.r) * alpha,
                            clamp_unit(stroke->color.g) * alpha,
                            clamp_unit(stroke->color.b) * alpha, alpha};
    struct pen pen = {raster, width / 2.0f + 0.5f, stroke->round_caps, false};
    heed_gl_path_visit(path, stroke, cover_piece, &pen);
    lay_over(raster, color);
    return !pen.failed;
}

const uint8_t *heed_gl_raster_get(struct heed_gl_raster *raster)
{
    static const uint8_t order[4][4] = {
        {0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
    const size_t row = (size_t)raster->width * 4;
    for (int y = 0; y < raster->height; y++) {
        const float *from = raster->pixels + (size_t)y * row;
        uint8_t *to = raster->bytes + (size_t)(raster->height - 1 - y) * row;
        for (int x = 0; x < raster->width; x++, from += 4, to += 4) {
            const float rounding = ((float)order[y & 3][x & 3] + 0.5f) / 16.0f;
            for (int c = 0; c < 4; c++) {
                to[c] = (uint8_t)(int)(from[c] * 255.0f + rounding);
            }
        }
    }
    return raster->bytes;
}
