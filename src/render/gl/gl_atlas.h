/*
 * Pictures of text pieces in two textures, one of coverage and one of colour.
 * Shelves of equal height; when there is no room, the shelf that wasn't used
 * for longest makes it. Needs the painter's context.
 */
#ifndef HEED_RENDER_GL_GL_ATLAS_H
#define HEED_RENDER_GL_GL_ATLAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "render/gl/gl_fonts.h"

enum { HEED_GL_ATLAS_SIZE = 2048, HEED_GL_ATLAS_COLOR_SIZE = 1024 };

/* A picture: x, y, width, height in texels of its texture; left, top as in
 * heed_gl_bitmap. width 0: nothing to draw. */
struct heed_gl_picture {
    int16_t x, y, width, height;
    int16_t left, top;
    bool is_color;
    /* The atlas's own: */
    bool is_made;
    int16_t shelf; /* -1: none */
    uint32_t generation;
};

struct heed_gl_atlas;

HEED_NODISCARD bool heed_gl_atlas_create(struct heed_gl_atlas **atlas, struct heed_error *err);
void heed_gl_atlas_destroy(struct heed_gl_atlas *atlas);

/* Pictures got before this call may be overwritten from now on: call it at
 * the start of a frame, or after drawing them. */
void heed_gl_atlas_advance(struct heed_gl_atlas *atlas);

/* The picture of a piece, made if need be; valid until the next advance. NULL
 * if it can't be had: *is_full tells that drawing what is there and advancing
 * would help. */
const struct heed_gl_picture *heed_gl_atlas_get(struct heed_gl_atlas *atlas,
                                                const struct heed_gl_piece *piece, float size,
                                                int phase, bool *is_full);

/* Names of the textures; the one of colour is 0 until it holds something. */
unsigned heed_gl_atlas_get_texture(const struct heed_gl_atlas *atlas, bool color);

#endif
