/*
 * One font file, opened. The inside of gl_fonts.h, for gl_fonts.c and
 * gl_face.c alone.
 */
#ifndef HEED_RENDER_GL_GL_FACE_H
#define HEED_RENDER_GL_GL_FACE_H

#include <SDL_ttf.h>
#include <stdbool.h>

#include "base/error.h"
#include "base/file.h"

struct heed_gl_face {
    int index; /* its place among the faces */
    char *path;
    int file_index; /* of the face in the file */
    struct heed_mapped_file file;
    TTF_Font *font;
    bool is_bitmap;    /* fixed sizes only: colour emoji */
    float space;       /* em */
    float digit_width; /* em; negative: not measured yet */
};

HEED_NODISCARD bool heed_gl_face_open(struct heed_gl_face **face, const char *path, int file_index,
                                      struct heed_error *err);
void heed_gl_face_close(struct heed_gl_face *face);

#endif
