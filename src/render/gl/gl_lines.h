/*
 * Lines of text laid out: cut into pieces of one font, script and direction,
 * put into their order on screen (Unicode's bidirectional algorithm, UAX 9),
 * measured. In em, so one layout serves every size. Knows no OpenGL. One
 * thread at a time.
 */
#ifndef HEED_RENDER_GL_GL_LINES_H
#define HEED_RENDER_GL_GL_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/display_list.h"
#include "draw/metrics.h"
#include "render/gl/gl_fonts.h"

/* A piece: a word with the spaces behind it, a digit, an emoji. */
struct heed_gl_span {
    struct heed_gl_face *face;
    uint32_t start, length; /* bytes of the line */
    uint8_t script;
    uint8_t level; /* odd: right to left */
    float x;       /* of its left end, em */
    float width;   /* em */
    float inset;   /* em that its ink lies further right (tabular digits) */
};

struct heed_gl_line {
    const char *text;                 /* a copy, cleaned: for drawing */
    const struct heed_gl_span *spans; /* in the order of the text */
    int n_spans;
    float width; /* em */
};

struct heed_gl_lines;

HEED_NODISCARD bool heed_gl_lines_create(struct heed_gl_lines **lines, struct heed_error *err);
void heed_gl_lines_destroy(struct heed_gl_lines *lines);
/* Forgets the lines, and how wide their pieces are if those are many. */
void heed_gl_lines_rest(struct heed_gl_lines *lines);

/* Valid until the next call. NULL only when memory is exhausted. */
const struct heed_gl_line *heed_gl_lines_get(struct heed_gl_lines *lines,
                                             struct heed_text_style style, const char *text,
                                             size_t length);

/* The scene's way to ask; valid as long as the lines. */
const struct heed_metrics *heed_gl_lines_get_metrics(struct heed_gl_lines *lines);

#endif
