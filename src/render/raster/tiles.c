#include "render/raster/parts.h"

#include <math.h>
#include <string.h>

#include "base/array.h"

/* The number of pixels whose middles lie before x, of those that there are. */
static int count_before(float x, int size)
{
    const float n = x + 0.5f;
    return n > 0.0f ? (n < (float)size ? (int)n : size) : 0;
}

/* How much is covered at `across` px from the middle, `along` px behind the beginning. */
static float cover_at(const struct heed_raster_part *part, float across, float along)
{
    const float after = along - part->length;
    const float beyond = along < 0.0f ? -along : after > 0.0f ? after : 0.0f;
    float cover = heed_raster_clamp(part->reach - across);
    if (beyond > 0.0f && (along < 0.0f ? part->from : part->to) == HEED_RASTER_END_ROUND) {
        cover = heed_raster_clamp(part->reach - sqrtf(across * across + beyond * beyond));
    }
    return cover;
}

static float share_inside(const struct heed_raster_part *part, const struct heed_raster_cut *cut,
                          float u, float v)
{
    if (!cut->is_near) {
        return 1.0f;
    }
    const float in = heed_raster_clamp((u - cut->u) * cut->du + (v - cut->v) * cut->dv + 0.5f);
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

static float extra(const struct heed_raster_part *part, enum heed_raster_end end)
{
    return end == HEED_RASTER_END_SEAM ? 0.0f : part->reach + 0.5f;
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

static bool draw_parts(const struct heed_raster *raster, struct heed_raster_half *scratch,
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
                       size_t tile, bool is_empty)
{
    const int x0 = HEED_RASTER_TILE * (int)(tile % (size_t)raster->n_across);
    const int y0 = HEED_RASTER_TILE * (int)(tile / (size_t)raster->n_across);
    const int width = raster->width - x0, height = raster->height - y0;
    const int n = width < HEED_RASTER_TILE ? width : HEED_RASTER_TILE;
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

bool heed_raster_draw_tile(const struct heed_raster *raster, struct heed_raster_half *scratch,
                           size_t tile)
{
    const bool is_empty = !has_parts(raster, tile);
    const bool ok = is_empty || draw_parts(raster, scratch, tile);
    if (ok) {
        write_tile(raster, scratch, tile, is_empty);
    }
    return ok;
}
