/*
 * Font files: found by fontconfig, opened by SDL2_ttf when they are first
 * needed, measured and turned into bitmaps. Knows no OpenGL and no lines: a
 * piece of text here is of one font, one script and one direction. One thread
 * at a time.
 */
#ifndef HEED_RENDER_GL_GL_FONTS_H
#define HEED_RENDER_GL_GL_FONTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "draw/display_list.h"

struct heed_gl_fonts;
struct heed_gl_face;

/* Fails when no font at all can be found or opened. */
HEED_NODISCARD bool heed_gl_fonts_create(struct heed_gl_fonts **fonts, struct heed_error *err);
void heed_gl_fonts_destroy(struct heed_gl_fonts *fonts);

/* The face that the style asks for (its size plays no part). */
struct heed_gl_face *heed_gl_fonts_get(struct heed_gl_fonts *fonts, struct heed_text_style style);
/* The best face that has all these characters; if none has, the style's own,
 * which then shows its sign for a missing glyph. */
struct heed_gl_face *heed_gl_fonts_find(struct heed_gl_fonts *fonts, struct heed_text_style style,
                                        const uint32_t *c, int n, bool want_emoji);

/* A small number of its own, for keys. */
int heed_gl_face_get_index(const struct heed_gl_face *face);
bool heed_gl_face_has(const struct heed_gl_face *face, uint32_t c);
/* The advance of the widest digit, in em. */
float heed_gl_face_get_digit_width(struct heed_gl_face *face);

struct heed_gl_piece {
    struct heed_gl_face *face;
    int script; /* gl_script.h */
    bool rtl;
    const char *text; /* NUL-terminated UTF-8 */
};

/* Its advance in em: sizes scale it, for nothing is hinted sideways. */
float heed_gl_piece_measure(const struct heed_gl_piece *piece);

/* Pixels of a piece: one byte each of coverage, or four of premultiplied
 * RGBA. left, top: from the piece's origin on the baseline to the upper left
 * corner; y grows downwards. Without ink width is 0 and pixels NULL. */
struct heed_gl_bitmap {
    uint8_t *pixels; /* heap */
    int width, height, left, top;
    bool is_color;
};

/* size: px an em; phase: how many quarters of a px the origin lies right of a
 * pixel's edge (0 to 3). False when SDL2_ttf or memory refuses. */
bool heed_gl_piece_raster(const struct heed_gl_piece *piece, float size, int phase,
                          struct heed_gl_bitmap *bitmap);

#endif
