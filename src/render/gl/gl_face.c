#include "render/gl/gl_face.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "render/gl/gl_fonts.h"
#include "render/gl/gl_script.h"

/*
 * SDL2_ttf gives whole pixels only. So widths are measured at MEASURE_EM px
 * an em, and pixels are made OVERSAMPLE times too wide, from which columns
 * are averaged: the origin can then lie on any quarter of a pixel. Sizes are
 * set in quarters of a px by a resolution of 72 / 4 dots an inch.
 */
enum { MEASURE_EM = 1024, OVERSAMPLE = 4, SIZE_STEPS = 4 };

/* Emoji fonts hold one size: its em is this share of its height. */
static const float bitmap_em = 0.85f;

static bool set_size(struct heed_gl_face *face, float size, int oversample)
{
    const int steps = (int)lroundf(size * SIZE_STEPS);
    return TTF_SetFontSizeDPI(face->font, steps > 0 ? steps : 1,
                              (unsigned)(72 / SIZE_STEPS * oversample), 72 / SIZE_STEPS) == 0;
}

static int raw_width(struct heed_gl_face *face, const char *text)
{
    int width = 0;
    return TTF_SizeUTF8(face->font, text, &width, NULL) == 0 ? width : 0;
}

/* TTF_FontFaceIsFixedWidth tells of digits, not of sizes: a font that can't be
 * scaled keeps its height whatever size it is set to. */
static bool find_is_bitmap(struct heed_gl_face *face)
{
    set_size(face, 16.0f, 1);
    const int small = TTF_FontHeight(face->font);
    set_size(face, 64.0f, 1);
    return TTF_FontHeight(face->font) < small * 2;
}

bool heed_gl_face_open(struct heed_gl_face **out, const char *path, int file_index,
                       struct heed_error *err)
{
    struct heed_gl_face *face = calloc(1, sizeof *face);
    char *copy = strdup(path);
    if (!face || !copy) {
        free(face);
        free(copy);
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to open a font");
    }
    face->path = copy;
    face->file_index = file_index;
    face->digit_width = -1.0f;
    if (!heed_file_map(&face->file, path, err)) {
        heed_gl_face_close(face);
        return false;
    }
    SDL_RWops *rw = face->file.size > 0 && face->file.size <= INT_MAX
                        ? SDL_RWFromConstMem(face->file.data, (int)face->file.size)
                        : NULL;
    face->font = rw ? TTF_OpenFontIndexRW(rw, 1, 16, file_index) : NULL;
    if (!face->font) {
        heed_gl_face_close(face);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "%s: the font can't be opened", path);
    }
    TTF_SetFontHinting(face->font, TTF_HINTING_LIGHT_SUBPIXEL);
    face->is_bitmap = find_is_bitmap(face);
    set_size(face, MEASURE_EM, 1);
    face->space = face->is_bitmap ? 0.0f : (float)raw_width(face, " ") / (float)MEASURE_EM;
    *out = face;
    return true;
}

void heed_gl_face_close(struct heed_gl_face *face)
{
    if (!face) {
        return;
    }
    if (face->font) {
        TTF_CloseFont(face->font);
    }
    heed_file_unmap(&face->file);
    free(face->path);
    free(face);
}

int heed_gl_face_get_index(const struct heed_gl_face *face)
{
    return face->index;
}

bool heed_gl_face_has(const struct heed_gl_face *face, uint32_t c)
{
    return TTF_GlyphIsProvided32(face->font, c) != 0;
}

float heed_gl_face_get_digit_width(struct heed_gl_face *face)
{
    if (face->digit_width < 0.0f) {
        face->digit_width = 0.0f;
        for (char digit = '0'; digit <= '9'; digit++) {
            const char text[2] = {digit, '\0'};
            const struct heed_gl_piece piece = {face, HEED_GL_SCRIPT_COMMON, false, text};
            face->digit_width = fmaxf(face->digit_width, heed_gl_piece_measure(&piece));
        }
    }
    return face->digit_width;
}

static void set_shaping(const struct heed_gl_piece *piece)
{
    TTF_SetFontDirection(piece->face->font, piece->rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(piece->face->font, heed_gl_script_tag(piece->script));
}

/* The text between two spaces: SDL2_ttf's sizes hold the ink too, which so
 * never reaches beyond the advances. NULL: no memory. Freed by the caller. */
static char *between_spaces(const char *text)
{
    const size_t length = strlen(text);
    char *copy = malloc(length + 3);
    if (copy) {
        copy[0] = ' ';
        memcpy(copy + 1, text, length);
        memcpy(copy + 1 + length, " ", 2);
    }
    return copy;
}

float heed_gl_piece_measure(const struct heed_gl_piece *piece)
{
    struct heed_gl_face *face = piece->face;
    set_shaping(piece);
    if (face->is_bitmap) {
        const float em = bitmap_em * (float)TTF_FontHeight(face->font);
        return em > 0.0f ? (float)raw_width(face, piece->text) / em : 0.0f;
    }
    char *text = between_spaces(piece->text);
    if (!text || !set_size(face, MEASURE_EM, 1)) {
        free(text);
        return 0.0f;
    }
    const float width = (float)raw_width(face, text) / (float)MEASURE_EM;
    free(text);
    return fmaxf(0.0f, width - 2.0f * face->space);
}

/* Where the ink of a surface lies: [x0, x1) x [y0, y1). */
struct ink {
    int x0, y0, x1, y1;
};

static const uint32_t *surface_row(const SDL_Surface *surface, int y)
{
    return (const uint32_t *)(const void *)((const uint8_t *)surface->pixels +
                                            (size_t)y * (size_t)surface->pitch);
}

static struct ink find_ink(const SDL_Surface *surface)
{
    struct ink ink = {surface->w, surface->h, 0, 0};
    for (int y = 0; y < surface->h; y++) {
        const uint32_t *row = surface_row(surface, y);
        int first = 0, last = surface->w;
        while (first < last && row[first] >> 24 == 0) {
            first++;
        }
        while (last > first && row[last - 1] >> 24 == 0) {
            last--;
        }
        if (first < last) {
            ink.x0 = first < ink.x0 ? first : ink.x0;
            ink.x1 = last > ink.x1 ? last : ink.x1;
            ink.y0 = y < ink.y0 ? y : ink.y0;
            ink.y1 = y + 1;
        }
    }
    return ink;
}

static int floor_divide(int a, int b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Averages OVERSAMPLE columns a pixel; origin: the column of the piece's
 * origin; baseline: its row. */
static bool shrink_columns(struct heed_gl_bitmap *bitmap, const SDL_Surface *surface,
                           struct ink ink, int origin, int baseline)
{
    const int left = floor_divide(ink.x0 - origin, OVERSAMPLE);
    const int right = floor_divide(ink.x1 - 1 - origin, OVERSAMPLE) + 1;
    const int width = right - left, height = ink.y1 - ink.y0;
    uint8_t *pixels = malloc((size_t)width * (size_t)height);
    if (!pixels) {
        return false;
    }
    for (int y = 0; y < height; y++) {
        const uint32_t *row = surface_row(surface, ink.y0 + y);
        for (int x = 0; x < width; x++) {
            const int column = (left + x) * OVERSAMPLE + origin;
            unsigned sum = 0;
            for (int i = column; i < column + OVERSAMPLE; i++) {
                sum += i >= 0 && i < surface->w ? row[i] >> 24 : 0;
            }
            pixels[(size_t)y * (size_t)width + (size_t)x] =
                (uint8_t)((sum + OVERSAMPLE / 2) / OVERSAMPLE);
        }
    }
    *bitmap = (struct heed_gl_bitmap){
        .pixels = pixels,
        .width = width,
        .height = height,
        .left = left,
        .top = ink.y0 - baseline,
    };
    return true;
}

/* How many rows the surface has above the font's ascent: SDL2_ttf makes it
 * higher for tall ink and doesn't say at which end. */
static int rows_above(TTF_Font *font, const char *text, int excess)
{
    int highest = 0, rows;
    size_t length = strlen(text), n;
    uint32_t c;
    while (excess > 0 && (n = heed_utf8_decode(text, length, &c)) > 0) {
        int top = 0;
        if (TTF_GlyphMetrics32(font, c, NULL, NULL, NULL, &top, NULL) == 0 && top > highest) {
            highest = top;
        }
        text += n;
        length -= n;
    }
    rows = highest - TTF_FontAscent(font);
    return rows < 0 ? 0 : rows > excess ? excess : rows;
}

static bool raster_outline(const struct heed_gl_piece *piece, float size, int phase,
                           struct heed_gl_bitmap *bitmap)
{
    struct heed_gl_face *face = piece->face;
    char *text = between_spaces(piece->text);
    SDL_Surface *surface = NULL;
    bool ok = false;
    if (text && set_size(face, size, OVERSAMPLE)) {
        surface = TTF_RenderUTF8_Blended(face->font, text, (SDL_Color){255, 255, 255, 255});
    }
    if (surface) {
        const float set = (float)lroundf(size * SIZE_STEPS) / (float)SIZE_STEPS;
        const int origin = (int)lroundf(face->space * set * OVERSAMPLE) - phase;
        const int excess = surface->h - TTF_FontHeight(face->font);
        const int baseline =
            TTF_FontAscent(face->font) + rows_above(face->font, piece->text, excess);
        const struct ink ink = find_ink(surface);
        *bitmap = (struct heed_gl_bitmap){0};
        ok = ink.x0 >= ink.x1 || shrink_columns(bitmap, surface, ink, origin, baseline);
    }
    SDL_FreeSurface(surface);
    free(text);
    return ok;
}

/* The mean of a box of premultiplied pixels. */
static void average_box(const SDL_Surface *surface, const float box[4], uint8_t rgba[4])
{
    float sum[4] = {0};
    float weights = 0.0f;
    const int y1 = (int)fminf(ceilf(box[3]), (float)surface->h);
    const int x1 = (int)fminf(ceilf(box[2]), (float)surface->w);
    for (int y = (int)box[1]; y < y1; y++) {
        const uint32_t *row = surface_row(surface, y);
        const float wy = fminf(box[3], (float)y + 1.0f) - fmaxf(box[1], (float)y);
        for (int x = (int)box[0]; x < x1; x++) {
            const float weight = wy * (fminf(box[2], (float)x + 1.0f) - fmaxf(box[0], (float)x));
            const float a = (float)(row[x] >> 24) * weight;
            sum[0] += (float)(row[x] >> 16 & 255) * a / 255.0f;
            sum[1] += (float)(row[x] >> 8 & 255) * a / 255.0f;
            sum[2] += (float)(row[x] & 255) * a / 255.0f;
            sum[3] += a;
            weights += weight;
        }
    }
    for (int i = 0; i < 4; i++) {
        rgba[i] = weights > 0.0f ? (uint8_t)lroundf(sum[i] / weights) : 0;
    }
}

/* Scales a picture of a font of one size to the size wanted. */
static bool shrink_picture(struct heed_gl_bitmap *bitmap, const SDL_Surface *surface, float scale,
                           float ascent)
{
    const int width = (int)ceilf((float)surface->w * scale);
    const int height = (int)ceilf((float)surface->h * scale);
    uint8_t *pixels =
        width > 0 && height > 0 && scale < 8.0f ? malloc((size_t)width * (size_t)height * 4) : NULL;
    if (!pixels) {
        return false;
    }
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            const float box[4] = {(float)x / scale, (float)y / scale, (float)(x + 1) / scale,
                                  (float)(y + 1) / scale};
            average_box(surface, box, pixels + ((size_t)y * (size_t)width + (size_t)x) * 4);
        }
    }
    *bitmap = (struct heed_gl_bitmap){
        .pixels = pixels,
        .width = width,
        .height = height,
        .top = -(int)lroundf(ascent * scale),
        .is_color = true,
    };
    return true;
}

static bool raster_bitmap(const struct heed_gl_piece *piece, float size,
                          struct heed_gl_bitmap *bitmap)
{
    struct heed_gl_face *face = piece->face;
    SDL_Surface *drawn =
        TTF_RenderUTF8_Blended(face->font, piece->text, (SDL_Color){255, 255, 255, 255});
    SDL_Surface *surface =
        drawn ? SDL_ConvertSurfaceFormat(drawn, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    bool ok = false;
    if (surface) {
        const float em = bitmap_em * (float)TTF_FontHeight(face->font);
        *bitmap = (struct heed_gl_bitmap){0};
        ok = shrink_picture(bitmap, surface, size / em, (float)TTF_FontAscent(face->font));
    }
    SDL_FreeSurface(surface);
    SDL_FreeSurface(drawn);
    return ok;
}

bool heed_gl_piece_raster(const struct heed_gl_piece *piece, float size, int phase,
                          struct heed_gl_bitmap *bitmap)
{
    set_shaping(piece);
    return piece->face->is_bitmap ? raster_bitmap(piece, size, bitmap)
                                  : raster_outline(piece, size, phase, bitmap);
}
